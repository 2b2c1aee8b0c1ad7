namespace TuneLab.Learners.Boosting;

/// <summary>The gain where leaves may have any value (Chen and Guestrin 2016, eq. 7, doubled).</summary>
internal readonly struct FreeGain(SplitMeasure measure, NodeTotals totals) : ISplitGain
{
    private readonly double _nodeScore = measure.Score(totals);

    /// <inheritdoc/>
    public double Floor => Math.Max(measure.Rules.MinGain, 1e-13 * _nodeScore);

    /// <inheritdoc/>
    public double Of(NodeTotals left, double extraL2)
        => totals.Without(left) is var right && measure.Allows(left) && measure.Allows(right)
            ? measure.Score(left, extraL2) + measure.Score(right, extraL2) - _nodeScore
            : double.NegativeInfinity;
}
