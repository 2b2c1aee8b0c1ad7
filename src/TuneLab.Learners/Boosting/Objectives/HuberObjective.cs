using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>
/// Huber's loss: half the squared error up to delta, delta times the absolute error less half of delta's square beyond. Derivatives: the error cut at delta on either side, and 1.
/// <para>Delta follows the residuals, as in M-TreeBoost (Friedman 2001, section 4.4, algorithm 4): before each round it is <c>huber_delta</c> times their deviation, for which 1.4826 times the median of their
/// absolute values stands, what it is of normal errors. So huber_delta has no unit; its default 1.35 is nearly as good as the mean where errors are normal (95 %; Huber 1981, chapter 4) while outliers,
/// up to half of the rows, do not move it. Friedman takes the 0.9 quantile of the absolute residuals, which is huber_delta 1.645 for normal errors; LightGBM's and XGBoost's are fixed and in the label's unit.</para>
/// <para>A leaf's value is the minimiser of its rows' loss (<see cref="HuberLocation"/>), of which Friedman makes the first step from the median; l1 and l2 only bear on which splits are made.</para>
/// </summary>
/// <param name="deviations">Delta in deviations of the residuals, above 0.</param>
internal sealed class HuberObjective(double deviations) : Objective
{
    /// <summary>The deviation of normal numbers over the median of their absolute values.</summary>
    private const double OverMedian = 1.4826022185056018;

    /// <summary>The same over the mean of their absolute values: the root of pi / 2.</summary>
    private const double OverMean = 1.2533141373155003;

    private double[] _sizes = [];
    private double[] _weights = [];
    private double _delta = 1;

    /// <inheritdoc/>
    public override ObjectiveKind Kind => ObjectiveKind.Huber;

    /// <inheritdoc/>
    public override double Parameter => deviations;

    /// <inheritdoc/>
    public override bool Refits => true;

    /// <summary>Where the loss turns from squared to absolute in this round, in the label's unit.</summary>
    public double Delta => _delta;

    /// <inheritdoc/>
    public override double[] Initial(double[] target, double[]? weights)
    {
        Span<double> weighted = weights is null ? default : [.. weights];
        double[] values = [.. target];
        var scores = new double[target.Length];
        Array.Fill(scores, WeightedQuantile.Of(values, weighted, 0.5));
        BeginRound(target, weights, scores);
        return [HuberLocation.Of(values, weighted, _delta)];
    }

    /// <inheritdoc/>
    public override void BeginRound(double[] target, double[]? weights, double[] scores)
    {
        if (_sizes.Length != target.Length || _weights.Length != (weights?.Length ?? 0))
        {
            (_sizes, _weights) = (new double[target.Length], new double[weights?.Length ?? 0]);
        }

        double sum = 0, all = 0;
        for (var i = 0; i < target.Length; i++)
        {
            _sizes[i] = Math.Abs(target[i] - scores[i]);
            sum += (weights?[i] ?? 1) * _sizes[i];
            all += weights?[i] ?? 1;
        }

        weights?.CopyTo(_weights, 0);
        var median = WeightedQuantile.Of(_sizes, _weights, 0.5);
        // where most residuals are nothing their median says nothing of the others
        var deviation = median > 1e-9 * sum / all ? OverMedian * median : OverMean * sum / all;
        _delta = deviation > 0 ? deviations * deviation : 1;
    }

    /// <inheritdoc/>
    public override void Derive(in ScoreBlock block, Span<double> gradients, Span<double> hessians) => PointLoss.Derive(new Cut(_delta), block, gradients, hessians);

    /// <inheritdoc/>
    public override double Refit(Span<double> residuals, Span<double> weights) => HuberLocation.Of(residuals, weights, _delta);

    private readonly struct Cut(double delta) : IPointLoss
    {
        /// <summary>Residuals that small against the target are rounding and not worth a split.</summary>
        private const double Rounding = 1e-13;

        public Vector256<double> Derive(Vector256<double> target, Vector256<double> score, out Vector256<double> hessian)
        {
            hessian = Vector256<double>.One;
            var residual = score - target;
            var cut = Vector256.Min(Vector256.Max(residual, Vector256.Create(-delta)), Vector256.Create(delta));
            return Vector256.AndNot(cut, Vector256.LessThanOrEqual(Vector256.Abs(residual), Vector256.Abs(target) * Rounding));
        }
    }
}
