namespace TuneLab.Learners.Boosting;

/// <summary>What a split gains, given the sums of its left part. Structs, so that the code around them is compiled for each.</summary>
internal interface ISplitGain
{
    /// <summary>What a split of the node must exceed.</summary>
    double Floor { get; }

    /// <summary>How much better the two parts are than the whole; minus infinity where the rules forbid the split.</summary>
    /// <param name="node">The node.</param>
    /// <param name="left">The left part's sums.</param>
    /// <param name="extraL2">Added to the l2 penalty of both parts.</param>
    double Of(in SplitNode node, NodeTotals left, double extraL2);
}
