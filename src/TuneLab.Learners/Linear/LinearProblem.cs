using System.Numerics;
using System.Runtime.InteropServices;

namespace TuneLab.Learners.Linear;

/// <summary>
/// The smooth part of what a fit minimises: the weighted mean loss over some rows of a design, as a function of weights [outputs x (width + 1)], row-major, the intercept of each
/// output last. Sums run in the order of the rows, on one thread.
/// </summary>
/// <param name="matrix">The design.</param>
/// <param name="rows">[n] rows of it.</param>
/// <param name="target">[n] class index or number.</param>
/// <param name="rowWeights">[n], summing to 1.</param>
/// <param name="outputs">Margins per row.</param>
/// <param name="loss">What a row costs.</param>
internal sealed class LinearProblem(DesignMatrix matrix, int[] rows, double[] target, double[] rowWeights, int outputs, LinearLoss loss)
{
    /// <summary>Weights per output.</summary>
    public int Stride { get; } = matrix.Width + 1;

    /// <summary>The number of weights.</summary>
    public int Size { get; } = outputs * (matrix.Width + 1);

    /// <summary>The number of margins.</summary>
    public int MarginCount { get; } = rows.Length * outputs;

    /// <summary>Whether the Hessian is the same everywhere.</summary>
    public bool IsQuadratic => loss.IsQuadratic;

    /// <summary>Arithmetic of one gradient, and of one Hessian with its factorisation.</summary>
    public (double Gradient, double Hessian) Work()
    {
        var row = (matrix.Density + 1) * outputs;
        return (rows.Length * (4 * row + 30 * outputs), rows.Length * (row * row / 2 + 30 * outputs) + Math.Pow(Size, 3) / 3);
    }

    /// <param name="weights">[size].</param>
    /// <param name="margins">[n x outputs], overwritten.</param>
    public void Margins(ReadOnlySpan<double> weights, double[] margins)
    {
        for (var (i, at) = (0, 0); i < rows.Length; i++)
        {
            for (var k = 0; k < outputs; k++, at++)
            {
                margins[at] = matrix.Dot(rows[i], weights.Slice(k * Stride, Stride));
            }
        }
    }

    /// <summary>The weighted mean loss.</summary>
    public double Loss(ReadOnlySpan<double> margins)
    {
        double sum = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            sum += rowWeights[i] * loss.Value(margins.Slice(i * outputs, outputs), target[i]);
        }

        return sum;
    }

    /// <param name="margins">Those of the weights.</param>
    /// <param name="gradient">[size], overwritten.</param>
    public void Gradient(ReadOnlySpan<double> margins, double[] gradient)
    {
        Array.Clear(gradient);
        var slopes = new double[outputs];
        for (var i = 0; i < rows.Length; i++)
        {
            loss.Slopes(margins.Slice(i * outputs, outputs), target[i], slopes);
            for (var k = 0; k < outputs; k++)
            {
                matrix.AddTo(gradient.AsSpan(k * Stride, Stride), rows[i], rowWeights[i] * slopes[k]);
            }
        }
    }

    /// <param name="margins">Those of the weights.</param>
    /// <param name="hessian">[size x size], symmetric, overwritten.</param>
    public void Hessian(ReadOnlySpan<double> margins, double[] hessian)
    {
        Array.Clear(hessian);
        var curvature = new double[outputs * outputs];
        var entries = new double[matrix.Numbers];
        for (var i = 0; i < rows.Length; i++)
        {
            loss.Curvature(margins.Slice(i * outputs, outputs), curvature);
            var values = matrix.ValuesOf(rows[i]);
            var ones = matrix.OnesOf(rows[i]);
            for (var v = 0; v < values.Length; v++)
            {
                entries[v] = values[v];
            }

            for (var k = 0; k < outputs; k++)
            {
                for (var l = k; l < outputs; l++)
                {
                    AddOuterProduct(hessian, (k * Stride * Size) + (l * Stride), entries, ones, rowWeights[i] * curvature[(k * outputs) + l]);
                }
            }
        }

        Mirror(hessian);
    }

    // the upper triangle of one block; ones ascend, so every pair is met once
    private void AddOuterProduct(double[] hessian, int origin, double[] entries, ReadOnlySpan<int> ones, double factor)
    {
        for (var a = 0; a < entries.Length; a++)
        {
            var scaled = factor * entries[a];
            var line = hessian.AsSpan(origin + (a * Size), Stride);
            AddScaled(line[a..entries.Length], entries.AsSpan(a), scaled);
            foreach (var column in ones)
            {
                line[column] += scaled;
            }

            line[Stride - 1] += scaled;
        }

        for (var a = 0; a < ones.Length; a++)
        {
            var line = hessian.AsSpan(origin + (ones[a] * Size), Stride);
            for (var b = a; b < ones.Length; b++)
            {
                line[ones[b]] += factor;
            }

            line[Stride - 1] += factor;
        }

        hessian[origin + ((Stride - 1) * Size) + Stride - 1] += factor;
    }

    // within each block the upper triangle to the lower one, then the blocks above the diagonal to those below
    private void Mirror(double[] hessian)
    {
        for (var k = 0; k < outputs; k++)
        {
            for (var l = k; l < outputs; l++)
            {
                for (var a = 0; a < Stride; a++)
                {
                    for (var b = a; b < Stride; b++)
                    {
                        var value = hessian[(((k * Stride) + a) * Size) + (l * Stride) + b];
                        hessian[(((k * Stride) + b) * Size) + (l * Stride) + a] = value;
                        hessian[(((l * Stride) + a) * Size) + (k * Stride) + b] = value;
                        hessian[(((l * Stride) + b) * Size) + (k * Stride) + a] = value;
                    }
                }
            }
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
}
