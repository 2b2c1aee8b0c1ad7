using TuneLab.Data;
using TuneLab.Training;

namespace TuneLab.Learners.Linear;

/// <summary>
/// Elastic-net logistic (binary), multinomial (multiclass) and linear regression. Missing numbers are imputed by the median and marked, numbers standardised, categories one-hot.
/// <para>What is minimised is the weighted mean loss + strength * (l1_ratio * |w|_1 + (1 - l1_ratio) / 2 * |w|^2) with free intercepts (Zou and Hastie 2005); the loss is
/// the log loss or half the squared error of the label divided by its deviation. By <see cref="ProximalNewton"/>, for wide designs by <see cref="OrthantWise"/>; on one thread.</para>
/// </summary>
public sealed class LinearTrainer : ITrainer
{
    internal const string Id = "linear";

    /// <inheritdoc/>
    public TrainerInfo Info { get; } = new()
    {
        Id = Id,
        Summary = "Elastic-net logistic, multinomial and linear regression: fast, and hard to beat where effects add up.",
        Version = 1,
        Engine = "embedded",
        Tasks = [LearningTask.Binary, LearningTask.Multiclass, LearningTask.Regression],
        Incremental = false,
        RoundsOverfit = false,
        Threads = false,
        Parameters = LinearOptions.Parameters,
        DefaultSpace = LinearOptions.DefaultSpace,
        Default = LinearOptions.Default,
        Cheap = LinearOptions.Cheap,
        MaxRounds = _ => 1,
        Cost = (_, rows, features, outputs) => 20.0 * rows * Math.Max(features, 1) * outputs,
    };

    /// <inheritdoc/>
    public ITrainingRun Start(TrainingRequest request, CancellationToken cancellation = default)
        => new LinearRun(request.Fold, new TrainingData(request), LinearOptions.From(new Hyperparameters(request.Configuration, Info)));

    /// <inheritdoc/>
    public ITrainedModel Load(BinaryReader reader) => LinearModel.Load(reader);
}
