using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>
/// The weighted share of rows whose true class is among the <paramref name="k"/> most probable ones; of equal probabilities the class that comes first in sorted order ranks higher.
/// With <paramref name="k"/> classes or fewer it is always 1.
/// </summary>
internal sealed class TopK(int k) : PointwiseMetric
{
    public override string Id { get; } = "top_" + k.ToString(CultureInfo.InvariantCulture);

    public override LearningTask Task => LearningTask.Multiclass;

    public override bool HigherIsBetter => true;

    public override (double Low, double High) Range => (0, 1);

    protected override double Loss(Predictions predictions, int row)
    {
        var values = predictions.Values.AsSpan(row * predictions.Outputs, predictions.Outputs);
        var truth = (int)predictions.Truth[row];
        var ahead = 0;
        for (var c = 0; c < values.Length; c++)
        {
            ahead += values[c] > values[truth] || (values[c] == values[truth] && c < truth) ? 1 : 0;
        }

        return ahead < k ? 1 : 0;
    }
}
