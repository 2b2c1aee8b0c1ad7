using MathNet.Numerics.Distributions;

namespace TuneLab.Testing;

/// <summary>The one-sided sign test (Conover 1999, chapter 3.4): asks nothing of a distribution but that values are independent.</summary>
public static class SignTest
{
    /// <summary>How likely it is to see so many values at or below a bound if their median lay above it.</summary>
    public static double PMedianAbove(IReadOnlyCollection<double> values, double bound)
    {
        var below = values.Count(v => v <= bound);
        return below == 0 ? 1 : 1 - Binomial.CDF(0.5, values.Count, below - 1);
    }
}
