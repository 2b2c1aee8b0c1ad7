using TuneLab.Learners.Binning;
using TuneLab.Learners.Boosting.Objectives;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;
using TuneLab.Training;

namespace TuneLab.Learners.Boosting;

/// <summary>
/// Grows one tree after another over the same rows, always splitting the leaf that gains most (leaf-wise, Shi 2007; Ke et al. 2017) with
/// histograms, the larger child's by subtraction. Its arrays are reused from tree to tree; used by one thread, which may call others to help.
/// </summary>
internal sealed class TreeGrower
{
    private readonly SplitRules _rules;
    private readonly GradientPairs _pairs;
    private readonly GrowthLimits _limits;
    private readonly Objective? _objective;
    private readonly EvidenceSteps? _steps;
    private readonly TreeAssembler _assembler;
    private readonly RowOrder _order;
    private readonly LeafSplits _splits;
    private readonly List<GrowingLeaf> _leaves = [];
    private readonly Stack<GrowingLeaf> _spare = [];

    /// <param name="data">The training rows.</param>
    /// <param name="pairs">Their gradients, filled before each <see cref="Grow"/>.</param>
    /// <param name="rules">What a split must keep to.</param>
    /// <param name="limits">How far a tree may grow.</param>
    /// <param name="team">The threads that may work on it; how many does not change it.</param>
    /// <param name="objective">Decides how leaves step; null: they make Newton's step.</param>
    /// <param name="dispersion">As <see cref="TrainingData.Dispersion"/>.</param>
    /// <param name="histogramBytes">Memory for histograms; less of it makes growing slower and no other tree.</param>
    public TreeGrower(TableSample data, GradientPairs pairs, SplitRules rules, GrowthLimits limits, Team team, Objective? objective = null, double dispersion = 1, long histogramBytes = HistogramPool.DefaultBytes)
    {
        (_pairs, _rules, _limits, _objective) = (pairs, rules, limits, objective);
        _steps = objective is { StepsByEvidence: true } ? new EvidenceSteps(rules, pairs, objective.Scores, dispersion) : null;
        _assembler = new TreeAssembler(data.Table);
        _order = new RowOrder(data, team);
        _splits = new LeafSplits(data, pairs, rules, limits, _order, team, histogramBytes);
    }

    /// <summary>The leaves of the last tree: the rows of leaf i are <see cref="RowsOf"/>(i).</summary>
    public int LeafCount => _leaves.Count;

    /// <summary>The rows of a leaf of the last tree, among those that it was grown on.</summary>
    public ReadOnlySpan<int> RowsOf(int leaf) => _order.Of(_leaves[leaf]);

    /// <summary>Grows a tree.</summary>
    /// <param name="rows">The rows to grow on, ascending; null: all.</param>
    /// <param name="features">The features that may be used, ascending.</param>
    /// <param name="scale">What leaf values are multiplied by: the learning rate.</param>
    /// <param name="seed">Of this tree; used by random splits only.</param>
    /// <param name="cancellation">Looked at between pieces of work.</param>
    public Tree Grow(int[]? rows, int[] features, double scale, Seed seed, CancellationToken cancellation)
    {
        _assembler.Clear();
        _steps?.Clear();
        foreach (var leaf in _leaves)
        {
            _splits.Release(leaf);
            _spare.Push(leaf);
        }

        _leaves.Clear();
        _splits.Begin(_leaves, features, seed, cancellation);
        var root = NewLeaf();
        (root.Begin, root.Count, root.Depth, root.Parent, root.Bounds, root.ExtraL2) = (0, _order.Fill(rows), 0, -1, LeafBounds.Open, 0);
        root.Totals = _splits.Sum(root);
        _splits.Find(root, null, -1);
        while (_leaves.Count < _limits.Leaves && Widest() is { } leaf)
        {
            cancellation.ThrowIfCancellationRequested();
            Part(leaf);
        }

        return _assembler.Build(Values(scale), 1);
    }

    private double[] Values(double scale)
    {
        var values = new double[_leaves.Count];
        if (values.Length == 1)
        {
            return values;
        }

        _steps?.Value(_leaves, values);
        for (var i = 0; i < values.Length; i++)
        {
            var step = _steps is null ? Value(_leaves[i]) : _leaves[i].Bounds.Clip(values[i]);
            values[i] = scale * (_objective?.Damp(step) ?? step);
        }

        return values;
    }

    private GrowingLeaf NewLeaf()
    {
        _leaves.Add(_spare.TryPop(out var leaf) ? leaf : new GrowingLeaf { Slot = -1 });
        return _leaves[^1];
    }

    /// <summary>The leaf that gains most; the earlier one when two are equal.</summary>
    private GrowingLeaf? Widest()
    {
        GrowingLeaf? best = null;
        foreach (var leaf in _leaves)
        {
            if (leaf.Best.Feature >= 0 && (best is null || leaf.Best.Gain > best.Best.Gain))
            {
                best = leaf;
            }
        }

        return best;
    }

    private void Part(GrowingLeaf leaf)
    {
        var split = leaf.Best;
        var rightNumber = _leaves.Count;
        var right = NewLeaf();
        var leftNumber = _leaves.IndexOf(leaf);
        var node = _assembler.Add(split, leftNumber, rightNumber);
        _steps?.Add(leaf);
        if (leaf.Parent >= 0)
        {
            _assembler.Attach(leaf.Parent, leaf.IsLeft, node);
        }

        var (totals, slot) = (leaf.Totals, leaf.Slot);
        var (left, begin, count) = (leaf, leaf.Begin, leaf.Count);
        left.Count = _order.Part(split, begin, count);
        (right.Begin, right.Count) = (begin + left.Count, count - left.Count);
        (left.Parent, left.IsLeft, right.Parent, right.IsLeft) = (node, true, node, false);
        right.Depth = ++left.Depth;
        left.Slot = right.Slot = -1;
        left.ExtraL2 = right.ExtraL2 = split.ExtraL2;
        var (small, large) = left.Count <= right.Count ? (left, right) : (right, left);
        left.Totals = _splits.SumLeft(split.Feature, slot, totals, left, right);
        right.Totals = totals.Without(left.Totals);
        right.Bounds = left.Bounds;
        if (_rules.Directions is { } directions)
        {
            (left.Bounds, right.Bounds) = left.Bounds.Part(directions[split.Feature], Value(left), Value(right));
        }

        _splits.Find(small, large, slot);
    }

    private double Value(GrowingLeaf leaf) => leaf.Bounds.Clip(_rules.Value(_pairs.Gradient(leaf.Totals.First), _pairs.Hessian(leaf.Totals.Second), leaf.ExtraL2));
}
