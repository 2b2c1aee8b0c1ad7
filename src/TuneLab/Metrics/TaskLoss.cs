using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>
/// The loss that a task's learners minimise, whatever the objective: round curves are read from it. Less is better.
/// </summary>
public static class TaskLoss
{
    private static readonly LogLoss Binary = new(LearningTask.Binary);
    private static readonly LogLoss Multiclass = new(LearningTask.Multiclass);
    private static readonly Rmse Regression = new();

    /// <summary>Weighted log-loss in nats for classification, weighted mean squared error for regression; NaN where a prediction is NaN or infinite, or nothing has weight.</summary>
    public static double Of(Predictions predictions) => predictions.Task switch
    {
        LearningTask.Binary => Binary.Score(predictions),
        LearningTask.Multiclass => Multiclass.Score(predictions),
        _ => predictions.Counted is { } counted ? Regression.Mean(counted) : double.NaN,
    };
}
