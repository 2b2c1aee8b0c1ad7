using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TuneLab.Numerics;

/// <summary>Loops over rows of numbers, four at a time in an order that depends on neither processor nor vector width.</summary>
internal static class Rows
{
    /// <summary>The sum of the products; both of the same length.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var left = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var right = MemoryMarshal.Cast<double, Vector256<double>>(b);
        var (first, second) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var k = 0;
        for (; k + 1 < left.Length; k += 2)
        {
            first += left[k] * right[k];
            second += left[k + 1] * right[k + 1];
        }

        if (k < left.Length)
        {
            first += left[k] * right[k];
        }

        var sum = Vector256.Sum(first + second);
        for (var i = left.Length * 4; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Adds <paramref name="factor"/> times a row to another one.</summary>
    public static void AddTimes(Span<double> sum, ReadOnlySpan<double> row, double factor)
    {
        var left = MemoryMarshal.Cast<double, Vector256<double>>(sum);
        var right = MemoryMarshal.Cast<double, Vector256<double>>(row);
        for (var k = 0; k < left.Length; k++)
        {
            left[k] += right[k] * factor;
        }

        for (var i = left.Length * 4; i < sum.Length; i++)
        {
            sum[i] += row[i] * factor;
        }
    }

    /// <summary>Adds the squares of the differences of a row's numbers from one number.</summary>
    public static void AddSquares(Span<double> sum, ReadOnlySpan<double> row, double from)
    {
        var left = MemoryMarshal.Cast<double, Vector256<double>>(sum);
        var right = MemoryMarshal.Cast<double, Vector256<double>>(row);
        var middle = Vector256.Create(from);
        for (var k = 0; k < left.Length; k++)
        {
            var difference = right[k] - middle;
            left[k] += difference * difference;
        }

        for (var i = left.Length * 4; i < sum.Length; i++)
        {
            sum[i] += (row[i] - from) * (row[i] - from);
        }
    }
}
