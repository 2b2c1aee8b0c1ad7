namespace TuneLab.Learners.Boosting;

/// <summary>The gain where leaves may have any value (Chen and Guestrin 2016, eq. 7, doubled).</summary>
internal readonly struct FreeGain(in SplitNode node) : ISplitGain
{
    /// <inheritdoc/>
    public double Floor { get; } = node.Floor;

    /// <inheritdoc/>
    public double Of(in SplitNode node, NodeTotals left, double extraL2)
        => node.AllowsBoth(left)
            ? node.Measure.Score(left, extraL2) + node.Measure.Score(node.Totals.Without(left), extraL2) - node.Score
            : double.NegativeInfinity;
}
