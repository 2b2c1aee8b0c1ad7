namespace TuneLab.Learners.Boosting;

/// <summary>
/// The gain where leaves have bounds or the feature a direction: each part's value is clipped to the node's bounds and scored as it then is, and two values in the wrong
/// order are no split (LightGBM's monotone constraints of method "basic"). The whole is scored by its clipped value too, as in XGBoost, so that the gain is what the split
/// brings; LightGBM 4 takes its free value there, and the l1 penalty of the free value everywhere.
/// </summary>
/// <param name="measure">What scores are made by.</param>
/// <param name="totals">The node's sums.</param>
/// <param name="bounds">Between which values its leaves must stay.</param>
/// <param name="direction">The feature's: 1, -1 or 0.</param>
internal readonly struct BoundedGain(SplitMeasure measure, NodeTotals totals, LeafBounds bounds, int direction) : ISplitGain
{
    private readonly double _nodeScore = measure.ScoreOf(measure.Value(totals, bounds), totals, 0);

    /// <inheritdoc/>
    public double Floor
        // a value far from the best one is scored by large terms, which nearly cancel in a gain
        => Math.Max(new FreeGain(measure, totals).Floor, 1e-13 * Math.Abs(_nodeScore));

    /// <inheritdoc/>
    public double Of(NodeTotals left, double extraL2)
    {
        var right = totals.Without(left);
        if (!measure.Allows(left) || !measure.Allows(right))
        {
            return double.NegativeInfinity;
        }

        var (leftValue, rightValue) = (measure.Value(left, bounds, extraL2), measure.Value(right, bounds, extraL2));
        return direction * (rightValue - leftValue) < 0
            ? double.NegativeInfinity
            : measure.ScoreOf(leftValue, left, extraL2) + measure.ScoreOf(rightValue, right, extraL2) - _nodeScore;
    }
}
