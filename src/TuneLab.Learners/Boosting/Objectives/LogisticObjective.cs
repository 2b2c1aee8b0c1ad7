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

    public override void Derive(double[] target, double[]? weights, double[] scores, double[] gradients, double[] hessians)
    {
        var i = 0;
        var one = Vector256<double>.One;
        for (; i + Vector256<double>.Count <= target.Length; i += Vector256<double>.Count)
        {
            var p = one / (one + Vector256.Exp(-Vector256.LoadUnsafe(ref scores[i])));
            var gradient = p - Vector256.LoadUnsafe(ref target[i]);
            var hessian = Vector256.Max(p * (one - p), Vector256.Create(LeastHessian));
            if (weights is not null)
            {
                var weight = Vector256.LoadUnsafe(ref weights[i]);
                (gradient, hessian) = (gradient * weight, hessian * weight);
            }

            gradient.StoreUnsafe(ref gradients[i]);
            hessian.StoreUnsafe(ref hessians[i]);
        }

        for (; i < target.Length; i++)
        {
            // the same function as above, so that a row's derivatives don't depend on its place
            var p = 1 / (1 + Vector256.Exp(Vector256.Create(-scores[i])).ToScalar());
            var weight = weights?[i] ?? 1;
            gradients[i] = (p - target[i]) * weight;
            hessians[i] = Math.Max(p * (1 - p), LeastHessian) * weight;
        }
    }

    public override void Link(Span<double> row) => row[0] = 1 / (1 + Math.Exp(-row[0]));
}
