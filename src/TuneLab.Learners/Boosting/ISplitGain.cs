namespace TuneLab.Learners.Boosting;

/// <summary>What a split of one node gains, given the sums of its left part. Made for a node, used by one thread.</summary>
internal interface ISplitGain
{
    /// <summary>What a split must exceed: what is asked for, and what rounding can feign.</summary>
    double Floor { get; }

    /// <summary>How much better the two parts are than the whole; minus infinity where the rules forbid the split.</summary>
    /// <param name="left">The left part's sums.</param>
    /// <param name="extraL2">Added to the l2 penalty of both parts.</param>
    double Of(NodeTotals left, double extraL2);
}
