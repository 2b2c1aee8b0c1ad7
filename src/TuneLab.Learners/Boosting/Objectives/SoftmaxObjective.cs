using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>
/// Log-loss of several classes; the scores are log-probabilities up to a constant. Derivatives: p - y and, for the diagonal alone,
/// K / (K - 1) p (1 - p), which makes up for the scores' one superfluous dimension (Friedman, Hastie and Tibshirani 2000, section 4.3).
/// </summary>
internal sealed class SoftmaxObjective(int classes) : Objective
{
    private const double LeastHessian = 1e-16;

    public override int Scores => classes;

    public override bool HasShared => true;

    public override double[] Initial(double[] target, double[]? weights)
    {
        var shares = new double[classes];
        double all = 0;
        for (var i = 0; i < target.Length; i++)
        {
            shares[(int)target[i]] += weights?[i] ?? 1;
            all += weights?[i] ?? 1;
        }

        return Array.ConvertAll(shares, s => Math.Log(Math.Max(s / all, LogisticObjective.Certain)));
    }

    /// <summary>The logarithm of the sum of the scores' exponentials: a class's probability is exp(score - that).</summary>
    public override void Prepare(double[] scores, int rows, int from, Span<double> shared)
    {
        for (var i = 0; i < shared.Length; i += Vector256<double>.Count)
        {
            var count = Math.Min(Vector256<double>.Count, shared.Length - i);
            Store(LogSum(scores, rows, from + i, count), shared, i, count);
        }
    }

    public override void Derive(in ScoreBlock block, Span<double> gradients, Span<double> hessians)
    {
        var (factor, least) = (Vector256.Create(classes / (classes - 1.0)), Vector256.Create(LeastHessian));
        var label = Vector256.Create((double)block.Score);
        for (var i = 0; i < gradients.Length; i += Vector256<double>.Count)
        {
            // the last rows are done in a full vector too, so that a row's derivatives don't depend on its place
            var count = Math.Min(Vector256<double>.Count, gradients.Length - i);
            var p = VectorFunctions.Exp(Load(block.Scores, i, count) - Load(block.Shared, i, count));
            var isLabel = Vector256.ConditionalSelect(Vector256.Equals(Load(block.Target, i, count), label), Vector256<double>.One, Vector256<double>.Zero);
            var gradient = p - isLabel;
            var hessian = Vector256.Max(factor * p * (Vector256<double>.One - p), least);
            if (!block.Weights.IsEmpty)
            {
                var weight = Load(block.Weights, i, count);
                (gradient, hessian) = (gradient * weight, hessian * weight);
            }

            Store(gradient, gradients, i, count);
            Store(hessian, hessians, i, count);
        }
    }

    public override void Link(Span<double> row)
    {
        var largest = double.NegativeInfinity;
        foreach (var score in row)
        {
            largest = Math.Max(largest, score);
        }

        double sum = 0;
        foreach (ref var score in row)
        {
            score = Math.Exp(score - largest);
            sum += score;
        }

        foreach (ref var score in row)
        {
            score /= sum;
        }
    }

    private Vector256<double> LogSum(double[] scores, int rows, int at, int count)
    {
        var largest = Load(scores, at, count);
        for (var k = 1; k < classes; k++)
        {
            largest = Vector256.Max(largest, Load(scores, k * rows + at, count));
        }

        var sum = Vector256<double>.Zero;
        for (var k = 0; k < classes; k++)
        {
            sum += VectorFunctions.Exp(Load(scores, k * rows + at, count) - largest);
        }

        return largest + VectorFunctions.Log(sum);
    }

    private static Vector256<double> Load(ReadOnlySpan<double> values, int at, int count)
    {
        if (count == Vector256<double>.Count)
        {
            return Vector256.Create(values[at..]);
        }

        Span<double> padded = stackalloc double[Vector256<double>.Count];
        padded.Clear();
        values.Slice(at, count).CopyTo(padded);
        return Vector256.Create<double>(padded);
    }

    private static void Store(Vector256<double> vector, Span<double> values, int at, int count)
    {
        for (var i = 0; i < count; i++)
        {
            values[at + i] = vector[i];
        }
    }
}
