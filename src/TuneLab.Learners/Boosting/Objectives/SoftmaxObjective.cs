using System.Runtime.Intrinsics;
using TuneLab.Numerics;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>
/// Log-loss of several classes; the scores are log-probabilities up to a constant. Derivatives: p - y and, for the diagonal alone,
/// K / (K - 1) p (1 - p), which makes up for the scores' one superfluous dimension (Friedman, Hastie and Tibshirani 2000, section 4.3): splits are judged by these, as in LightGBM.
/// <para>A leaf's step is longer where its rows say more than chance does, and shorter where they don't: see <see cref="StepHessian"/>.</para>
/// </summary>
internal sealed class SoftmaxObjective(int classes) : Objective
{
    private const double LeastHessian = 1e-16;
    private const double SureFactor = 0.65;
    private const double DoubtfulFactor = 8;
    private const double Chance = 0.25;

    /// <inheritdoc/>
    public override ObjectiveKind Kind => ObjectiveKind.Softmax;

    /// <inheritdoc/>
    public override int Scores => classes;

    /// <inheritdoc/>
    public override bool HasShared => true;

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

    /// <summary>
    /// H (0.65 + 7.35 / (1 + (s / t)^2.5)), where H is the leaf's sum of p (1 - p), s = G^2 / (H dispersion) is Rao's score statistic (1948) of its shift, and t = -0.25 ln(share): the smaller
    /// a leaf, the more leaves like it were there to be the best of by chance.
    /// <para>A round's trees are grown side by side, each as if the other classes' scores stood still. Where they do, the factor of H is 1 (scikit-learn's); where one other class makes the same
    /// step the other way it is 2 (XGBoost's). No factor does well after few rounds and after many: large ones are slow, and small ones fit noise. So leaves whose shift is beyond doubt step
    /// further than any of these, and others less far. The numbers are ours, chosen on real tables (the benchmarks' README says how).</para>
    /// </summary>
    public override double StepHessian(in LeafSums leaf)
    {
        var plain = leaf.Hessian * (classes - 1) / classes;
        if (plain <= 0)
        {
            return leaf.Hessian;
        }

        var (chance, shift) = (-Chance * Math.Log(leaf.Share), leaf.Gradient / plain * (leaf.Gradient / leaf.Dispersion));
        var beyond = shift / chance;
        return plain * (SureFactor + (DoubtfulFactor - SureFactor) / (1 + beyond * beyond * Math.Sqrt(beyond)));
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
