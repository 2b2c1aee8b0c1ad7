namespace TuneLab.Samplers.Gp;

/// <summary>
/// The distribution function of Kumaraswamy, 1 - (1 - x^a)^b: stretches one part of the unit interval at the cost of another, so that a function that varies faster there does so no longer
/// (Snoek et al. 2014, Input warping for Bayesian optimization of non-stationary functions).
/// </summary>
internal static class InputWarp
{
    private const double Edge = 1e-6;

    /// <summary>The warped coordinate.</summary>
    /// <param name="x">In [0, 1].</param>
    /// <param name="a">Above 0; 1 and 1 leave it as it is.</param>
    /// <param name="b">Above 0.</param>
    public static double Of(double x, double a, double b) => 1 - Math.Pow(1 - Math.Pow(Inner(x), a), b);

    /// <summary>Its derivatives by x, by ln a and by ln b.</summary>
    public static (double X, double A, double B) Slopes(double x, double a, double b)
    {
        x = Inner(x);
        var power = Math.Pow(x, a);
        var rest = 1 - power;
        var outer = Math.Pow(rest, b - 1);
        var slope = a * b * power * outer;
        return (slope / x, slope * Math.Log(x), -b * rest * outer * Math.Log(rest));
    }

    private static double Inner(double x) => Edge + ((1 - (2 * Edge)) * x);
}
