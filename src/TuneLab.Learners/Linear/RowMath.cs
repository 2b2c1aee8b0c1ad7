using System.Numerics;
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

    /// <summary>Adds a multiple of a vector; each element on its own, so the width of the processor's vectors changes nothing.</summary>
    public static void AddScaled(Span<double> sums, ReadOnlySpan<double> values, double factor)
    {
        var wide = MemoryMarshal.Cast<double, Vector<double>>(sums);
        var wideValues = MemoryMarshal.Cast<double, Vector<double>>(values);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] += wideValues[i] * factor;
        }

        for (var i = wide.Length * Vector<double>.Count; i < sums.Length; i++)
        {
            sums[i] += values[i] * factor;
        }
    }

    /// <summary>The sum of products; sixteen sums in fixed lanes, so that every processor rounds alike.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var wideA = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector256<double>>(b[..a.Length]);
        var (s0, s1, s2, s3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i + 3 < wideA.Length; i += 4)
        {
            s0 += wideA[i] * wideB[i];
            s1 += wideA[i + 1] * wideB[i + 1];
            s2 += wideA[i + 2] * wideB[i + 2];
            s3 += wideA[i + 3] * wideB[i + 3];
        }

        for (; i < wideA.Length; i++)
        {
            s0 += wideA[i] * wideB[i];
        }

        s0 += s1 + (s2 + s3);
        var sum = s0[0] + s0[1] + (s0[2] + s0[3]);
        for (i = wideA.Length * 4; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Writes the numbers of a vector, not its length.</summary>
    public static void Write(BinaryWriter writer, double[] values)
    {
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static double[] Read(BinaryReader reader, int length)
    {
        var values = new double[length];
        for (var i = 0; i < length; i++)
        {
            values[i] = reader.ReadDouble();
        }

        return values;
    }
}
