using System.Runtime.Intrinsics;

namespace TuneLab.Numerics;

/// <summary>
/// Exponential and logarithm of four numbers at once from plain additions, multiplications and divisions, which every processor rounds alike. The framework's own
/// (<c>Vector256.Exp</c>, <c>Vector256.Log</c>) fuse a multiplication and an addition where the processor can, so that a model or a proposal would depend on it. Errors: about one unit in the last place.
/// </summary>
public static class VectorFunctions
{
    /// <summary>Added to a number below 2^51 and taken off again, it leaves the nearest whole number; in between the low bits are that number.</summary>
    private const double ToWhole = 1.5 * (1L << 52);

    // ln 2 in two parts: the first has so few bits that its multiples by exponents are exact
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>e to the power of x; beyond +-708 as there.</summary>
    public static Vector256<double> Exp(Vector256<double> x)
    {
        x = Vector256.Max(Vector256.Min(x, Vector256.Create(708.0)), Vector256.Create(-708.0));
        var shifted = x * Vector256.Create(1.4426950408889634) + Vector256.Create(ToWhole);
        var power = shifted - Vector256.Create(ToWhole);
        var r = x - power * Vector256.Create(Ln2High) - power * Vector256.Create(Ln2Low); // at most 0.35 from 0

        // the series up to r^13 / 13!, in pairs so that the processor can overlap them
        var r2 = r * r;
        var r4 = r2 * r2;
        var low = Pair(1, 1, r) + r2 * Pair(1 / 2.0, 1 / 6.0, r);
        var middle = Pair(1 / 24.0, 1 / 120.0, r) + r2 * Pair(1 / 720.0, 1 / 5040.0, r);
        var high = Pair(1 / 40320.0, 1 / 362880.0, r) + r2 * Pair(1 / 3628800.0, 1 / 39916800.0, r);
        var highest = Pair(1 / 479001600.0, 1 / 6227020800.0, r);
        var value = low + r4 * (middle + r4 * (high + r4 * highest));
        return (value.AsInt64() + (shifted.AsInt64() << 52)).AsDouble();
    }

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">Normal numbers above 0.</param>
    public static Vector256<double> Log(Vector256<double> x)
    {
        // x = m * 2^power with m from about 0.7 to 1.4
        var bits = x.AsInt64() - Vector256.Create(0x3FE6A09E667F3BCDL);
        var power = Vector256.ConvertToDouble(bits >> 52);
        var m = ((bits & Vector256.Create(0x000FFFFFFFFFFFFFL)) + Vector256.Create(0x3FE6A09E667F3BCDL)).AsDouble();
        var f = (m - Vector256<double>.One) / (m + Vector256<double>.One);

        // ln m = 2 artanh f, at most 0.172 from 0: the series up to f^21 / 21
        var f2 = f * f;
        var f4 = f2 * f2;
        var low = Pair(1 / 3.0, 1 / 5.0, f2) + f4 * Pair(1 / 7.0, 1 / 9.0, f2);
        var high = Pair(1 / 11.0, 1 / 13.0, f2) + f4 * (Pair(1 / 15.0, 1 / 17.0, f2) + f4 * Pair(1 / 19.0, 1 / 21.0, f2));
        var tail = f2 * (low + f4 * f4 * high);
        return power * Vector256.Create(Ln2High) + (Vector256.Create(2.0) * (f + f * tail) + power * Vector256.Create(Ln2Low));
    }

    private static Vector256<double> Pair(double constant, double slope, Vector256<double> x) => Vector256.Create(constant) + Vector256.Create(slope) * x;
}
