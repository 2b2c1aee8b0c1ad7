using System.Numerics;

namespace TuneLab.Learners.Boosting;

/// <summary>
/// Gradient, hessian and row count of each training row as two 64-bit whole numbers, so that a histogram cell is one 128-bit addition and
/// sums are exact: the same in any order and on any number of threads, and a parent's histogram minus a child's is the sibling's to the last bit.
/// <para>The first number is the gradient in units of <see cref="GradientUnit"/>, a power of two at which the sum of all rows still fits. The second has
/// the row count in its low bits and the hessian above them in units of <see cref="HessianUnit"/>: 40,000 rows leave about 30 bits for the mean hessian.</para>
/// </summary>
internal sealed class GradientPairs
{
    /// <param name="rows">The most rows that are ever summed.</param>
    public GradientPairs(int rows)
    {
        Values = new long[2L * rows];
        CountBits = BitOperations.Log2((uint)Math.Max(rows, 1)) + 1;
        CountMask = (1L << CountBits) - 1;
    }

    /// <summary>[2 x rows]: gradient, then hessian with count.</summary>
    public long[] Values { get; }

    /// <summary>How many low bits of the second number hold the row count.</summary>
    public int CountBits { get; }

    /// <summary>Those bits.</summary>
    public long CountMask { get; }

    /// <summary>What the first number counts in.</summary>
    public double GradientUnit { get; private set; } = 1;

    /// <summary>What the second number counts in above its count bits.</summary>
    public double HessianUnit { get; private set; } = 1;

    /// <summary>Takes over the gradients and hessians of one tree.</summary>
    /// <param name="gradients">[rows], finite.</param>
    /// <param name="hessians">[rows], finite, at least 0.</param>
    public void Fill(ReadOnlySpan<double> gradients, ReadOnlySpan<double> hessians)
    {
        double gradientSum = 0, hessianSum = 0;
        for (var i = 0; i < gradients.Length; i++)
        {
            gradientSum += Math.Abs(gradients[i]);
            hessianSum += hessians[i];
        }

        GradientUnit = Unit(gradientSum, 61);
        HessianUnit = Unit(hessianSum, 61 - CountBits);
        var (perGradient, perHessian) = (1 / GradientUnit, 1 / HessianUnit);
        var values = Values;
        for (var i = 0; i < gradients.Length; i++)
        {
            values[2 * i] = (long)(gradients[i] * perGradient);
            values[2 * i + 1] = ((long)(hessians[i] * perHessian + 0.5) << CountBits) + 1;
        }
    }

    /// <summary>The gradient sum of a cell.</summary>
    public double Gradient(long first) => first * GradientUnit;

    /// <summary>The hessian sum of a cell.</summary>
    public double Hessian(long second) => (second >> CountBits) * HessianUnit;

    /// <summary>The row count of a cell.</summary>
    public int Rows(long second) => (int)(second & CountMask);

    /// <summary>The smallest power of two in which a sum has at most that many bits.</summary>
    private static double Unit(double sum, int bits) => sum > 0 ? Math.ScaleB(1, Math.Max(Math.ILogB(sum) + 1 - bits, -1000)) : 1;
}
