using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>
/// The weighted median of the absolute errors: the error at which half of the weight is reached; where a half is met exactly, the mean of the errors on both sides. With equal
/// weights it is the usual median, and a weight of 2 is the same as the row twice.
/// </summary>
internal sealed class MedianAbsoluteError : Metric
{
    private const double Rounding = 1e-12; // share of the weight by which sums of weights may miss the exact half

    public override string Id => "median_ae";

    public override LearningTask Task => LearningTask.Regression;

    public override bool HigherIsBetter => false;

    public override (double Low, double High) Range => (0, double.PositiveInfinity);

    protected override double Compute(Predictions predictions)
    {
        var (errors, order) = Sorted(predictions);
        return Median(errors, order, predictions.Weights);
    }

    protected override Func<double[], double> Prepare(Predictions predictions)
    {
        var (errors, order) = Sorted(predictions);
        return weights => Median(errors, order, weights);
    }

    private static (double[] Errors, int[] Order) Sorted(Predictions predictions)
    {
        var errors = new double[predictions.Count];
        var order = new int[predictions.Count];
        for (var i = 0; i < errors.Length; i++)
        {
            (errors[i], order[i]) = (Math.Abs(predictions.Truth[i] - predictions.Values[i]), i);
        }

        Array.Sort(errors, order);
        return (errors, order);
    }

    private static double Median(double[] errors, int[] order, double[]? weights)
    {
        if (weights is null)
        {
            return (errors[(errors.Length - 1) / 2] + errors[errors.Length / 2]) / 2;
        }

        var (total, reached, lower) = (weights.Sum(), 0.0, double.NaN);
        for (var i = 0; i < errors.Length; i++)
        {
            reached += weights[order[i]];
            if (double.IsNaN(lower) && reached >= total * (0.5 - Rounding))
            {
                lower = errors[i];
            }

            if (reached > total * (0.5 + Rounding))
            {
                return (lower + errors[i]) / 2;
            }
        }

        return lower;
    }
}
