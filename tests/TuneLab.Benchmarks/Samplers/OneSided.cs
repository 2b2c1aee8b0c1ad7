using MathNet.Numerics.Distributions;

namespace TuneLab.Benchmarks.Samplers;

/// <summary>One-sided tests of paired differences: how likely so many, or such large, negative ones are where neither side is better.</summary>
internal static class OneSided
{
    /// <summary>The sign test; equal pairs are left out.</summary>
    public static double Sign(IReadOnlyCollection<double> differences)
    {
        var (below, all) = (differences.Count(d => d < 0), differences.Count(d => d != 0));
        return below == 0 ? 1 : 1 - Binomial.CDF(0.5, all, below - 1);
    }

    /// <summary>Wilcoxon's signed-rank test (normal approximation, equal sizes share their ranks).</summary>
    public static double Wilcoxon(IReadOnlyCollection<double> differences)
    {
        double[] sorted = [.. differences.Where(d => d != 0).OrderBy(Math.Abs)];
        var (above, variance) = (0.0, 0.0);
        for (var i = 0; i < sorted.Length;)
        {
            var end = i;
            while (end < sorted.Length && Math.Abs(sorted[end]) == Math.Abs(sorted[i]))
            {
                end++;
            }

            var rank = (i + 1 + end) / 2.0;
            for (; i < end; i++)
            {
                above += sorted[i] > 0 ? rank : 0;
                variance += rank * rank / 4;
            }
        }

        return variance == 0 ? 1 : Normal.CDF(sorted.Length * (sorted.Length + 1) / 4.0, Math.Sqrt(variance), above);
    }
}
