using TuneLab.Learners.Trees;

namespace TuneLab.Learners.Boosting;

/// <summary>A leaf of the tree that is being grown.</summary>
internal sealed class GrowingLeaf
{
    /// <summary>Where its rows begin in the order of rows.</summary>
    public int Begin;

    /// <summary>How many rows it has.</summary>
    public int Count;

    /// <summary>Splits above it.</summary>
    public int Depth;

    /// <summary>The sums of its rows.</summary>
    public NodeTotals Totals;

    /// <summary>Between which values it must stay.</summary>
    public LeafBounds Bounds;

    /// <summary>Added to the l2 penalty of its value: from the split that made it.</summary>
    public double ExtraL2;

    /// <summary>Its histogram in the pool, or -1.</summary>
    public int Slot;

    /// <summary>Its best split; <see cref="Split.Feature"/> is -1 when there is none.</summary>
    public Split Best;

    /// <summary>The node above, or -1.</summary>
    public int Parent;

    /// <summary>Whether it hangs on the left of it.</summary>
    public bool IsLeft;
}
