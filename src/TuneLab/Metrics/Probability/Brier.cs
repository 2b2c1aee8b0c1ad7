using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>The weighted mean squared distance between the probability and 0 or 1 (Brier 1950).</summary>
internal sealed class Brier : PointwiseMetric
{
    public override string Id => "brier";

    public override LearningTask Task => LearningTask.Binary;

    public override bool HigherIsBetter => false;

    public override (double Low, double High) Range => (0, 1);

    protected override double Loss(Predictions predictions, int row)
    {
        var error = predictions.Values[row] - predictions.Truth[row];
        return error * error;
    }
}
