using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>Half the squared error. Derivatives: score - y and 1.</summary>
internal sealed class SquaredObjective : Objective
{
    /// <summary>Residuals that small against the target are rounding and not worth a split.</summary>
    private const double Rounding = 1e-13;

    /// <inheritdoc/>
    public override ObjectiveKind Kind => ObjectiveKind.Squared;

    /// <inheritdoc/>
    public override double[] Initial(double[] target, double[]? weights)
    {
        double sum = 0, all = 0;
        for (var i = 0; i < target.Length; i++)
        {
            sum += (weights?[i] ?? 1) * target[i];
            all += weights?[i] ?? 1;
        }

        return [sum / all];
    }

    /// <inheritdoc/>
    public override void Derive(in ScoreBlock block, Span<double> gradients, Span<double> hessians) => PointLoss.Derive(default(Square), block, gradients, hessians);

    private readonly struct Square : IPointLoss
    {
        public Vector256<double> Derive(Vector256<double> target, Vector256<double> score, out Vector256<double> hessian)
        {
            hessian = Vector256<double>.One;
            var residual = score - target;
            return Vector256.AndNot(residual, Vector256.LessThanOrEqual(Vector256.Abs(residual), Vector256.Abs(target) * Rounding));
        }
    }
}
