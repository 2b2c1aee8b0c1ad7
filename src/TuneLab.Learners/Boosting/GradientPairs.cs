using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Boosting;

/// <summary>
/// Gradient, hessian and weight of each training row as two 64-bit whole numbers, so that a histogram cell is one 128-bit addition and
/// sums are exact: the same in any order and on any number of threads, and a parent's histogram minus a child's is the sibling's to the last bit.
/// <para>The first number is the gradient in units of <see cref="GradientUnit"/>, a power of two at which the sum of all rows still fits. The second has
/// the weight in its low bits, in units of <see cref="WeightUnit"/>, and the hessian above them in units of <see cref="HessianUnit"/>: 40,000 rows leave about 30 bits for the mean hessian.</para>
/// </summary>
internal sealed class GradientPairs
{
    /// <summary>Weights whose sum is larger are counted in so many parts of it.</summary>
    private const int WeightParts = 1 << 22;

    private readonly double[]? _weights;

    /// <param name="rows">How many there are.</param>
    /// <param name="weights">[rows] whole numbers above 0: how often each counts; null: once.</param>
    public GradientPairs(int rows, double[]? weights = null)
    {
        (_weights, Values) = (weights, new long[2L * rows]);
        double sum = rows;
        if (weights is not null)
        {
            sum = weights.Sum();
            WeightUnit = Math.Max(1, sum / WeightParts);
        }

        // each row counts as one unit at least
        CountBits = BitOperations.Log2((ulong)(sum / WeightUnit) + (weights is null ? 0 : (ulong)rows) + 1) + 1;
        CountMask = (1L << CountBits) - 1;
    }

    /// <summary>[2 x rows]: gradient, then hessian with weight.</summary>
    public long[] Values { get; }

    /// <summary>How many low bits of the second number hold the weight.</summary>
    public int CountBits { get; }

    /// <summary>Those bits.</summary>
    public long CountMask { get; }

    /// <summary>What weights are counted in: 1 unless their sum is very large.</summary>
    public double WeightUnit { get; } = 1;

    /// <summary>What the first number counts in.</summary>
    public double GradientUnit { get; private set; } = 1;

    /// <summary>What the second number counts in above its weight bits.</summary>
    public double HessianUnit { get; private set; } = 1;

    /// <summary>Takes the derivatives of some rows, to be turned into whole numbers by <see cref="Convert"/> when all rows are there.</summary>
    /// <param name="from">The first of the rows.</param>
    /// <param name="gradients">Finite.</param>
    /// <param name="hessians">Finite, at least 0.</param>
    /// <returns>The sums of the absolute gradients and of the hessians.</returns>
    public (double Gradients, double Hessians) Put(int from, ReadOnlySpan<double> gradients, ReadOnlySpan<double> hessians)
    {
        double gradientSum = 0, hessianSum = 0;
        var waiting = MemoryMarshal.Cast<long, double>(Values.AsSpan(2 * from, 2 * gradients.Length)); // in the place of the numbers that they become
        for (var i = 0; i < gradients.Length; i++)
        {
            gradientSum += Math.Abs(gradients[i]);
            hessianSum += hessians[i];
            waiting[2 * i] = gradients[i];
            waiting[2 * i + 1] = hessians[i];
        }

        return (gradientSum, hessianSum);
    }

    /// <summary>Sets the units so that the sums of all rows fit.</summary>
    public void Scale(double gradientSum, double hessianSum) => (GradientUnit, HessianUnit) = (Unit(gradientSum, 61), Unit(hessianSum, 61 - CountBits));

    /// <summary>Turns what was put for some rows into whole numbers.</summary>
    public void Convert(int from, int to)
    {
        var values = Values.AsSpan(2 * from, 2 * (to - from));
        var waiting = MemoryMarshal.Cast<long, double>(values);
        var scale = Vector128.Create(1 / GradientUnit, Math.ScaleB(1 / HessianUnit, CountBits));
        var round = Vector128.Create(0, Math.ScaleB(0.5, CountBits));
        var keep = Vector128.Create(-1, ~CountMask);
        var count = Vector128.Create(0L, 1L);
        for (var i = 0; i < values.Length; i += 2)
        {
            if (_weights is not null)
            {
                count = Vector128.Create(0L, Math.Max(1, (long)Math.Round(_weights[from + i / 2] / WeightUnit)));
            }

            var whole = Vector128.ConvertToInt64(Vector128.Create<double>(waiting[i..]) * scale + round);
            ((whole & keep) + count).CopyTo(values[i..]);
        }
    }

    /// <summary>Takes over the derivatives of all rows.</summary>
    public void Fill(ReadOnlySpan<double> gradients, ReadOnlySpan<double> hessians)
    {
        var (gradientSum, hessianSum) = Put(0, gradients, hessians);
        Scale(gradientSum, hessianSum);
        Convert(0, gradients.Length);
    }

    /// <summary>The gradient sum of a cell.</summary>
    public double Gradient(long first) => first * GradientUnit;

    /// <summary>The hessian sum of a cell.</summary>
    public double Hessian(long second) => (second >> CountBits) * HessianUnit;

    /// <summary>The weight of a cell's rows, in units.</summary>
    public long Units(long second) => second & CountMask;

    /// <summary>The smallest whole number of units that weighs at least so much.</summary>
    public long UnitsOf(double weight) => (long)Math.Ceiling(weight / WeightUnit - 1e-6);

    /// <summary>The smallest power of two in which a sum has at most that many bits.</summary>
    private static double Unit(double sum, int bits) => sum > 0 ? Math.ScaleB(1, Math.Max(Math.ILogB(sum) + 1 - bits, -1000)) : 1;
}
