using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;

namespace TuneLab.Learners.Boosting;

/// <summary>Finds the best split of each new leaf: sums its histogram, or subtracts it from its parent's, and looks through it, piece by piece of the columns.</summary>
internal sealed class LeafSplits
{
    /// <summary>Below so many additions to cells (about 5 microseconds) a second thread costs more than it saves.</summary>
    private const int WorthSharing = 10_000;

    /// <summary>Looking for a split at a cell takes as long as so many additions.</summary>
    private const int AdditionsPerCell = 2;

    private readonly TableSample _data;
    private readonly GradientPairs _pairs;
    private readonly SplitRules _rules;
    private readonly GrowthLimits _limits;
    private readonly RowOrder _order;
    private readonly Team _team;
    private readonly SplitFinder _finder;
    private readonly HistogramPlan _plan;
    private readonly HistogramPool _pool;
    private readonly Split[] _found; // [2 x pieces]
    private readonly Action<int> _work;
    private readonly long _minUnits;

    // the present tree
    private IReadOnlyList<GrowingLeaf> _leaves = [];
    private Seed _seed;
    private CancellationToken _cancellation;

    // what the pieces work on now
    private GrowingLeaf _small = null!;
    private GrowingLeaf? _large;
    private bool _subtract;

    /// <param name="data">The training rows.</param>
    /// <param name="pairs">Their gradients.</param>
    /// <param name="rules">What a split must keep to.</param>
    /// <param name="limits">How far a tree may grow.</param>
    /// <param name="order">The rows of the leaves.</param>
    /// <param name="team">The threads that may help.</param>
    /// <param name="histogramBytes">Memory for histograms.</param>
    public LeafSplits(TableSample data, GradientPairs pairs, SplitRules rules, GrowthLimits limits, RowOrder order, Team team, long histogramBytes)
    {
        (_data, _pairs, _rules, _limits, _order, _team) = (data, pairs, rules, limits, order, team);
        _finder = new SplitFinder(rules, pairs, limits.RandomSplits);
        _plan = new HistogramPlan(data.Table);
        _pool = new HistogramPool(_plan.HistogramLength, limits.Leaves, histogramBytes);
        _found = new Split[2 * Math.Max(1, data.Table.Features.Length)];
        (_work, _minUnits) = (Work, pairs.UnitsOf(rules.MinWeight));
    }

    /// <summary>Begins a tree.</summary>
    /// <param name="leaves">Its leaves, read at each call.</param>
    /// <param name="features">The features that it may use, ascending.</param>
    /// <param name="seed">Of random splits.</param>
    /// <param name="cancellation">Looked at between pieces.</param>
    public void Begin(IReadOnlyList<GrowingLeaf> leaves, int[] features, Seed seed, CancellationToken cancellation)
    {
        (_leaves, _seed, _cancellation) = (leaves, seed, cancellation);
        _plan.Choose(features, _team.Threads);
    }

    /// <summary>Gives a leaf's histogram back, if it has one.</summary>
    public void Release(GrowingLeaf leaf)
    {
        _pool.Release(leaf.Slot);
        leaf.Slot = -1;
    }

    /// <summary>The sums of some leaf's rows.</summary>
    public NodeTotals Sum(GrowingLeaf leaf)
    {
        long first = 0, second = 0;
        foreach (var row in _order.Of(leaf))
        {
            first += _pairs.Values[2 * row];
            second += _pairs.Values[2 * row + 1];
        }

        return new NodeTotals(first, second);
    }

    /// <summary>The sums of the rows that a split has just sent left: from the cells of the feature that parted them, or from the rows where they are fewer.</summary>
    /// <param name="feature">The split's.</param>
    /// <param name="slot">The parted node's histogram, or -1.</param>
    /// <param name="totals">Its sums.</param>
    /// <param name="left">The rows that went left.</param>
    /// <param name="right">The others.</param>
    public NodeTotals SumLeft(int feature, int slot, NodeTotals totals, GrowingLeaf left, GrowingLeaf right)
    {
        var place = _data.Table.Places[feature];
        var small = left.Count <= right.Count ? left : right;
        if (slot < 0 || small.Count < _data.Table.Blocks[place.Block].Codes[place.At])
        {
            var sum = Sum(small);
            return small == left ? sum : totals.Without(sum);
        }

        long first = 0, second = 0;
        var cells = _plan.Cells(_pool[slot], place);
        for (var code = 0; 2 * code < cells.Length; code++)
        {
            var mask = -(long)_order.GoesLeft[code];
            first += cells[2 * code] & mask;
            second += cells[2 * code + 1] & mask;
        }

        return new NodeTotals(first, second);
    }

    /// <summary>Finds the best splits of one or two leaves that have just come to be.</summary>
    /// <param name="small">The root, or the child with fewer rows.</param>
    /// <param name="large">Its sibling, or null.</param>
    /// <param name="parentSlot">Their parent's histogram, which is the larger one's to take over; -1 when it is gone.</param>
    public void Find(GrowingLeaf small, GrowingLeaf? large, int parentSlot)
    {
        var (wantSmall, wantLarge) = (CanSplit(small), large is not null && CanSplit(large));
        _subtract = wantLarge && parentSlot >= 0;
        if (!_subtract)
        {
            _pool.Release(parentSlot);
        }

        (small.Best.Feature, small.Best.Gain) = (-1, 0);
        if (large is not null)
        {
            (large.Best.Feature, large.Best.Gain) = (-1, 0);
        }

        if (!wantSmall && !wantLarge)
        {
            return;
        }

        _small = wantSmall || _subtract ? small : large!;
        _large = wantLarge && _small != large ? large : null;
        if (_large is not null)
        {
            _large.Slot = _subtract ? parentSlot : TakeSlot();
        }

        _small.Slot = TakeSlot();
        var additions = (long)(_small.Count + (_large is not null && !_subtract ? _large.Count : 0)) * _plan.ColumnCount;
        var cells = _plan.HistogramLength / 2 * (_large is null ? 1 : 2);
        Run(_plan.Pieces.Count, additions + AdditionsPerCell * cells);
        Collect(_small, 0, wantSmall || _small == large);
        if (_large is not null)
        {
            Collect(_large, _plan.Pieces.Count, true);
        }
    }

    private bool CanSplit(GrowingLeaf leaf)
        => _leaves.Count < _limits.Leaves && (_limits.Depth == 0 || leaf.Depth < _limits.Depth)
            && leaf.Count > 1 && _pairs.Units(leaf.Totals.Second) >= 2 * _minUnits && _pairs.Hessian(leaf.Totals.Second) >= 2 * _rules.MinHessian;

    /// <summary>A free histogram; the leaf that gains least gives its own up when there is none.</summary>
    private int TakeSlot()
    {
        var slot = _pool.Acquire();
        if (slot >= 0)
        {
            return slot;
        }

        GrowingLeaf? poorest = null;
        for (var i = 0; i < _leaves.Count; i++)
        {
            var leaf = _leaves[i];
            if (leaf.Slot >= 0 && leaf != _small && leaf != _large && (poorest is null || leaf.Best.Gain < poorest.Best.Gain))
            {
                poorest = leaf;
            }
        }

        slot = poorest!.Slot;
        poorest.Slot = -1;
        return slot;
    }

    private void Run(int pieces, long work)
    {
        if (work >= WorthSharing)
        {
            _team.For(pieces, _work);
            return;
        }

        for (var i = 0; i < pieces; i++)
        {
            Work(i);
        }
    }

    /// <summary>One piece: sums, and the best splits by its features.</summary>
    private void Work(int number)
    {
        _cancellation.ThrowIfCancellationRequested();
        var piece = _plan.Pieces[number];
        var small = _pool[_small.Slot];
        var large = _large is null ? null : _pool[_large.Slot];
        var (from, to) = piece.Cells;
        Sum(small, _small, piece);
        if (_subtract)
        {
            HistogramKernel.Subtract(large.AsSpan(from, to - from), small.AsSpan(from, to - from));
        }
        else if (large is not null)
        {
            Sum(large, _large!, piece);
        }

        _found[number] = Best(small, _small, piece);
        if (large is not null)
        {
            _found[_plan.Pieces.Count + number] = Best(large, _large!, piece);
        }
    }

    private void Sum(long[] cells, GrowingLeaf leaf, HistogramPlan.Piece piece)
    {
        var (from, to) = piece.Cells;
        cells.AsSpan(from, to - from).Clear();
        var rows = _order.Of(leaf);
        if (piece.Neighbours)
        {
            HistogramKernel.AddNeighbours(cells, _pairs.Values, piece.Block, rows, _data.Rows, piece.Columns[0], piece.Offsets);
        }
        else
        {
            HistogramKernel.Add(cells, _pairs.Values, piece.Block, rows, _data.Rows, piece.Columns, piece.Offsets);
        }
    }

    private Split Best(long[] histogram, GrowingLeaf leaf, HistogramPlan.Piece piece)
    {
        var own = piece.Bundled ? stackalloc long[2 * 256] : default;
        Span<long> scratch = stackalloc long[SplitFinder.ScratchLength];
        var node = _finder.Node(leaf.Totals, leaf.Bounds);
        var best = new Split { Feature = -1 };
        foreach (var feature in piece.Features)
        {
            var (place, bins) = (_data.Table.Places[feature], _data.Table.Features[feature]);
            scoped ReadOnlySpan<long> cells = _plan.Cells(histogram, place);
            if (place.Bundled)
            {
                Unbundle(cells, place, bins.Count, leaf.Totals, own);
                cells = own[..(2 * bins.Count)];
            }

            // a leaf's rows tell it apart from all others of its tree, in whatever order they came to be
            var seed = _limits.RandomSplits ? _seed.Child(leaf.Begin).Child(leaf.Count).Child(feature) : default;
            _finder.Find(node, cells, bins, feature, seed, scratch, ref best);
        }

        return best;
    }

    /// <summary>A feature's own cells from those of its bundle: what is not in its other bins is in its usual one.</summary>
    private static void Unbundle(ReadOnlySpan<long> cells, FeaturePlace place, int bins, NodeTotals totals, Span<long> own)
    {
        var (first, second) = (totals.First, totals.Second);
        for (var bin = 0; bin < bins; bin++)
        {
            if (bin != place.Usual)
            {
                var code = place.CodeOf(bin);
                (own[2 * bin], own[2 * bin + 1]) = (cells[2 * code], cells[2 * code + 1]);
                first -= cells[2 * code];
                second -= cells[2 * code + 1];
            }
        }

        (own[2 * place.Usual], own[2 * place.Usual + 1]) = (first, second);
    }

    /// <summary>The best of the pieces; the feature with the lower number where several are equal.</summary>
    private void Collect(GrowingLeaf leaf, int start, bool wanted)
    {
        for (var piece = 0; piece < _plan.Pieces.Count && wanted; piece++)
        {
            ref var found = ref _found[start + piece];
            if (found.Feature >= 0 && found.Beats(leaf.Best))
            {
                leaf.Best = found;
            }
        }

        if (leaf.Best.Feature < 0)
        {
            _pool.Release(leaf.Slot);
            leaf.Slot = -1;
        }
    }
}
