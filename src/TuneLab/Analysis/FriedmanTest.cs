using MathNet.Numerics.Distributions;

namespace TuneLab.Analysis;

/// <summary>What Friedman's test finds.</summary>
/// <param name="MeanRanks">[treatments] 1 is best; ties share the mean of their ranks.</param>
/// <param name="ChiSquared">The statistic, corrected for ties; NaN when all tie everywhere.</param>
/// <param name="P">Of "they do not differ", by the chi-squared limit; NaN with the statistic.</param>
/// <param name="F">Iman and Davenport's statistic, which is less careful than needed no more; infinite where the ranks are the same on every table.</param>
/// <param name="PF">Of "they do not differ", by the F distribution; what to go by.</param>
/// <param name="CriticalDifference">Nemenyi's: mean ranks that differ by at least this differ at the 5 % level.</param>
/// <param name="Pairwise">[treatments][treatments] Nemenyi's p-value of "these two do not differ".</param>
public sealed record Friedman(IReadOnlyList<double> MeanRanks, double ChiSquared, double P, double F, double PF, double CriticalDifference, IReadOnlyList<IReadOnlyList<double>> Pairwise);

/// <summary>
/// Compares several treatments (trainers, tuners) across tables by their ranks on each (Friedman 1937; Iman and Davenport 1980), with Nemenyi's test for pairs, as Demšar (2006, section 3.2) recommends. Tables must be independent of each
/// other: folds or seeds of one table are not tables.
/// </summary>
public static class FriedmanTest
{
    /// <summary>The fewest tables.</summary>
    public const int FewestTables = 3;

    /// <summary>The test; null for fewer than <see cref="FewestTables"/> tables or two treatments.</summary>
    /// <param name="scores">[tables][treatments] finite, the same treatments on each table.</param>
    /// <param name="higherIsBetter">Whether more is better.</param>
    /// <exception cref="ArgumentException">Rows differ in length, or a score is not finite.</exception>
    public static Friedman? Run(IReadOnlyList<IReadOnlyList<double>> scores, bool higherIsBetter)
    {
        var (n, k) = (scores.Count, scores.Count == 0 ? 0 : scores[0].Count);
        if (scores.Any(row => row.Count != k || row.Any(s => !double.IsFinite(s))))
        {
            throw new ArgumentException("Friedman's test needs a finite score of each treatment on each table.", nameof(scores));
        }

        if (n < FewestTables || k < 2)
        {
            return null;
        }

        var (sums, ties) = (new double[k], 0.0);
        foreach (var row in scores)
        {
            int[] order = [.. Enumerable.Range(0, k).OrderBy(i => higherIsBetter ? -row[i] : row[i])];
            for (var i = 0; i < k;)
            {
                var end = i;
                while (end < k && row[order[end]] == row[order[i]])
                {
                    end++;
                }

                var size = end - i;
                ties += ((double)size * size * size) - size;
                for (; i < end; i++)
                {
                    sums[order[i]] += end - ((size - 1) / 2.0);
                }
            }
        }

        var middle = n * (k + 1) / 2.0;
        var correction = 1 - (ties / ((double)n * k * ((k * k) - 1)));
        var chi = correction <= 0 ? double.NaN : 12.0 / (n * k * (k + 1.0)) * sums.Sum(s => (s - middle) * (s - middle)) / correction;
        var rest = (n * (k - 1.0)) - chi;
        var f = rest <= 1e-9 * n ? double.PositiveInfinity : (n - 1) * chi / rest;
        var unit = Math.Sqrt(k * (k + 1.0) / (6.0 * n));
        double[] ranks = [.. sums.Select(s => s / n)];
        return new Friedman(ranks, chi, double.IsNaN(chi) ? double.NaN : 1 - ChiSquared.CDF(k - 1, chi), f, double.IsNaN(f) ? double.NaN : double.IsInfinity(f) ? 0 : 1 - FisherSnedecor.CDF(k - 1, (k - 1.0) * (n - 1), f),
            StudentizedRange.Quantile(0.95, k) / Math.Sqrt(2) * unit,
            [.. ranks.Select(a => (IReadOnlyList<double>)[.. ranks.Select(b => 1 - StudentizedRange.Cumulative(Math.Abs(a - b) / unit * Math.Sqrt(2), k))])]);
    }
}
