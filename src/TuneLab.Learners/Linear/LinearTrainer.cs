using TuneLab.Data;
using TuneLab.Training;

namespace TuneLab.Learners.Linear;

/// <summary>
/// Elastic-net logistic (binary), multinomial (multiclass) and linear regression. Missing numbers are imputed by the median and marked, numbers standardised, categories one-hot.
/// <para>What is minimised is the weighted mean loss + strength * (l1_ratio * |w|_1 + (1 - l1_ratio) / 2 * |w|^2) with free intercepts (Zou and Hastie 2005); the loss is
/// the log loss or half the squared error of the label divided by its deviation. By <see cref="ProximalNewton"/>, for an absolute penalty on wide designs by <see cref="OrthantWise"/>.</para>
/// <para>A configuration that names a strength gets it, in one round. Left out, a run walks from strong to weak, a strength each round and each from the weights of the one before, so that the
/// search reads the best strength from one trial's loss curve (Friedman, Hastie and Tibshirani 2010).</para>
/// </summary>
public sealed class LinearTrainer : ITrainer
{
    internal const string Id = "linear";

    /// <inheritdoc/>
    public TrainerInfo Info => Description;

    internal static TrainerInfo Description { get; } = new()
    {
        Id = Id,
        Summary = "Elastic-net logistic, multinomial and linear regression: fast, and hard to beat where effects add up. Finds its strength along a path unless one is given.",
        Version = 2,
        Engine = "embedded",
        Tasks = [LearningTask.Binary, LearningTask.Multiclass, LearningTask.Regression],
        Incremental = true,
        RoundsOverfit = true,
        Parameters = LinearOptions.Parameters,
        DefaultSpace = LinearOptions.DefaultSpace,
        Default = LinearOptions.Default,
        Cheap = LinearOptions.Cheap,
        Starts = () => StartingPoints.Of(typeof(LinearTrainer).Assembly, Id),
        MaxRounds = LinearOptions.MaxRounds,
        Settled = LinearOptions.Settled,
        Cost = (c, rows, features, outputs) => (20.0 + (2 * LinearOptions.MaxRounds(c))) * rows * Math.Max(features, 1) * outputs,
    };

    /// <inheritdoc/>
    public ITrainingRun Resume(TrainingRequest request, BinaryReader reader, CancellationToken cancellation = default)
    {
        var run = new LinearRun(request, LinearOptions.From(new Hyperparameters(request.Configuration, Info)));
        Checkpoint.Read(reader, Info, request, state => run.Restore(state, cancellation));
        return run;
    }

    /// <inheritdoc/>
    public ITrainingRun Start(TrainingRequest request, CancellationToken cancellation = default)
        => new LinearRun(request, LinearOptions.From(new Hyperparameters(request.Configuration, Info)));

    /// <inheritdoc/>
    public ITrainedModel Load(BinaryReader reader) => LinearModel.Load(reader);
}
