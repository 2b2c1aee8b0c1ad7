using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;

namespace TuneLab.Learners.Boosting;

/// <summary>
/// Grows one tree after another over the same rows, always splitting the leaf that gains most (leaf-wise, Shi 2007; Ke et al. 2017) with
/// histograms, the larger child's by subtraction. Its arrays are reused from tree to tree; used by one thread, which may call others to help.
/// </summary>
internal sealed class TreeGrower
{
    /// <summary>Below so many additions to cells (about 4 microseconds) a second thread costs more than it saves.</summary>
    private const int WorthSharing = 8192;

    /// <summary>Looking for a split at a cell takes as long as so many additions.</summary>
    private const int AdditionsPerCell = 4;

    private readonly TableSample _data;
    private readonly GradientPairs _pairs;
    private readonly SplitRules _rules;
    private readonly GrowthLimits _limits;
    private readonly Func<double, double> _damp;
    private readonly SplitFinder _finder;
    private readonly TreeAssembler _assembler;
    private readonly HistogramPool _pool;
    private readonly HistogramPlan _plan;
    private readonly Team _team;
    private readonly List<GrowingLeaf> _leaves = [];
    private readonly int[] _order;
    private readonly int[] _buffer;
    private readonly byte[] _goesLeft = new byte[256];
    private readonly Split[] _found; // [2 x pieces]
    private readonly Action<int> _work;
    private readonly Action<int> _move;
    private readonly long _minUnits;

    // what the pieces work on now
    private GrowingLeaf _small = null!;
    private GrowingLeaf? _large;
    private bool _subtract;
    private Seed _seed;
    private CancellationToken _cancellation;

    // the rows that are being moved
    private FeatureView _parted;
    private int _begin;
    private int _count;
    private int _parts;
    private int[] _lefts = [];

    private int _leafCount;

    /// <param name="data">The training rows.</param>
    /// <param name="pairs">Their gradients, filled before each <see cref="Grow"/>.</param>
    /// <param name="rules">What a split must keep to.</param>
    /// <param name="limits">How far a tree may grow.</param>
    /// <param name="team">The threads that may work on it; how many does not change it.</param>
    /// <param name="damp">What becomes of a leaf's Newton step; null: it stays.</param>
    /// <param name="histogramBytes">Memory for histograms; less of it makes growing slower and no other tree.</param>
    public TreeGrower(TableSample data, GradientPairs pairs, SplitRules rules, GrowthLimits limits, Team team, Func<double, double>? damp = null, long histogramBytes = HistogramPool.DefaultBytes)
    {
        _damp = damp ?? (step => step);
        (_data, _pairs, _rules, _limits, _team) = (data, pairs, rules, limits, team);
        _finder = new SplitFinder(rules, pairs, limits.RandomSplits);
        _assembler = new TreeAssembler(data.Table);
        _plan = new HistogramPlan(data.Table);
        _pool = new HistogramPool(_plan.HistogramLength, limits.Leaves, histogramBytes);
        (_order, _buffer) = (new int[data.Count], new int[data.Count]);
        _found = new Split[2 * Math.Max(1, data.Table.Features.Length)];
        (_work, _move) = (Work, Move);
        _minUnits = pairs.UnitsOf(rules.MinWeight);
    }

    /// <summary>The leaves of the last tree: the rows of leaf i are <see cref="RowsOf"/>(i).</summary>
    public int LeafCount => _leafCount;

    /// <summary>The rows of a leaf of the last tree, among those that it was grown on.</summary>
    public ReadOnlySpan<int> RowsOf(int leaf) => _order.AsSpan(_leaves[leaf].Begin, _leaves[leaf].Count);

    /// <summary>Grows a tree.</summary>
    /// <param name="rows">The rows to grow on, ascending; null: all.</param>
    /// <param name="features">The features that may be used, ascending.</param>
    /// <param name="scale">What leaf values are multiplied by: the learning rate.</param>
    /// <param name="seed">Of this tree; used by random splits only.</param>
    /// <param name="cancellation">Looked at between pieces of work.</param>
    public Tree Grow(int[]? rows, int[] features, double scale, Seed seed, CancellationToken cancellation)
    {
        (_seed, _cancellation) = (seed, cancellation);
        _assembler.Clear();
        foreach (var leaf in _leaves)
        {
            _pool.Release(leaf.Slot);
            leaf.Slot = -1;
        }

        _leafCount = 0;
        _plan.Choose(features, _team.Threads);
        var root = NewLeaf();
        root.Count = FillOrder(rows);
        (root.Begin, root.Depth, root.Parent, root.Totals, root.Bounds) = (0, 0, -1, Sum(_order.AsSpan(0, root.Count)), LeafBounds.Open);
        Evaluate(root, null, -1);
        while (_leafCount < _limits.Leaves && Widest() is { } leaf)
        {
            cancellation.ThrowIfCancellationRequested();
            Part(leaf);
        }

        var values = new double[_leafCount];
        for (var i = 0; i < values.Length && values.Length > 1; i++)
        {
            values[i] = scale * _damp(Value(_leaves[i]));
        }

        return _assembler.Build(values, 1);
    }

    private GrowingLeaf NewLeaf()
    {
        if (_leafCount == _leaves.Count)
        {
            _leaves.Add(new GrowingLeaf { Slot = -1 });
        }

        return _leaves[_leafCount++];
    }

    private int FillOrder(int[]? rows)
    {
        if (rows is not null)
        {
            rows.CopyTo(_order, 0);
            return rows.Length;
        }

        for (var i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        return _order.Length;
    }

    private NodeTotals Sum(ReadOnlySpan<int> rows)
    {
        long first = 0, second = 0;
        foreach (var row in rows)
        {
            first += _pairs.Values[2 * row];
            second += _pairs.Values[2 * row + 1];
        }

        return new NodeTotals(first, second);
    }

    /// <summary>The leaf that gains most; the earlier one when two are equal.</summary>
    private GrowingLeaf? Widest()
    {
        GrowingLeaf? best = null;
        for (var i = 0; i < _leafCount; i++)
        {
            var leaf = _leaves[i];
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
        var rightNumber = _leafCount;
        var right = NewLeaf();
        var leftNumber = _leaves.IndexOf(leaf);
        var node = _assembler.Add(split, leftNumber, rightNumber);
        if (leaf.Parent >= 0)
        {
            _assembler.Attach(leaf.Parent, leaf.IsLeft, node);
        }

        var (totals, slot) = (leaf.Totals, leaf.Slot);
        var (left, begin, count) = (leaf, leaf.Begin, leaf.Count);
        left.Count = MoveRows(split, begin, count);
        (right.Begin, right.Count) = (begin + left.Count, count - left.Count);
        (left.Parent, left.IsLeft, right.Parent, right.IsLeft) = (node, true, node, false);
        right.Depth = ++left.Depth;
        left.Slot = right.Slot = -1;
        var (small, large) = left.Count <= right.Count ? (left, right) : (right, left);
        left.Totals = LeftTotals(split, slot, left, right, totals);
        right.Totals = new NodeTotals(totals.First - left.Totals.First, totals.Second - left.Totals.Second);
        right.Bounds = left.Bounds;
        if (_rules.Directions is { } directions)
        {
            (left.Bounds, right.Bounds) = left.Bounds.Part(directions[split.Feature], Value(left), Value(right));
        }

        Evaluate(small, large, slot);
    }

    private double Value(GrowingLeaf leaf) => leaf.Bounds.Clip(_rules.Value(_pairs.Gradient(leaf.Totals.First), _pairs.Hessian(leaf.Totals.Second)));

    private int MoveRows(in Split split, int begin, int count)
    {
        _parted = _data.Feature(split.Feature);
        split.Table(_data.Table.Features[split.Feature].Count, _parted.BinOfCode, _goesLeft);
        var parts = count < WorthSharing ? 1 : _team.Threads;
        if (_lefts.Length < parts)
        {
            _lefts = new int[parts];
        }

        (_begin, _count, _parts) = (begin, count, parts);
        _team.For(parts, _move);
        var to = begin + _lefts[0];
        for (var part = 1; part < parts; part++)
        {
            var from = PartBegin(part);
            _order.AsSpan(from, _lefts[part]).CopyTo(_order.AsSpan(to));
            to += _lefts[part];
        }

        var left = to - begin;
        for (var part = 0; part < parts; part++)
        {
            var from = PartBegin(part);
            var right = PartBegin(part + 1) - from - _lefts[part];
            _buffer.AsSpan(from, right).CopyTo(_order.AsSpan(to));
            to += right;
        }

        return left;
    }

    /// <summary>The sums of the rows that went left: from the cells of the feature that parted them, or from the rows where they are fewer.</summary>
    private NodeTotals LeftTotals(in Split split, int slot, GrowingLeaf left, GrowingLeaf right, NodeTotals totals)
    {
        var place = _data.Table.Places[split.Feature];
        var small = left.Count <= right.Count ? left : right;
        if (slot < 0 || small.Count < _data.Table.Blocks[place.Block].Codes[place.At])
        {
            var sum = Sum(_order.AsSpan(small.Begin, small.Count));
            return small == left ? sum : new NodeTotals(totals.First - sum.First, totals.Second - sum.Second);
        }

        long first = 0, second = 0;
        var cells = _plan.Cells(_pool[slot], place);
        for (var code = 0; 2 * code < cells.Length; code++)
        {
            var mask = -(long)_goesLeft[code];
            first += cells[2 * code] & mask;
            second += cells[2 * code + 1] & mask;
        }

        return new NodeTotals(first, second);
    }

    private int PartBegin(int part) => _begin + (int)((long)_count * part / _parts);

    private void Move(int part)
    {
        var (from, to) = (PartBegin(part), PartBegin(part + 1));
        _lefts[part] = RowPartition.Part(_order.AsSpan(from, to - from), _buffer.AsSpan(from, to - from), _parted, _goesLeft);
    }

    /// <summary>Finds the best splits of one or two leaves that have just come to be.</summary>
    /// <param name="small">The root, or the child with fewer rows.</param>
    /// <param name="large">Its sibling, or null.</param>
    /// <param name="parentSlot">Their parent's histogram, which is the larger one's to take over; -1 when it is gone.</param>
    private void Evaluate(GrowingLeaf small, GrowingLeaf? large, int parentSlot)
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
        => _leafCount < _limits.Leaves && (_limits.Depth == 0 || leaf.Depth < _limits.Depth)
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
        for (var i = 0; i < _leafCount; i++)
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

        _found[number] = Find(small, _small, piece);
        if (large is not null)
        {
            _found[_plan.Pieces.Count + number] = Find(large, _large!, piece);
        }
    }

    private void Sum(long[] cells, GrowingLeaf leaf, HistogramPlan.Piece piece)
    {
        var (from, to) = piece.Cells;
        cells.AsSpan(from, to - from).Clear();
        var rows = _order.AsSpan(leaf.Begin, leaf.Count);
        if (piece.Neighbours)
        {
            HistogramKernel.AddNeighbours(cells, _pairs.Values, piece.Block, rows, _data.Rows, piece.Columns[0], piece.Offsets);
        }
        else
        {
            HistogramKernel.Add(cells, _pairs.Values, piece.Block, rows, _data.Rows, piece.Columns, piece.Offsets);
        }
    }

    private Split Find(long[] histogram, GrowingLeaf leaf, HistogramPlan.Piece piece)
    {
        Span<long> own = stackalloc long[2 * 256];
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
