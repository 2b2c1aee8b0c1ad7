using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>
/// The pinball loss of a quantile (Koenker and Bassett 1978). Derivatives: 1 - level above the label, -level below it, 0 at it, and 1 in place of the second, which is 0.
/// A leaf's value is that quantile of its rows' residuals (for the median Friedman 2001, algorithm 3), so l1 and l2 only bear on which splits are made. LightGBM does
/// the same but for interpolating between ranks, and for its slope of 1 - level at the label.
/// </summary>
internal sealed class QuantileObjective : Objective
{
    /// <summary>Residuals that small against label or initial score are rounding.</summary>
    private const double Rounding = 1e-13;

    private readonly double _level;
    private readonly double _factor;
    private double _slack;

    /// <param name="level">The share of labels below, above 0 and below 1.</param>
    public QuantileObjective(double level)
        : this(ObjectiveKind.Quantile, level, 1)
    {
    }

    private QuantileObjective(ObjectiveKind kind, double level, double factor) => (Kind, _level, _factor) = (kind, level, factor);

    /// <inheritdoc/>
    public override ObjectiveKind Kind { get; }

    /// <inheritdoc/>
    public override double Parameter => Kind == ObjectiveKind.Quantile ? _level : 0;

    /// <inheritdoc/>
    public override bool Refits => true;

    /// <summary>The absolute error: twice the pinball loss of the median. Derivatives: the sign of score - y, and 1.</summary>
    public static QuantileObjective Absolute() => new(ObjectiveKind.Absolute, 0.5, 2);

    /// <inheritdoc/>
    public override double[] Initial(double[] target, double[]? weights)
    {
        var initial = WeightedQuantile.Of([.. target], weights is null ? default : [.. weights], _level);
        _slack = Rounding * Math.Abs(initial);
        return [initial];
    }

    /// <inheritdoc/>
    public override void Derive(in ScoreBlock block, Span<double> gradients, Span<double> hessians)
        => PointLoss.Derive(new Pinball(_factor * (1 - _level), -_factor * _level, _slack), block, gradients, hessians);

    /// <inheritdoc/>
    public override double Refit(Span<double> residuals, Span<double> weights) => WeightedQuantile.Of(residuals, weights, _level);

    private readonly struct Pinball(double above, double below, double slack) : IPointLoss
    {
        public Vector256<double> Derive(Vector256<double> target, Vector256<double> score, out Vector256<double> hessian)
        {
            hessian = Vector256<double>.One;
            var residual = score - target;
            var isNothing = Vector256.LessThanOrEqual(Vector256.Abs(residual), Vector256.Max(Vector256.Abs(target) * Rounding, Vector256.Create(slack)));
            var side = Vector256.ConditionalSelect(Vector256.GreaterThan(residual, Vector256<double>.Zero), Vector256.Create(above), Vector256.Create(below));
            return Vector256.AndNot(side, isNothing);
        }
    }
}
