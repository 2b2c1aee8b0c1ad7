using System.Numerics;
using System.Runtime.InteropServices;
using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;

namespace TuneLab.Learners.Forest;

/// <summary>
/// Grows trees of a forest, one node at a time: each node draws features without replacement until enough of them vary in it, and takes the best boundary of all
/// (or of one random boundary per feature). Cells are cleaned after use where they were touched only, so small nodes cost little. Used by one thread.
/// </summary>
internal sealed class ForestTreeGrower<TCells>
    where TCells : struct, ISplitCells
{
    private readonly BinnedRows _data;
    private readonly ForestOptions _options;
    private readonly int[] _splittable;
    private readonly int[] _features;
    private readonly int _outputs;
    private readonly int _tried;
    private readonly TreeAssembler _assembler;
    private readonly int[] _order;
    private readonly int[] _buffer;
    private readonly PriorityQueue<Node, double> _open = new();
    private readonly List<double> _leaves = [];
    private readonly byte[] _occupied = new byte[256];
    private readonly double[] _keys = new double[256];
    private readonly byte[] _goesLeft = new byte[256];
    private TCells _cells;

    /// <param name="data">The training rows.</param>
    /// <param name="options">The hyperparameters.</param>
    /// <param name="cells">The sums, with the weights of the tree's rows filled in before each <see cref="Grow"/>.</param>
    /// <param name="outputs">Numbers per leaf.</param>
    public ForestTreeGrower(BinnedRows data, ForestOptions options, TCells cells, int outputs)
    {
        (_data, _options, _cells, _outputs) = (data, options, cells, outputs);
        _splittable = [.. Enumerable.Range(0, data.Features.Length).Where(f => data.Features[f].Splittable)];
        _features = new int[_splittable.Length];
        _tried = Math.Max(1, (int)Math.Round(options.MaxFeatures * _features.Length));
        _assembler = new TreeAssembler(data.Features);
        (_order, _buffer) = (new int[data.Count], new int[data.Count]);
    }

    /// <summary>Grows a tree.</summary>
    /// <param name="rows">The distinct rows to grow on, ascending; at least one.</param>
    /// <param name="random">The tree's own generator.</param>
    /// <param name="cancellation">Looked at before each node.</param>
    public Tree Grow(ReadOnlySpan<int> rows, SeededRandom random, CancellationToken cancellation)
    {
        _assembler.Clear();
        _open.Clear();
        _leaves.Clear();
        _splittable.CopyTo(_features, 0); // nodes shuffle it; a tree must not depend on the ones before
        rows.CopyTo(_order);
        Open(new Node { Count = rows.Length, Parent = -1, Leaf = NewLeaf() }, random);
        while (_open.TryDequeue(out var node, out _))
        {
            cancellation.ThrowIfCancellationRequested();
            if (_options.Leaves > 0 && _leaves.Count / _outputs >= _options.Leaves)
            {
                break;
            }

            var right = NewLeaf();
            var number = _assembler.Add(node.Split, node.Leaf, right);
            if (node.Parent >= 0)
            {
                _assembler.Attach(node.Parent, node.IsLeft, number);
            }

            var count = MoveRows(node);
            Open(new Node { Begin = node.Begin, Count = count, Depth = node.Depth + 1, Parent = number, IsLeft = true, Leaf = node.Leaf }, random);
            Open(new Node { Begin = node.Begin + count, Count = node.Count - count, Depth = node.Depth + 1, Parent = number, Leaf = right }, random);
        }

        return _assembler.Build([.. _leaves], _outputs);
    }

    private int NewLeaf()
    {
        for (var k = 0; k < _outputs; k++)
        {
            _leaves.Add(0);
        }

        return _leaves.Count / _outputs - 1;
    }

    /// <summary>Values a node as a leaf, and puts it in the queue when it can be split.</summary>
    private void Open(Node node, SeededRandom random)
    {
        var rows = _order.AsSpan(node.Begin, node.Count);
        var mixed = _cells.Begin(rows);
        _cells.Leaf(CollectionsMarshal.AsSpan(_leaves).Slice(node.Leaf * _outputs, _outputs));
        if (!mixed || node.Count < 2 * _options.MinRows || (_options.Depth > 0 && node.Depth >= _options.Depth))
        {
            return;
        }

        var best = new Split { Feature = -1, Gain = _cells.Noise };
        var varying = 0;
        for (var i = 0; i < _features.Length && varying < _tried; i++)
        {
            // the first i + 1 of a shuffle that is made as far as it is needed
            var j = i + random.NextInt(_features.Length - i);
            (_features[i], _features[j]) = (_features[j], _features[i]);
            varying += Try(_features[i], rows, random, ref best) ? 1 : 0;
        }

        if (best.Feature >= 0)
        {
            // with a limit the best split comes first, else the newest node, whose rows are still in the cache
            _open.Enqueue(node with { Split = best }, _options.Leaves > 0 ? -best.Gain : -_assembler.Count);
        }
    }

    /// <summary>Tries a feature on a node.</summary>
    /// <returns>Whether it varies there.</returns>
    private bool Try(int feature, ReadOnlySpan<int> rows, SeededRandom random, ref Split best)
    {
        var bins = _data.Features[feature];
        var column = _data.Column(feature);
        _cells.Add(column, rows);
        var occupied = rows.Length < bins.Count ? OccupiedOf(column, rows) : OccupiedOf(bins.Count);
        if (occupied.Length > 1)
        {
            if (bins is CategoryBins)
            {
                TryCategories(feature, bins, occupied, rows.Length, random, ref best);
            }
            else
            {
                TryNumbers(feature, bins, occupied, rows.Length, random, ref best);
            }
        }

        _cells.Clear(occupied);
        return occupied.Length > 1;
    }

    private void TryNumbers(int feature, FeatureBins bins, ReadOnlySpan<byte> occupied, int count, SeededRandom random, ref Split best)
    {
        var missing = occupied[^1] == bins.MissingBin;
        var known = missing ? occupied[..^1] : occupied;
        var only = _options.RandomSplits ? random.NextInt(known[^1] - known[0] + (missing ? 1 : 0)) + known[0] : -1;
        for (var side = 0; side < (missing ? 2 : 1); side++)
        {
            _cells.ClearLeft();
            if (side == 1)
            {
                _cells.MoveLeft(occupied[^1]);
            }

            // with the missing rows on the right the last boundary parts them from all others
            var end = missing && side == 0 ? known.Length : known.Length - 1;
            for (var i = 0; i < end; i++)
            {
                _cells.MoveLeft(known[i]);
                if (only >= 0 && (known[i] > only || (i + 1 < known.Length && known[i + 1] <= only)))
                {
                    continue;
                }

                if (Better(count, best.Gain, out var gain))
                {
                    best = new Split { Feature = feature, Gain = gain, Bin = only >= 0 ? (byte)Math.Min(only, bins.ValueBins - 1) : Middle(known, i), MissingLeft = missing ? side == 1 : _cells.LeftIsHeavier };
                }
            }
        }
    }

    /// <summary>The boundary in the middle between a bin and the next occupied one.</summary>
    private static byte Middle(ReadOnlySpan<byte> known, int i) => i + 1 < known.Length ? (byte)((known[i] + known[i + 1] - 1) / 2) : known[i];

    private void TryCategories(int feature, FeatureBins bins, Span<byte> occupied, int count, SeededRandom random, ref Split best)
    {
        var keys = _keys.AsSpan(0, occupied.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = _cells.Key(occupied[i]);
        }

        keys.Sort(occupied);
        var only = _options.RandomSplits ? random.NextInt(occupied.Length - 1) : -1;
        var (length, leftIsHeavier) = (0, false);
        _cells.ClearLeft();
        for (var i = 0; i < occupied.Length - 1; i++)
        {
            _cells.MoveLeft(occupied[i]);
            if ((only < 0 || i == only) && Better(count, best.Gain, out var gain))
            {
                (best.Gain, length, leftIsHeavier) = (gain, i + 1, _cells.LeftIsHeavier);
            }
        }

        if (length > 0)
        {
            var missing = occupied.IndexOf((byte)bins.MissingBin);
            best = new Split { Feature = feature, Gain = best.Gain, Categorical = true, MissingLeft = missing >= 0 ? missing < length : leftIsHeavier };
            foreach (var bin in occupied[..length])
            {
                best.Left.Add(bin);
            }
        }
    }

    /// <summary>Whether the present parts are large enough and gain more than <paramref name="than"/>.</summary>
    private bool Better(int count, double than, out double gain)
    {
        gain = 0;
        return _cells.LeftRows >= _options.MinRows && count - _cells.LeftRows >= _options.MinRows && (gain = _cells.Gain()) > than;
    }

    private Span<byte> OccupiedOf(int bins)
    {
        var count = 0;
        for (var bin = 0; bin < bins; bin++)
        {
            _occupied[count] = (byte)bin;
            count += _cells.Rows((byte)bin) > 0 ? 1 : 0;
        }

        return _occupied.AsSpan(0, count);
    }

    private Span<byte> OccupiedOf(byte[] column, ReadOnlySpan<int> rows)
    {
        Span<ulong> bits = stackalloc ulong[4];
        bits.Clear();
        foreach (var row in rows)
        {
            bits[column[row] >> 6] |= 1UL << (column[row] & 63);
        }

        var count = 0;
        for (var word = 0; word < bits.Length; word++)
        {
            for (var left = bits[word]; left != 0; left &= left - 1)
            {
                _occupied[count++] = (byte)(64 * word + BitOperations.TrailingZeroCount(left));
            }
        }

        return _occupied.AsSpan(0, count);
    }

    private int MoveRows(Node node)
    {
        var goesLeft = _goesLeft.AsSpan(0, _data.Features[node.Split.Feature].Count);
        node.Split.Table(goesLeft);
        return RowPartition.Part(_order.AsSpan(node.Begin, node.Count), _buffer, _data.Column(node.Split.Feature), goesLeft);
    }

    private record struct Node
    {
        public int Begin, Count, Depth, Parent, Leaf;
        public bool IsLeft;
        public Split Split;
    }
}
