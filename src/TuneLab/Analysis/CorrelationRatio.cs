namespace TuneLab.Analysis;

/// <summary>How much of the variance of numbers lies between groups of rows: the correlation ratio.</summary>
/// <param name="Eta">From 0 to 1: the root of the sum of squares between groups over all of it. Grows with the number of groups even by chance.</param>
/// <param name="Adjusted">The same without what chance brings on average: the root of Kelley's epsilon squared (1935), 1 - (1 - eta^2) (n - 1) / (n - k), at least 0.</param>
public readonly record struct CorrelationRatio(double Eta, double Adjusted)
{
    /// <summary>Of numbers in groups.</summary>
    /// <param name="groups">[rows]: each row's group, from 0.</param>
    /// <param name="count">How many groups there are; some may have no rows.</param>
    /// <param name="values">[rows]: finite.</param>
    /// <returns>NaN where the numbers do not vary, and for fewer than two groups with rows; the adjusted one is 0 where every row has a group of its own.</returns>
    public static CorrelationRatio Of(ReadOnlySpan<int> groups, int count, ReadOnlySpan<double> values)
    {
        var (sums, rows) = (new double[count], new int[count]);
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        var all = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var away = values[i] - mean;
            sums[groups[i]] += away;
            rows[groups[i]]++;
            all += away * away;
        }

        var (between, used) = (0.0, 0);
        for (var g = 0; g < count; g++)
        {
            between += rows[g] == 0 ? 0 : sums[g] * sums[g] / rows[g];
            used += rows[g] == 0 ? 0 : 1;
        }

        if (!(all > 0) || used < 2)
        {
            return new CorrelationRatio(double.NaN, double.NaN);
        }

        var squared = Math.Clamp(between / all, 0, 1);
        var adjusted = values.Length == used ? 0 : 1 - (1 - squared) * (values.Length - 1) / (values.Length - used);
        return new CorrelationRatio(Math.Sqrt(squared), Math.Sqrt(Math.Max(0, adjusted)));
    }
}
