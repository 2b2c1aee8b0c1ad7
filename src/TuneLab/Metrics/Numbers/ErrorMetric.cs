using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>A metric of regression made from the weighted mean of a row's error: less is better, 0 is best.</summary>
internal abstract class ErrorMetric : PointwiseMetric
{
    public override LearningTask Task => LearningTask.Regression;

    public override bool HigherIsBetter => false;

    public override (double Low, double High) Range => (0, double.PositiveInfinity);

    /// <summary>The loss of one row; NaN where it is not defined.</summary>
    protected abstract double Loss(double truth, double prediction);

    protected sealed override double Loss(Predictions predictions, int row) => Loss(predictions.Truth[row], predictions.Values[row]);
}
