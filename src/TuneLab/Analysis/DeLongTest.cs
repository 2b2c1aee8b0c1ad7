using MathNet.Numerics.Distributions;
using TuneLab.Data;
using TuneLab.Metrics;

namespace TuneLab.Analysis;

/// <summary>What DeLong's test finds.</summary>
/// <param name="Winner">The one's area under the ROC curve.</param>
/// <param name="Rival">The other's.</param>
/// <param name="Error">Standard error of the difference; 0 when both rank alike.</param>
/// <param name="P">One-sided: of "the difference is at most <c>by</c>"; 0, 0.5 or 1 when the error is 0.</param>
public sealed record DeLong(double Winner, double Rival, double Error, double P)
{
    /// <summary>Winner minus rival.</summary>
    public double Effect => Winner - Rival;

    /// <summary>One-sided 95 % lower bound of the difference.</summary>
    public double LowerBound => Effect - (Normal.InvCDF(0, 1, 0.95) * Error);

    /// <summary>One-sided 95 % upper bound.</summary>
    public double UpperBound => Effect + (Normal.InvCDF(0, 1, 0.95) * Error);
}

/// <summary>
/// Compares the areas under two ROC curves of the same rows by their exact covariance and a normal limit (DeLong, DeLong and Clarke-Pearson 1988), from midranks (Sun and Xu 2014): O(n log n). For rows without weights, or with equal ones.
/// </summary>
public static class DeLongTest
{
    /// <summary>Two models; null where the test does not apply: another task than binary, rows of different weight, fewer than two rows of a class, predictions that are not finite.</summary>
    /// <param name="winner">Predictions of the one.</param>
    /// <param name="rival">Predictions of the other: same truth, row by row.</param>
    /// <param name="by">What the difference is tested to exceed.</param>
    /// <exception cref="ArgumentException">The predictions are not of the same rows.</exception>
    public static DeLong? Run(Predictions winner, Predictions rival, double by = 0)
    {
        if (!winner.Truth.AsSpan().SequenceEqual(rival.Truth))
        {
            throw new ArgumentException("DeLong's test needs two predictions of the same rows.", nameof(rival));
        }

        if (Placements.Of(winner) is not { } a || Placements.Of(rival) is not { } b)
        {
            return null;
        }

        var variance = Variance(a.Positives, b.Positives) + Variance(a.Negatives, b.Negatives);
        var (error, difference) = (Math.Sqrt(Math.Max(0, variance)), a.Area - b.Area);
        var p = error > 0 ? Normal.CDF(0, 1, (by - difference) / error) : difference.CompareTo(by) switch { > 0 => 0, 0 => 0.5, _ => 1 };
        return new DeLong(a.Area, b.Area, error, p);
    }

    /// <summary>The standard error of one area; null where the test does not apply.</summary>
    /// <param name="predictions">Of a binary task.</param>
    public static double? Error(Predictions predictions)
        => Placements.Of(predictions) is { } own ? Math.Sqrt(Variance(own.Positives, null) + Variance(own.Negatives, null)) : null;

    // of the mean of the differences
    private static double Variance(double[] a, double[]? b)
    {
        var n = a.Length;
        var mean = 0.0;
        for (var i = 0; i < n; i++)
        {
            mean += (a[i] - (b?[i] ?? 0)) / n;
        }

        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            var d = a[i] - (b?[i] ?? 0) - mean;
            sum += d * d;
        }

        return sum / (n - 1) / n;
    }

    /// <summary>Of each row the share of the other class that it is ranked right against, ties for a half.</summary>
    private sealed record Placements(double[] Positives, double[] Negatives, double Area)
    {
        public static Placements? Of(Predictions rows)
        {
            if (rows.Task != LearningTask.Binary || !rows.AllFinite || rows.Weights?.Any(w => w != rows.Weights[0] || w <= 0) == true)
            {
                return null;
            }

            var (positive, negative) = (Values(rows, 1), Values(rows, 0));
            if (positive.Length < 2 || negative.Length < 2)
            {
                return null;
            }

            var (sortedPositive, sortedNegative) = ((double[])positive.Clone(), (double[])negative.Clone());
            Array.Sort(sortedPositive);
            Array.Sort(sortedNegative);
            var positives = Array.ConvertAll(positive, v => Below(sortedNegative, v));
            var negatives = Array.ConvertAll(negative, v => 1 - Below(sortedPositive, v));
            return new Placements(positives, negatives, positives.Average());
        }

        private static double[] Values(Predictions rows, int @class) => [.. Enumerable.Range(0, rows.Count).Where(i => rows.Truth[i] == @class).Select(i => rows.Values[i])];

        // the share of the sorted values below one, equal ones for a half
        private static double Below(double[] sorted, double value) => (First(sorted, value, orEqual: true) + First(sorted, value, orEqual: false)) / 2.0 / sorted.Length;

        // the index of the first value that is larger (or equal)
        private static int First(double[] sorted, double value, bool orEqual)
        {
            var (low, high) = (0, sorted.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = sorted[middle] < value || (!orEqual && sorted[middle] == value) ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }
}
