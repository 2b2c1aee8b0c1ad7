using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Linear;

/// <summary>
/// The smooth part of what a fit minimises: the weighted mean loss over some rows of a design, as a function of weights [outputs x (width + 1)], row-major, the intercept of each
/// output last. Sums run over fixed blocks of rows, then over the blocks in their order, so they are the same for any number of threads. Used by one caller at a time.
/// </summary>
/// <param name="matrix">The design.</param>
/// <param name="rows">[n] rows of it.</param>
/// <param name="target">[n] class index or number.</param>
/// <param name="rowWeights">[n], summing to 1.</param>
/// <param name="outputs">Margins per row.</param>
/// <param name="loss">What a row costs.</param>
internal sealed class LinearProblem(DesignMatrix matrix, int[] rows, double[] target, double[] rowWeights, int outputs, LinearLoss loss)
{
    private const int MostBlocks = 64;
    private const int FewestRows = 256;

    private readonly int _blockRows = Math.Max(FewestRows, (rows.Length + MostBlocks - 1) / MostBlocks);
    private readonly int _lanes = (outputs + 3) / 4;

    /// <summary>Weights per output.</summary>
    public int Stride { get; } = matrix.Width + 1;

    /// <summary>The number of weights.</summary>
    public int Size { get; } = outputs * (matrix.Width + 1);

    /// <summary>The number of margins.</summary>
    public int MarginCount { get; } = rows.Length * outputs;

    /// <summary>Whether the Hessian is the same everywhere.</summary>
    public bool IsQuadratic => loss.IsQuadratic;

    /// <summary>The threads that help. <value>The caller's alone.</value></summary>
    public Team Team { get; set; } = new(1);

    /// <summary>Looked at in every block of rows.</summary>
    public CancellationToken Cancellation { get; set; }

    private int Blocks => (rows.Length + _blockRows - 1) / _blockRows;

    /// <summary>About how long one gradient takes, and one Hessian with its factorisation: of use only beside each other.</summary>
    public (double Gradient, double Hessian) Work()
    {
        double numbers = matrix.Numbers, sparse = matrix.Sparse + 1, pairs = outputs * (outputs + 1) / 2.0;
        var gradient = rows.Length * outputs * ((numbers + sparse) + 15);
        var hessian = (rows.Length * pairs * ((numbers * numbers / 8) + (sparse * ((numbers / 2) + sparse)) + 5)) + (0.2 * Math.Pow(Size, 3));
        return (gradient, hessian);
    }

    /// <param name="weights">[size].</param>
    /// <param name="margins">[n x outputs], overwritten.</param>
    public void Margins(double[] weights, double[] margins)
    {
        var turned = outputs == 1 ? [] : Turned(weights);
        InBlocks((_, first, end) =>
        {
            if (outputs == 1)
            {
                for (var i = first; i < end; i++)
                {
                    margins[i] = matrix.Dot(rows[i], weights);
                }

                return;
            }

            Span<double> sums = new double[4 * _lanes];
            for (var i = first; i < end; i++)
            {
                OutputMath.Dot(matrix, rows[i], turned, MemoryMarshal.Cast<double, Vector256<double>>(sums));
                sums[..outputs].CopyTo(margins.AsSpan(i * outputs));
            }
        });
    }

    /// <summary>The weighted mean loss, and its derivatives by the margins.</summary>
    /// <param name="margins">[n x outputs].</param>
    /// <param name="slopes">[n x outputs], overwritten.</param>
    public double Loss(double[] margins, double[] slopes)
    {
        var sums = new double[Blocks];
        InBlocks((block, first, end) =>
        {
            double sum = 0;
            for (var i = first; i < end; i++)
            {
                var own = slopes.AsSpan(i * outputs, outputs);
                sum += rowWeights[i] * loss.Value(margins.AsSpan(i * outputs, outputs), target[i], own);
                foreach (ref var slope in own)
                {
                    slope *= rowWeights[i];
                }
            }

            sums[block] = sum;
        });
        return sums.Sum();
    }

    /// <param name="slopes">What <see cref="Loss"/> wrote.</param>
    /// <param name="gradient">[size], overwritten.</param>
    public void Gradient(double[] slopes, double[] gradient)
    {
        var parts = new double[Blocks][];
        InBlocks((block, first, end) =>
        {
            var part = parts[block] = new double[Stride * (outputs == 1 ? 1 : 4 * _lanes)];
            if (outputs == 1)
            {
                for (var i = first; i < end; i++)
                {
                    matrix.AddTo(part, rows[i], slopes[i]);
                }

                return;
            }

            Span<double> own = new double[4 * _lanes];
            for (var i = first; i < end; i++)
            {
                slopes.AsSpan(i * outputs, outputs).CopyTo(own);
                OutputMath.AddTo(MemoryMarshal.Cast<double, Vector256<double>>(part.AsSpan()), matrix, rows[i], MemoryMarshal.Cast<double, Vector256<double>>(own));
            }
        });

        for (var block = 1; block < parts.Length; block++)
        {
            RowMath.AddScaled(parts[0], parts[block], 1);
        }

        var stride = outputs == 1 ? 1 : 4 * _lanes;
        for (var j = 0; j < Stride; j++)
        {
            for (var k = 0; k < outputs; k++)
            {
                gradient[(k * Stride) + j] = parts[0][(j * stride) + k];
            }
        }
    }

    /// <param name="margins">Those of the weights.</param>
    /// <param name="hessian">[size x size], symmetric, overwritten.</param>
    public void Hessian(double[] margins, double[] hessian)
    {
        double[] predictions = [.. margins];
        InBlocks((_, first, end) =>
        {
            for (var i = first; i < end; i++)
            {
                loss.Predict(predictions.AsSpan(i * outputs, outputs));
            }
        });
        new HessianPass(matrix, rows, (i, k, l) => rowWeights[i] * loss.Curvature(predictions.AsSpan(i * outputs, outputs), k, l), outputs).Run(hessian, Team, Cancellation);
    }

    // [(width + 1) x lanes of 4]: the weights of a column for all outputs side by side
    private double[] Turned(double[] weights)
    {
        var turned = new double[Stride * 4 * _lanes];
        for (var k = 0; k < outputs; k++)
        {
            for (var j = 0; j < Stride; j++)
            {
                turned[(j * 4 * _lanes) + k] = weights[(k * Stride) + j];
            }
        }

        return turned;
    }

    private void InBlocks(Action<int, int, int> work) => Team.For(Blocks, block =>
    {
        Cancellation.ThrowIfCancellationRequested();
        work(block, block * _blockRows, Math.Min(rows.Length, (block + 1) * _blockRows));
    });
}
