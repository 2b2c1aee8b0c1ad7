using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>
/// Coefficient of determination: 1 minus squared error over the spread around the weighted mean of the truth; 0 is as good as that mean, and worse has no bound. When all
/// true values are equal it is 1 for perfect predictions, else 0, as in scikit-learn. Not defined for fewer than two rows.
/// </summary>
internal sealed class RSquared : Metric
{
    public override string Id => "r2";

    public override LearningTask Task => LearningTask.Regression;

    public override bool HigherIsBetter => true;

    public override (double Low, double High) Range => (double.NegativeInfinity, 1);

    protected override double Compute(Predictions predictions)
    {
        var (sum, total, rows, first, same) = (0.0, 0.0, 0, double.NaN, true);
        for (var i = 0; i < predictions.Count; i++)
        {
            if (predictions.Weight(i) is > 0 and var weight)
            {
                first = rows++ == 0 ? predictions.Truth[i] : first;
                same &= predictions.Truth[i] == first;
                sum += weight * predictions.Truth[i];
                total += weight;
            }
        }

        var mean = same ? first : sum / total; // the mean of equal numbers may differ from them in the last digit
        var (error, spread) = (0.0, 0.0);
        for (var i = 0; i < predictions.Count; i++)
        {
            var (weight, truth) = (predictions.Weight(i), predictions.Truth[i]);
            error += weight * (truth - predictions.Values[i]) * (truth - predictions.Values[i]);
            spread += weight * (truth - mean) * (truth - mean);
        }

        return rows < 2 ? double.NaN : spread > 0 ? 1 - error / spread : error == 0 ? 1 : 0;
    }
}
