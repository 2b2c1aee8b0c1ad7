namespace TuneLab.Learners.Boosting;

/// <summary>The sums over a node's rows, as in <see cref="GradientPairs"/>.</summary>
internal readonly record struct NodeTotals(long First, long Second);
