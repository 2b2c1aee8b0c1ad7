using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Linear;

/// <summary>Inner loops over a row of a design for several outputs at once: the numbers of a column for four outputs make one vector. Each output is summed on its own, in the order of the columns.</summary>
internal static class OutputMath
{
    /// <summary>The weighted sums of a row plus the intercepts.</summary>
    /// <param name="matrix">The design.</param>
    /// <param name="row">Of it.</param>
    /// <param name="weights">[(width + 1) x lanes].</param>
    /// <param name="sums">[lanes], overwritten.</param>
    public static void Dot(DesignMatrix matrix, int row, double[] weights, Span<Vector256<double>> sums)
    {
        var wide = MemoryMarshal.Cast<double, Vector256<double>>(weights.AsSpan());
        var values = matrix.ValuesOf(row);
        var columns = matrix.ColumnsOf(row);
        var entries = matrix.EntriesOf(row);
        var lanes = sums.Length;
        for (var lane = 0; lane < lanes; lane += 2)
        {
            var both = lane + 1 < lanes ? 1 : 0; // the last one may be alone: then it is summed twice
            var at = (matrix.Width * lanes) + lane;
            var (first, second) = (wide[at], wide[at + both]);
            at = lane;
            foreach (var value in values)
            {
                var factor = Vector256.Create((double)value);
                first += factor * wide[at];
                second += factor * wide[at + both];
                at += lanes;
            }

            for (var e = 0; e < columns.Length; e++)
            {
                var factor = Vector256.Create((double)entries[e]);
                at = (columns[e] * lanes) + lane;
                first += factor * wide[at];
                second += factor * wide[at + both];
            }

            (sums[lane], sums[lane + both]) = (first, second);
        }
    }

    /// <summary>Adds a multiple of a row, the intercept's 1 included, to the sums of each output.</summary>
    /// <param name="sums">[(width + 1) x lanes].</param>
    /// <param name="matrix">The design.</param>
    /// <param name="row">Of it.</param>
    /// <param name="factors">[lanes].</param>
    public static void AddTo(Span<Vector256<double>> sums, DesignMatrix matrix, int row, ReadOnlySpan<Vector256<double>> factors)
    {
        var values = matrix.ValuesOf(row);
        var columns = matrix.ColumnsOf(row);
        var entries = matrix.EntriesOf(row);
        for (var lane = 0; lane < factors.Length; lane++)
        {
            var factor = factors[lane];
            var at = lane;
            foreach (var value in values)
            {
                sums[at] += factor * Vector256.Create((double)value);
                at += factors.Length;
            }

            for (var e = 0; e < columns.Length; e++)
            {
                sums[(columns[e] * factors.Length) + lane] += factor * Vector256.Create((double)entries[e]);
            }

            sums[(matrix.Width * factors.Length) + lane] += factor;
        }
    }
}
