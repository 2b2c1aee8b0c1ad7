using TuneLab.Training;

namespace TuneLab.Learners.Forest;

/// <summary>
/// Random forests (Breiman 2001) and extremely randomised trees (Geurts, Ernst and Wehenkel 2006) on the same bins as boosting. A class forest averages the class
/// shares of its leaves. Differences: random boundaries are drawn evenly between a node's outermost boundaries between bins (not its outermost values); categories are
/// split by the order of their mean label (Fisher 1958); missing values take the better side. As in scikit-learn a feature that can't part a node
/// counts as one of those tried, and an impure node is parted even where that gains nothing.
/// </summary>
public sealed class ForestTrainer : ITrainer
{
    /// <inheritdoc/>
    public TrainerInfo Info => ForestOptions.Info;

    /// <inheritdoc/>
    public ITrainingRun Start(TrainingRequest request, CancellationToken cancellation = default) => new ForestRun(request, cancellation);

    /// <inheritdoc/>
    public ITrainingRun Resume(TrainingRequest request, BinaryReader reader, CancellationToken cancellation = default)
    {
        var run = new ForestRun(request, cancellation);
        Checkpoint.Read(reader, Info, request, run.Restore);
        return run;
    }

    /// <inheritdoc/>
    public ITrainedModel Load(BinaryReader reader) => ForestModel.Load(reader);
}
