using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;

namespace TuneLab.Analysis;

/// <summary>The range of several independent standard normal numbers: the studentized range with infinitely many degrees of freedom.</summary>
internal static class StudentizedRange
{
    /// <summary>The probability that it is at most <paramref name="q"/>: k ∫ φ(z) (Φ(z) - Φ(z - q))^(k - 1) dz.</summary>
    /// <param name="q">At least 0.</param>
    /// <param name="k">How many numbers; at least 2.</param>
    public static double Cumulative(double q, int k)
    {
        if (q <= 0)
        {
            return 0;
        }

        // the density of the largest number is nothing beyond 9
        var value = GaussLegendreRule.Integrate(z => k * Normal.PDF(0, 1, z) * Math.Pow(Normal.CDF(0, 1, z) - Normal.CDF(0, 1, z - q), k - 1), -9, 9, 256);
        return Math.Clamp(value, 0, 1);
    }

    /// <summary>The value that it stays at or below with a probability.</summary>
    /// <param name="probability">In (0, 1).</param>
    /// <param name="k">As above.</param>
    public static double Quantile(double probability, int k)
    {
        var (low, high) = (0.0, 40.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Cumulative(middle, k) < probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
