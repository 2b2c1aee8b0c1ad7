using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>A metric that judges predicted labels: more is better, and everything it needs is in the confusion of the classes.</summary>
internal abstract class ConfusionMetric : Metric
{
    public override LearningTask Task => LearningTask.Binary;

    public override bool HigherIsBetter => true;

    public override (double Low, double High) Range => (0, 1);

    public override bool UsesThreshold => Task == LearningTask.Binary;

    /// <summary>The score; NaN where it is not defined.</summary>
    protected abstract double Compute(Confusion confusion);

    protected sealed override double Compute(Predictions predictions) => Compute(predictions.Confusion);
}
