namespace TuneLab.Benchmarks.Learners;

/// <summary>Summaries of repeated measurements.</summary>
internal static class Statistics
{
    /// <summary>The middle value, or the mean of the two middle ones; NaN for none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
