using System.Runtime.Intrinsics;
using TuneLab.Numerics;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>Log-loss of two classes; the score is the log-odds of class 1. Derivatives: p - y and p (1 - p).</summary>
internal sealed class LogisticObjective : Objective
{
    /// <summary>A share of 0 or 1 is taken to be this far from it, so that one class alone has finite log-odds.</summary>
    public const double Certain = 1e-9;

    private const double LeastHessian = 1e-16;

    /// <inheritdoc/>
    public override ObjectiveKind Kind => ObjectiveKind.Logistic;

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public override void Derive(in ScoreBlock block, Span<double> gradients, Span<double> hessians) => PointLoss.Derive(default(LogLoss), block, gradients, hessians);

    /// <inheritdoc/>
    public override void Link(Span<double> row) => row[0] = 1 / (1 + Math.Exp(-row[0]));

    private readonly struct LogLoss : IPointLoss
    {
        public Vector256<double> Derive(Vector256<double> target, Vector256<double> score, out Vector256<double> hessian)
        {
            var one = Vector256<double>.One;
            var p = one / (one + VectorFunctions.Exp(-score));
            hessian = Vector256.Max(p * (one - p), Vector256.Create(LeastHessian));
            return p - target;
        }
    }
}
