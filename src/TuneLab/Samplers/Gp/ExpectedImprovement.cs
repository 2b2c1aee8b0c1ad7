using MathNet.Numerics;

namespace TuneLab.Samplers.Gp;

/// <summary>The logarithm of the expected improvement (Jones et al. 1998), which keeps its slope where the improvement itself rounds to 0 (Ament et al. 2023, Unexpected improvements to expected improvement).</summary>
internal static class ExpectedImprovement
{
    /// <summary>The logarithm and its derivatives by mean and deviation.</summary>
    /// <param name="least">What is to be improved on.</param>
    /// <param name="mean">Of a normal distribution.</param>
    /// <param name="deviation">Above 0.</param>
    public static (double Log, double ByMean, double ByDeviation) Log(double least, double mean, double deviation)
    {
        var z = (least - mean) / deviation;
        var density = -0.5 * z * z - Math.Log(Constants.Sqrt2Pi);

        // the improvement is deviation * (density + z * mass); far below 0 the two cancel: density / z^2 * (1 - 3 / z^2 + 15 / z^4)
        double log, mass;
        if (z > -20)
        {
            mass = 0.5 * SpecialFunctions.Erfc(-z / Constants.Sqrt2);
            log = Math.Log(Math.Exp(density) + (z * mass));
            mass = Math.Exp(Math.Log(mass) - log);
        }
        else
        {
            var q = 1 / (z * z);
            log = density + Math.Log(q) + Math.Log(1 - (3 * q) + (15 * q * q));
            mass = Math.Exp(density - Math.Log(-z) + Math.Log(1 - q + (3 * q * q)) - log);
        }

        return (Math.Log(deviation) + log, -mass / deviation, Math.Exp(density - log) / deviation);
    }
}
