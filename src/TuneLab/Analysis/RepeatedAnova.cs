using MathNet.Numerics.Distributions;

namespace TuneLab.Analysis;

/// <summary>What an analysis of variance over tables finds.</summary>
/// <param name="F">Mean square of the treatments over that of the residuals.</param>
/// <param name="Epsilon">Greenhouse and Geisser's estimate of how far the differences between treatments vary alike, in [1 / (treatments - 1), 1]; both degrees of freedom are multiplied by it.</param>
/// <param name="P">Of "they do not differ", so corrected.</param>
/// <param name="NormalP">Of "the residuals are normal" (Anderson and Darling).</param>
public sealed record Anova(double F, double Epsilon, double P, double NormalP)
{
    private const double Level = 0.05;

    /// <summary>Whether it may be gone by: its residuals may be normal, as far as so many of them show.</summary>
    public bool Holds => NormalP >= Level;
}

/// <summary>
/// Compares several treatments across tables by their scores: one-way analysis of variance with repeated measures (Fisher 1959), corrected by Greenhouse and Geisser (1959) where the differences between treatments vary unlike. Other than
/// Friedman's test it takes the residuals for normal, which is tested (Anderson and Darling 1954; D'Agostino and Stephens 1986, table 4.9), and scores for comparable across tables. Where that does not hold, go by
/// <see cref="FriedmanTest"/>, as Demšar (2006, section 3.2.1) says.
/// </summary>
public static class RepeatedAnova
{
    /// <summary>The analysis; null for fewer than <see cref="FriedmanTest.FewestTables"/> tables, fewer than two treatments, and where the treatments differ by the same on every table.</summary>
    /// <param name="scores">[tables][treatments] finite, the same treatments on each table.</param>
    /// <exception cref="ArgumentException">Rows differ in length, or a score is not finite.</exception>
    public static Anova? Run(IReadOnlyList<IReadOnlyList<double>> scores)
    {
        var (n, k) = (scores.Count, scores.Count == 0 ? 0 : scores[0].Count);
        if (scores.Any(row => row.Count != k || row.Any(s => !double.IsFinite(s))))
        {
            throw new ArgumentException("An analysis of variance needs a finite score of each treatment on each table.", nameof(scores));
        }

        if (n < FriedmanTest.FewestTables || k < 2)
        {
            return null;
        }

        double[] tables = [.. scores.Select(row => row.Average())], treatments = [.. Enumerable.Range(0, k).Select(t => scores.Average(row => row[t]))];
        var grand = tables.Average();
        double[][] residuals = [.. scores.Select((row, i) => row.Select((s, t) => s - tables[i] - treatments[t] + grand).ToArray())];
        var error = residuals.Sum(row => row.Sum(r => r * r));
        var between = n * treatments.Sum(t => (t - grand) * (t - grand));
        var all = scores.Sum(row => row.Sum(s => (s - grand) * (s - grand)));
        if (error <= 1e-12 * all)
        {
            return null;
        }

        var f = between / (k - 1) / (error / ((k - 1) * (n - 1)));
        var epsilon = Epsilon(residuals, k);
        return new Anova(f, epsilon, 1 - FisherSnedecor.CDF(epsilon * (k - 1), epsilon * (k - 1) * (n - 1), f), NormalP([.. residuals.SelectMany(row => row)]));
    }

    // residuals are centered by table and by treatment, so their covariance is the doubly centered one
    private static double Epsilon(double[][] residuals, int k)
    {
        var (trace, squares) = (0.0, 0.0);
        for (var a = 0; a < k; a++)
        {
            for (var b = 0; b < k; b++)
            {
                var covariance = residuals.Sum(row => row[a] * row[b]);
                trace += a == b ? covariance : 0;
                squares += covariance * covariance;
            }
        }

        return Math.Min(1, trace * trace / ((k - 1) * squares));
    }

    // mean and deviation are estimated
    private static double NormalP(double[] values)
    {
        var n = values.Length;
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (n - 1));
        double[] sorted = [.. values.Select(v => (v - mean) / deviation).Order()];
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            sum += ((2 * i) + 1) * (Math.Log(Normal.CDF(0, 1, sorted[i])) + Math.Log(Normal.CDF(0, 1, -sorted[n - 1 - i])));
        }

        var a = (-n - (sum / n)) * (1 + (0.75 / n) + (2.25 / ((double)n * n)));
        return a switch
        {
            < 0.2 => 1 - Math.Exp(-13.436 + (101.14 * a) - (223.73 * a * a)),
            < 0.34 => 1 - Math.Exp(-8.318 + (42.796 * a) - (59.938 * a * a)),
            < 0.6 => Math.Exp(0.9177 - (4.279 * a) - (1.38 * a * a)),
            <= 13 => Math.Exp(1.2937 - (5.709 * a) + (0.0186 * a * a)),
            _ => 0,
        };
    }
}
