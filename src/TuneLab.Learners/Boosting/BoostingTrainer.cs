using TuneLab.Training;

namespace TuneLab.Learners.Boosting;

/// <summary>
/// Gradient boosting (Friedman 2001) with second-order, regularised trees (Chen and Guestrin 2016) grown leaf-wise on histograms with native
/// categories (Ke et al. 2017). Differences from LightGBM: sums are exact whole numbers, so threads never change a model; missing values get a direction in
/// every split, by gain or, where a node has none, with the heavier part; no sampling by gradient;
/// min_child_samples counts a row as often as it weighs where all weights are whole; monotone features as <see cref="BoundedGain"/> says; leaves of several classes step as <see cref="Objectives.SoftmaxObjective"/> says.
/// </summary>
public sealed class BoostingTrainer : ITrainer
{
    /// <inheritdoc/>
    public TrainerInfo Info => BoostingOptions.Info;

    /// <inheritdoc/>
    public ITrainingRun Start(TrainingRequest request, CancellationToken cancellation = default) => new BoostingRun(request, cancellation);

    /// <inheritdoc/>
    public ITrainingRun Resume(TrainingRequest request, BinaryReader reader, CancellationToken cancellation = default)
    {
        var run = new BoostingRun(request, cancellation);
        Checkpoint.Read(reader, Info, request, run.Restore);
        return run;
    }

    /// <inheritdoc/>
    public ITrainedModel Load(BinaryReader reader) => BoostingModel.Load(reader);
}
