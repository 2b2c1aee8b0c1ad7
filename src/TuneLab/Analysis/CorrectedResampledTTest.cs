using MathNet.Numerics.Distributions;

namespace TuneLab.Analysis;

/// <summary>What the corrected resampled t-test finds.</summary>
/// <param name="Mean">Mean of the differences; NaN for none.</param>
/// <param name="T">The statistic; infinite when all differences are equal and not <c>by</c>, 0 when they all are; NaN for fewer than two.</param>
/// <param name="DegreesOfFreedom">Differences - 1.</param>
/// <param name="P">One-sided: of "the mean difference is at most <c>by</c>"; NaN for fewer than two.</param>
/// <param name="Low">Lower end of the two-sided 95 % interval of the mean; NaN for fewer than two.</param>
/// <param name="High">Upper end.</param>
public sealed record CorrectedTTest(double Mean, double T, int DegreesOfFreedom, double P, double Low, double High)
{
    /// <summary>One-sided 95 % lower bound of the mean; NaN for fewer than two differences.</summary>
    public double LowerBound => Mean - OneSided;

    /// <summary>One-sided 95 % upper bound.</summary>
    public double UpperBound => Mean + OneSided;

    private double OneSided => DegreesOfFreedom == 0 ? double.NaN : (High - Low) / 2 * StudentT.InvCDF(0, 1, DegreesOfFreedom, 0.95) / StudentT.InvCDF(0, 1, DegreesOfFreedom, 0.975);
}

/// <summary>
/// Compares two configurations over the same folds of (repeated) cross-validation. Scores of folds that share training rows are not independent, so the plain t-test finds too much; here the
/// variance is multiplied by 1/n + test/train (Nadeau and Bengio 2003), which also suits repeated cross-validation (Bouckaert and Frank 2004).
/// </summary>
public static class CorrectedResampledTTest
{
    /// <param name="differences">One per fold and repeat: first minus second, positive where the first is better.</param>
    /// <param name="testTrainRatio">Rows scored on over rows fitted on, of a fold: 1 / (k - 1) for k folds.</param>
    /// <param name="by">What the mean difference is tested to exceed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is negative or NaN.</exception>
    public static CorrectedTTest Run(IReadOnlyList<double> differences, double testTrainRatio, double by = 0)
    {
        if (!(testTrainRatio >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(testTrainRatio), testTrainRatio, "The ratio of rows scored on to rows fitted on is at least 0.");
        }

        var n = differences.Count;
        var mean = n == 0 ? double.NaN : differences.Average();
        if (n < 2 || double.IsNaN(mean))
        {
            return new CorrectedTTest(mean, double.NaN, Math.Max(0, n - 1), double.NaN, double.NaN, double.NaN);
        }

        if (differences.All(d => d == differences[0]))
        {
            var sign = differences[0].CompareTo(by);
            return new CorrectedTTest(differences[0], sign == 0 ? 0 : sign * double.PositiveInfinity, n - 1, sign == 0 ? 0.5 : sign > 0 ? 0 : 1, differences[0], differences[0]);
        }

        var variance = differences.Sum(d => (d - mean) * (d - mean)) / (n - 1);
        var error = Math.Sqrt((1.0 / n + testTrainRatio) * variance);
        var t = (mean - by) / error;
        var reach = StudentT.InvCDF(0, 1, n - 1, 0.975) * error;
        return new CorrectedTTest(mean, t, n - 1, StudentT.CDF(0, 1, n - 1, -t), mean - reach, mean + reach);
    }
}
