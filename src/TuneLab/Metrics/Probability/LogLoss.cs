using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>
/// Cross-entropy in nats: the weighted mean of -ln of the probability given to the true class. Probabilities are clamped to [2.2e-16, 1 - 2.2e-16] as scikit-learn does, so that
/// a certain mistake costs 36 and not infinity.
/// </summary>
internal sealed class LogLoss(LearningTask task) : PointwiseMetric
{
    private const double Smallest = 2.220446049250313e-16;

    public override string Id => "logloss";

    public override LearningTask Task => task;

    public override bool HigherIsBetter => false;

    public override (double Low, double High) Range => (0, -Math.Log(Smallest));

    protected override double Loss(Predictions predictions, int row) => -Math.Log(OfTruth(predictions, row));

    protected override double Compute(Predictions predictions)
    {
        if (predictions.Weights is not null)
        {
            return Mean(predictions);
        }

        // rounds are scored often, and a logarithm costs ten multiplications: one is taken per some twenty rows
        var (sum, product) = (0.0, 1.0);
        for (var i = 0; i < predictions.Count; i++)
        {
            product *= OfTruth(predictions, i);
            if (product < 1e-200)
            {
                (sum, product) = (sum + Math.Log(product), 1);
            }
        }

        return -(sum + Math.Log(product)) / predictions.Count;
    }

    private static double OfTruth(Predictions predictions, int row)
    {
        var truth = (int)predictions.Truth[row];
        var probability = predictions.Outputs > 1 ? predictions.Values[row * predictions.Outputs + truth] : truth == 1 ? predictions.Values[row] : 1 - predictions.Values[row];
        return Math.Clamp(probability, Smallest, 1 - Smallest);
    }
}
