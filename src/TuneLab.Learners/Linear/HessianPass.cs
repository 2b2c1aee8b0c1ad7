using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Linear;

/// <summary>
/// The second derivatives of a loss by the weights: for each pair of outputs a product X' D X with the curvatures on the diagonal. Every cell is summed by one thread in the order of the
/// rows; columns of numbers go through tiles of four by four cells over panels of rows that stay in the cache, sparse columns through the entries of each row.
/// </summary>
/// <param name="matrix">The design.</param>
/// <param name="rows">[n] rows of it.</param>
/// <param name="curvature">The curvature of row i of them between two outputs.</param>
/// <param name="outputs">Margins per row.</param>
internal sealed class HessianPass(DesignMatrix matrix, int[] rows, Func<int, int, int, double> curvature, int outputs)
{
    private const int PanelRows = 32;

    /// <summary>Few pairs of outputs are cut into parts, so that there is work for several threads.</summary>
    private const int ManyPairs = 8;
    private const int PartsOfAPair = 4;

    private readonly int _stride = matrix.Width + 1;
    private readonly int _size = outputs * (matrix.Width + 1);
    private readonly int _lanes = (matrix.Numbers + 3) / 4;

    /// <param name="hessian">[size x size], overwritten.</param>
    /// <param name="team">The threads that help.</param>
    /// <param name="cancellation">Looked at in every panel.</param>
    public void Run(double[] hessian, Team team, CancellationToken cancellation)
    {
        Array.Clear(hessian);
        (int K, int L)[] pairs = [.. Enumerable.Range(0, outputs).SelectMany(k => Enumerable.Range(k, outputs - k).Select(l => (k, l)))];
        var parts = matrix.Numbers == 0 ? 0 : pairs.Length >= ManyPairs ? 1 : Math.Min(PartsOfAPair, _lanes);
        team.For(pairs.Length * (parts + 1), task =>
        {
            var (pair, part) = (pairs[task / (parts + 1)], task % (parts + 1));
            if (part == parts)
            {
                AddSparse(hessian, pair.K, pair.L, cancellation);
            }
            else
            {
                AddNumbers(hessian, pair.K, pair.L, Cut(part, parts), Cut(part + 1, parts), cancellation);
            }
        });
        foreach (var (k, l) in pairs)
        {
            Mirror(hessian, k, l);
        }
    }

    // lines cut so that each part has about the same area of the triangle at and right of the diagonal
    private int Cut(int part, int parts) => (int)Math.Round(_lanes * (1 - Math.Sqrt(1 - ((double)part / parts))));

    private void AddNumbers(double[] hessian, int k, int l, int firstLane, int endLane, CancellationToken cancellation)
    {
        var (first, lines) = (4 * firstLane, 4 * (endLane - firstLane));
        if (lines == 0)
        {
            return;
        }

        var sums = new Vector256<double>[lines * _lanes];
        var panel = new double[PanelRows * 4 * _lanes];
        var scaled = new double[PanelRows * lines];
        for (var start = 0; start < rows.Length; start += PanelRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(PanelRows, rows.Length - start);
            for (var r = 0; r < count; r++)
            {
                var line = panel.AsSpan(r * 4 * _lanes, 4 * _lanes);
                var values = matrix.ValuesOf(rows[start + r]);
                for (var j = 0; j < values.Length; j++)
                {
                    line[j] = values[j];
                }

                var factor = curvature(start + r, k, l);
                for (var a = 0; a < lines; a++)
                {
                    scaled[(r * lines) + a] = factor * line[first + a];
                }
            }

            for (var a = 0; a < lines; a += 4)
            {
                AddTiles(sums.AsSpan(a * _lanes, 4 * _lanes), MemoryMarshal.Cast<double, Vector256<double>>(panel.AsSpan()), scaled.AsSpan(a), lines, firstLane + (a / 4), count);
            }
        }

        var flat = MemoryMarshal.Cast<Vector256<double>, double>(sums.AsSpan());
        for (var a = 0; a < lines && first + a < matrix.Numbers; a++)
        {
            flat.Slice(a * 4 * _lanes, matrix.Numbers).CopyTo(hessian.AsSpan((((k * _stride) + first + a) * _size) + (l * _stride)));
        }
    }

    // four lines of the product, from the lane on the diagonal to the right
    private void AddTiles(Span<Vector256<double>> sums, ReadOnlySpan<Vector256<double>> panel, ReadOnlySpan<double> scaled, int lines, int fromLane, int count)
    {
        for (var lane = fromLane; lane < _lanes; lane++)
        {
            var (s0, s1, s2, s3) = (sums[lane], sums[_lanes + lane], sums[(2 * _lanes) + lane], sums[(3 * _lanes) + lane]);
            for (var r = 0; r < count; r++)
            {
                var x = panel[(r * _lanes) + lane];
                var factors = scaled.Slice(r * lines, 4);
                s0 += x * factors[0];
                s1 += x * factors[1];
                s2 += x * factors[2];
                s3 += x * factors[3];
            }

            (sums[lane], sums[_lanes + lane], sums[(2 * _lanes) + lane], sums[(3 * _lanes) + lane]) = (s0, s1, s2, s3);
        }
    }

    // the lines of sparse columns and of the intercept, left of the diagonal
    private void AddSparse(double[] hessian, int k, int l, CancellationToken cancellation)
    {
        var numbers = new double[matrix.Numbers];
        for (var i = 0; i < rows.Length; i++)
        {
            if (i % PanelRows == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            var values = matrix.ValuesOf(rows[i]);
            var columns = matrix.ColumnsOf(rows[i]);
            var entries = matrix.EntriesOf(rows[i]);
            for (var j = 0; j < values.Length; j++)
            {
                numbers[j] = values[j];
            }

            var factor = curvature(i, k, l);
            for (var e = 0; e <= columns.Length; e++)
            {
                var (column, scaled) = e < columns.Length ? (columns[e], factor * entries[e]) : (matrix.Width, factor);
                var line = hessian.AsSpan((((k * _stride) + column) * _size) + (l * _stride), _stride);
                RowMath.AddScaled(line[..numbers.Length], numbers, scaled);
                for (var other = 0; other <= e && other < columns.Length; other++)
                {
                    line[columns[other]] += scaled * entries[other];
                }
            }

            hessian[(((k * _stride) + matrix.Width) * _size) + (l * _stride) + matrix.Width] += factor;
        }
    }

    // the block of a pair is symmetric, and so is the whole
    private void Mirror(double[] hessian, int k, int l)
    {
        for (var a = 0; a < _stride; a++)
        {
            for (var b = a; b < _stride; b++)
            {
                var (upper, lower) = ((((k * _stride) + a) * _size) + (l * _stride) + b, (((k * _stride) + b) * _size) + (l * _stride) + a);
                var value = hessian[b < matrix.Numbers ? upper : lower];
                hessian[upper] = value;
                hessian[lower] = value;
                hessian[(((l * _stride) + a) * _size) + (k * _stride) + b] = value;
                hessian[(((l * _stride) + b) * _size) + (k * _stride) + a] = value;
            }
        }
    }
}
