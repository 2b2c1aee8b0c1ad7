using System.Runtime.Intrinsics;
using TuneLab.Numerics;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>
/// Log-loss of several classes; the scores are log-probabilities up to a constant. Derivatives: p - y and, for the diagonal alone,
/// K / (K - 1) p (1 - p), which makes up for the scores' one superfluous dimension (Friedman, Hastie and Tibshirani 2000, section 4.3): splits are judged by these, as in LightGBM.
/// </summary>
internal sealed class SoftmaxObjective(int classes) : Objective
{
    private const double LeastHessian = 1e-16;

    /// <inheritdoc/>
    public override ObjectiveKind Kind => ObjectiveKind.Softmax;

    /// <inheritdoc/>
    public override int Scores => classes;

    /// <inheritdoc/>
    public override bool HasShared => true;

    /// <inheritdoc/>
    public override bool StepsByEvidence => true;

    /// <inheritdoc/>
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
            RowVector.Store(LogSum(scores, rows, from + i, count), shared, i, count);
        }
    }

    /// <inheritdoc/>
    public override void Derive(in ScoreBlock block, Span<double> gradients, Span<double> hessians)
    {
        var (factor, least) = (Vector256.Create(classes / (classes - 1.0)), Vector256.Create(LeastHessian));
        var label = Vector256.Create((double)block.Score);
        for (var i = 0; i < gradients.Length; i += Vector256<double>.Count)
        {
            var count = Math.Min(Vector256<double>.Count, gradients.Length - i);
            var p = VectorFunctions.Exp(RowVector.Load(block.Scores, i, count) - RowVector.Load(block.Shared, i, count));
            var isLabel = Vector256.ConditionalSelect(Vector256.Equals(RowVector.Load(block.Target, i, count), label), Vector256<double>.One, Vector256<double>.Zero);
            var gradient = p - isLabel;
            var hessian = Vector256.Max(factor * p * (Vector256<double>.One - p), least);
            if (!block.Weights.IsEmpty)
            {
                var weight = RowVector.Load(block.Weights, i, count);
                (gradient, hessian) = (gradient * weight, hessian * weight);
            }

            RowVector.Store(gradient, gradients, i, count);
            RowVector.Store(hessian, hessians, i, count);
        }
    }

    /// <inheritdoc/>
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
        var largest = RowVector.Load(scores, at, count);
        for (var k = 1; k < classes; k++)
        {
            largest = Vector256.Max(largest, RowVector.Load(scores, k * rows + at, count));
        }

        var sum = Vector256<double>.Zero;
        for (var k = 0; k < classes; k++)
        {
            sum += VectorFunctions.Exp(RowVector.Load(scores, k * rows + at, count) - largest);
        }

        return largest + VectorFunctions.Log(sum);
    }
}
