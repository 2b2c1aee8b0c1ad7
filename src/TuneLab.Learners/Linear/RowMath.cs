using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Linear;

/// <summary>Inner loops over a row of floats, eight at a time. The lanes are fixed, so every processor rounds alike.</summary>
internal static class RowMath
{
    private const int Lanes = 8;

    /// <summary>The sum of products.</summary>
    public static double Dot(ReadOnlySpan<float> values, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        var done = 0;
        if (values.Length >= Lanes)
        {
            var wideValues = MemoryMarshal.Cast<float, Vector256<float>>(values);
            var wideWeights = MemoryMarshal.Cast<double, Vector256<double>>(weights);
            var (low, high) = (Vector256<double>.Zero, Vector256<double>.Zero);
            for (var i = 0; i < wideValues.Length; i++)
            {
                var (first, second) = Vector256.Widen(wideValues[i]);
                low += first * wideWeights[2 * i];
                high += second * wideWeights[(2 * i) + 1];
            }

            low += high;
            sum = low[0] + low[1] + (low[2] + low[3]);
            done = wideValues.Length * Lanes;
        }

        for (; done < values.Length; done++)
        {
            sum += values[done] * weights[done];
        }

        return sum;
    }

    /// <summary>Adds a multiple of the values to the sums.</summary>
    public static void AddScaled(Span<double> sums, ReadOnlySpan<float> values, double factor)
    {
        var done = 0;
        if (values.Length >= Lanes)
        {
            var wideValues = MemoryMarshal.Cast<float, Vector256<float>>(values);
            var wideSums = MemoryMarshal.Cast<double, Vector256<double>>(sums);
            for (var i = 0; i < wideValues.Length; i++)
            {
                var (first, second) = Vector256.Widen(wideValues[i]);
                wideSums[2 * i] += first * factor;
                wideSums[(2 * i) + 1] += second * factor;
            }

            done = wideValues.Length * Lanes;
        }

        for (; done < values.Length; done++)
        {
            sums[done] += factor * values[done];
        }
    }
}
