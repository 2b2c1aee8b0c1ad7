namespace TuneLab.Learners.Boosting;

/// <summary>
/// The gain where leaves have bounds or the feature a direction: each part's value is clipped to the node's bounds and scored as it then is, and two values in the wrong
/// order are no split (LightGBM's monotone constraints of method "basic"). The whole is scored by its clipped value too, as in XGBoost, so that the gain is what the split
/// brings, but for several classes, whose leaves step otherwise; LightGBM 4 takes its free value there, and the l1 penalty of the free value everywhere.
/// </summary>
internal readonly struct BoundedGain : ISplitGain
{
    private readonly int _direction;
    private readonly double _nodeScore;

    /// <param name="node">The node.</param>
    /// <param name="direction">The feature's: 1, -1 or 0.</param>
    public BoundedGain(in SplitNode node, int direction)
    {
        _direction = direction;
        _nodeScore = node.Measure.ScoreOf(node.Measure.Value(node.Totals, node.Bounds), node.Totals, 0);
        // a value far from the best one is scored by large terms, which nearly cancel in a gain
        Floor = Math.Max(node.Floor, 1e-13 * Math.Abs(_nodeScore));
    }

    /// <inheritdoc/>
    public double Floor { get; }

    /// <inheritdoc/>
    public double Of(in SplitNode node, NodeTotals left, double extraL2)
    {
        if (!node.AllowsBoth(left))
        {
            return double.NegativeInfinity;
        }

        var (measure, right) = (node.Measure, node.Totals.Without(left));
        var (leftValue, rightValue) = (measure.Value(left, node.Bounds, extraL2), measure.Value(right, node.Bounds, extraL2));
        return _direction * (rightValue - leftValue) < 0
            ? double.NegativeInfinity
            : measure.ScoreOf(leftValue, left, extraL2) + measure.ScoreOf(rightValue, right, extraL2) - _nodeScore;
    }
}
