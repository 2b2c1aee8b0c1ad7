namespace TuneLab.Learners.Boosting;

/// <summary>The sums over a node's rows, as in <see cref="GradientPairs"/>.</summary>
internal readonly record struct NodeTotals(long First, long Second)
{
    /// <summary>The sums of the rows that are not in a part.</summary>
    public NodeTotals Without(NodeTotals part) => new(First - part.First, Second - part.Second);
}
