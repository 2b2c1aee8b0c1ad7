namespace TuneLab.Learners.Boosting;

/// <summary>A node whose best split is looked for: what all features share.</summary>
internal readonly struct SplitNode
{
    private readonly long _leastUnits;
    private readonly long _leastHessian;

    /// <param name="measure">The rules.</param>
    /// <param name="totals">The node's sums.</param>
    /// <param name="bounds">Between which values its leaves must stay.</param>
    public SplitNode(SplitMeasure measure, NodeTotals totals, LeafBounds bounds)
    {
        (Measure, Totals, Bounds) = (measure, totals, bounds);
        (_leastUnits, _leastHessian) = (measure.LeastUnits, measure.LeastHessian);
        Score = measure.Score(totals);
        Floor = Math.Max(measure.Rules.MinGain, 1e-13 * Score);
    }

    /// <summary>The rules.</summary>
    public SplitMeasure Measure { get; }

    /// <summary>The sums of its rows.</summary>
    public NodeTotals Totals { get; }

    /// <summary>Between which values its leaves must stay.</summary>
    public LeafBounds Bounds { get; }

    /// <summary>Its score as a leaf of its best value.</summary>
    public double Score { get; }

    /// <summary>What a split must gain more than: what is asked for, and what rounding can feign.</summary>
    public double Floor { get; }

    /// <summary>Whether a part has enough weight and hessian.</summary>
    public bool Allows(NodeTotals part) => Measure.Pairs.Units(part.Second) >= _leastUnits && part.Second >> Measure.Pairs.CountBits >= _leastHessian;

    /// <summary>Whether both parts do.</summary>
    public bool AllowsBoth(NodeTotals left) => Allows(left) && Allows(Totals.Without(left));
}
