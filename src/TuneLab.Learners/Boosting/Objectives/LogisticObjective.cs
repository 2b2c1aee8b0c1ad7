using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>Log-loss of two classes; the score is the log-odds of class 1. Derivatives: p - y and p (1 - p).</summary>
internal sealed class LogisticObjective : Objective
{
    /// <summary>A share of 0 or 1 is taken to be this far from it, so that one class alone has finite log-odds.</summary>
    public const double Certain = 1e-9;

    private const double LeastHessian = 1e-16;

    public override int Scores => 1;

    public override double[] Initial(double[] target, double[]? weights)
    {
        double positive = 0, all = 0;
        for (var i = 0; i < target.Length; i++)
        {
            var weight = weights?[i] ?? 1;
            positive += target[i] > 0 ? weight : 0;
            all += weight;
        }

        var share = Math.Clamp(positive / all, Certain, 1 - Certain);
        return [Math.Log(share / (1 - share))];
    }

    public override void Derive(in ScoreBlock block, Span<double> gradients, Span<double> hessians)
    {
        var i = 0;
        var one = Vector256<double>.One;
        for (; i + Vector256<double>.Count <= gradients.Length; i += Vector256<double>.Count)
        {
            var p = one / (one + VectorFunctions.Exp(-Vector256.Create(block.Scores[i..])));
            var gradient = p - Vector256.Create(block.Target[i..]);
            var hessian = Vector256.Max(p * (one - p), Vector256.Create(LeastHessian));
            if (!block.Weights.IsEmpty)
            {
                var weight = Vector256.Create(block.Weights[i..]);
                (gradient, hessian) = (gradient * weight, hessian * weight);
            }

            gradient.CopyTo(gradients[i..]);
            hessian.CopyTo(hessians[i..]);
        }

        for (; i < gradients.Length; i++)
        {
            // the same function as above, so that a row's derivatives don't depend on its place
            var p = 1 / (1 + VectorFunctions.Exp(Vector256.Create(-block.Scores[i])).ToScalar());
            var weight = block.Weights.IsEmpty ? 1 : block.Weights[i];
            gradients[i] = (p - block.Target[i]) * weight;
            hessians[i] = Math.Max(p * (1 - p), LeastHessian) * weight;
        }
    }

    public override void Link(Span<double> row) => row[0] = 1 / (1 + Math.Exp(-row[0]));
}
