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
    /// <summary>A block of features has at most so many numbers in a histogram, so that its cells stay in the nearest cache.</summary>
    private const int BlockLength = 1 << 13;

    /// <summary>Below so many additions a second thread costs more than it saves.</summary>
    private const long WorthSharing = 1 << 15;

    private readonly BinnedRows _data;
    private readonly GradientPairs _pairs;
    private readonly SplitRules _rules;
    private readonly GrowthLimits _limits;
    private readonly SplitFinder _finder;
    private readonly TreeAssembler _assembler;
    private readonly HistogramPool _pool;
    private readonly FeatureBlocks _blocks;
    private readonly List<GrowingLeaf> _leaves = [];
    private readonly int[] _order;
    private readonly int[] _buffer;
    private readonly byte[] _goesLeft = new byte[256];
    private readonly Split[] _found; // [2 x blocks]
    private readonly Action<int> _work;
    private readonly long _minUnits;

    // what the blocks work on now
    private GrowingLeaf _small = null!;
    private GrowingLeaf? _large;
    private bool _subtract;
    private Seed _seed;
    private CancellationToken _cancellation;
    private int _leafCount;

    /// <param name="data">The training rows.</param>
    /// <param name="pairs">Their gradients, filled before each <see cref="Grow"/>.</param>
    /// <param name="rules">What a split must keep to.</param>
    /// <param name="limits">How far a tree may grow.</param>
    /// <param name="histogramBytes">Memory for histograms; less of it makes growing slower and no other tree.</param>
    public TreeGrower(BinnedRows data, GradientPairs pairs, SplitRules rules, GrowthLimits limits, long histogramBytes = HistogramPool.DefaultBytes)
    {
        (_data, _pairs, _rules, _limits) = (data, pairs, rules, limits);
        _finder = new SplitFinder(rules, pairs, limits.RandomSplits);
        _assembler = new TreeAssembler(data.Features);
        _blocks = new FeatureBlocks(data.Features, BlockLength);
        _pool = new HistogramPool(_blocks.HistogramLength, limits.Leaves, histogramBytes);
        (_order, _buffer) = (new int[data.Count], new int[data.Count]);
        _found = new Split[2 * Math.Max(1, data.Features.Length)];
        _work = Work;
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
    /// <param name="threads">How many threads may work on it; does not change it.</param>
    /// <param name="cancellation">Looked at between blocks of features.</param>
    public Tree Grow(int[]? rows, int[] features, double scale, Seed seed, int threads, CancellationToken cancellation)
    {
        (_seed, _cancellation) = (seed, cancellation);
        _assembler.Clear();
        foreach (var leaf in _leaves)
        {
            _pool.Release(leaf.Slot);
            leaf.Slot = -1;
        }

        _leafCount = 0;
        _blocks.Choose(features, threads);
        var root = NewLeaf();
        root.Count = FillOrder(rows);
        (root.Begin, root.Depth, root.Parent, root.Totals) = (0, 0, -1, Sum(_order.AsSpan(0, root.Count)));
        Evaluate(root, null, -1, threads);
        while (_leafCount < _limits.Leaves && Widest() is { } leaf)
        {
            cancellation.ThrowIfCancellationRequested();
            Part(leaf, threads);
        }

        var values = new double[_leafCount];
        for (var i = 0; i < values.Length && values.Length > 1; i++)
        {
            var totals = _leaves[i].Totals;
            values[i] = scale * _rules.Value(_pairs.Gradient(totals.First), _pairs.Hessian(totals.Second));
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

    private void Part(GrowingLeaf leaf, int threads)
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
        small.Totals = Sum(_order.AsSpan(small.Begin, small.Count));
        large.Totals = new NodeTotals(totals.First - small.Totals.First, totals.Second - small.Totals.Second);
        Evaluate(small, large, slot, threads);
    }

    private int MoveRows(in Split split, int begin, int count)
    {
        var goesLeft = _goesLeft.AsSpan(0, _data.Features[split.Feature].Count);
        split.Table(goesLeft);
        return RowPartition.Part(_order.AsSpan(begin, count), _buffer, _data.Column(split.Feature), goesLeft);
    }

    /// <summary>Finds the best splits of one or two leaves that have just come to be.</summary>
    /// <param name="small">The root, or the child with fewer rows.</param>
    /// <param name="large">Its sibling, or null.</param>
    /// <param name="parentSlot">Their parent's histogram, which is the larger one's to take over; -1 when it is gone.</param>
    /// <param name="threads">How many threads may help.</param>
    private void Evaluate(GrowingLeaf small, GrowingLeaf? large, int parentSlot, int threads)
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
        var additions = (long)(_small.Count + (_large is not null && !_subtract ? _large.Count : 0)) * _blocks.Features.Length;
        Workers.For(_blocks.Count, additions < WorthSharing ? 1 : threads, _work);
        Collect(_small, 0, wantSmall || _small == large);
        if (_large is not null)
        {
            Collect(_large, _blocks.Count, true);
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

    /// <summary>One block of features: sums, and the best splits by its features.</summary>
    private void Work(int block)
    {
        _cancellation.ThrowIfCancellationRequested();
        var (from, to) = _blocks.Range(block);
        var small = _pool[_small.Slot];
        var large = _large is null ? null : _pool[_large.Slot];
        for (var i = from; i < to; i++)
        {
            _blocks.Cells(small, i).Clear();
        }

        Add(small, _small, from, to);
        if (large is not null && !_subtract)
        {
            for (var i = from; i < to; i++)
            {
                _blocks.Cells(large, i).Clear();
            }

            Add(large, _large!, from, to);
        }

        for (var i = from; i < to && _subtract; i++)
        {
            HistogramKernel.Subtract(_blocks.Cells(large!, i), _blocks.Cells(small, i));
        }

        _found[block] = Find(small, _small, from, to);
        if (large is not null)
        {
            _found[_blocks.Count + block] = Find(large, _large!, from, to);
        }
    }

    private void Add(long[] cells, GrowingLeaf leaf, int from, int to)
        => HistogramKernel.Add(cells, _pairs.Values, _data.RowMajor, _data.Features.Length, _order.AsSpan(leaf.Begin, leaf.Count), _blocks.Features.AsSpan(from, to - from), _blocks.Offsets.AsSpan(from, to - from));

    private Split Find(long[] cells, GrowingLeaf leaf, int from, int to)
    {
        var best = new Split { Feature = -1, Gain = _finder.Floor(leaf.Totals) };
        for (var i = from; i < to; i++)
        {
            var feature = _blocks.Features[i];
            // a leaf's rows tell it apart from all others of its tree, in whatever order they came to be
            var seed = _limits.RandomSplits ? _seed.Child(leaf.Begin).Child(leaf.Count).Child(feature) : default;
            _finder.Find(_blocks.Cells(cells, i), leaf.Totals, _data.Features[feature], feature, seed, ref best);
        }

        return best;
    }

    /// <summary>The best of the blocks, the first where several are equal.</summary>
    private void Collect(GrowingLeaf leaf, int start, bool wanted)
    {
        for (var block = 0; block < _blocks.Count && wanted; block++)
        {
            ref var found = ref _found[start + block];
            if (found.Feature >= 0 && (leaf.Best.Feature < 0 || found.Gain > leaf.Best.Gain))
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
