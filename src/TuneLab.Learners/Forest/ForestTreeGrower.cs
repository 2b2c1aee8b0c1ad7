using System.Runtime.InteropServices;
using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;

namespace TuneLab.Learners.Forest;

/// <summary>
/// Grows trees of a forest, one node at a time: each node draws features and takes the best boundary of all (or of one random boundary per feature). Nodes are taken
/// depth first, or the best one first when leaves are limited. Cells are cleaned after use where they were touched only, so small nodes cost little. Used by one thread.
/// </summary>
internal sealed class ForestTreeGrower<TSums>
    where TSums : struct, INodeSums
{
    private readonly TableSample _data;
    private readonly ForestOptions _options;
    private readonly FeatureDraw _draw;
    private readonly int _outputs;
    private readonly TreeAssembler _assembler;
    private readonly int[] _order;
    private readonly int[] _buffer;
    private readonly byte[] _bins;
    private readonly Stack<Node> _stack = new();
    private readonly PriorityQueue<(Node Node, Split Split), double> _open = new();
    private readonly List<double> _leaves = [];
    private readonly byte[] _occupied = new byte[256];
    private readonly double[] _keys = new double[256];
    private TSums _sums;

    /// <param name="data">The training rows.</param>
    /// <param name="options">The hyperparameters.</param>
    /// <param name="sums">The sums of these rows.</param>
    /// <param name="outputs">Numbers per leaf.</param>
    public ForestTreeGrower(TableSample data, ForestOptions options, TSums sums, int outputs)
    {
        (_data, _options, _sums, _outputs) = (data, options, sums, outputs);
        _draw = new FeatureDraw([.. Enumerable.Range(0, data.Table.Features.Length).Where(f => data.Table.Features[f].Splittable)], options.MaxFeatures);
        _assembler = new TreeAssembler(data.Table);
        (_order, _buffer, _bins) = (new int[data.Count], new int[data.Count], new byte[data.Count]);
    }

    /// <summary>Grows a tree.</summary>
    /// <param name="drawn">The rows to grow on; at least one.</param>
    /// <param name="random">The tree's own generator.</param>
    /// <param name="cancellation">Looked at before each node, and in a large one before each feature.</param>
    public Tree Grow(DrawnRows drawn, SeededRandom random, CancellationToken cancellation)
    {
        _assembler.Clear();
        _leaves.Clear();
        _draw.Restart();
        drawn.Rows.CopyTo(_order);
        _sums.Take(drawn);
        var root = new Node { Count = drawn.Rows.Length, Parent = -1, Leaf = NewLeaf() };
        if (_options.Leaves > 0)
        {
            GrowBestFirst(root, random, cancellation);
        }
        else
        {
            GrowDepthFirst(root, random, cancellation);
        }

        return _assembler.Build([.. _leaves], _outputs);
    }

    private void GrowDepthFirst(Node root, SeededRandom random, CancellationToken cancellation)
    {
        _stack.Clear();
        _stack.Push(root);
        while (_stack.TryPop(out var node))
        {
            var split = FindSplit(node, node.Constants, random, cancellation);
            if (split.Feature >= 0)
            {
                var (left, right) = Part(node, split);
                _stack.Push(right); // the left one first: its rows are still in the cache
                _stack.Push(left);
            }
        }
    }

    private void GrowBestFirst(Node root, SeededRandom random, CancellationToken cancellation)
    {
        _open.Clear();
        Open(root);
        while (_leaves.Count / _outputs < _options.Leaves && _open.TryDequeue(out var best, out _))
        {
            var (left, right) = Part(best.Node, best.Split);
            Open(left);
            Open(right);
        }

        void Open(Node node)
        {
            var split = FindSplit(node, 0, random, cancellation);
            if (split.Feature >= 0)
            {
                _open.Enqueue((node, split), -split.Gain);
            }
        }
    }

    private int NewLeaf()
    {
        for (var k = 0; k < _outputs; k++)
        {
            _leaves.Add(0);
        }

        return _leaves.Count / _outputs - 1;
    }

    /// <summary>Values a node as a leaf, and says how to part it.</summary>
    private Split FindSplit(in Node node, int constants, SeededRandom random, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var best = new Split { Feature = -1, Gain = double.NegativeInfinity };
        var rows = _order.AsSpan(node.Begin, node.Count);
        _draw.Begin(constants);
        if (_sums.Begin(rows) && _sums.Units >= 2 * _options.MinRows && (_options.Depth == 0 || node.Depth < _options.Depth))
        {
            for (var feature = _draw.Next(random); feature >= 0; feature = _draw.Next(random))
            {
                if (rows.Length > 10_000)
                {
                    cancellation.ThrowIfCancellationRequested();
                }

                if (!Try(feature, rows, random, ref best))
                {
                    _draw.MarkConstant();
                }
            }
        }

        if (best.Feature < 0 || _options.Leaves > 0)
        {
            _sums.Leaf(CollectionsMarshal.AsSpan(_leaves).Slice(node.Leaf * _outputs, _outputs));
        }

        return best;
    }

    /// <summary>Tries a feature on a node.</summary>
    /// <returns>Whether it varies there.</returns>
    private bool Try(int feature, ReadOnlySpan<int> rows, SeededRandom random, ref Split best)
    {
        var features = _data.Table.Features[feature];
        var column = _data.Feature(feature);
        var bins = _bins.AsSpan(0, rows.Length);
        int count;
        var numbers = _options.RandomSplits ? features as NumericBins : null;
        if (numbers is not null || rows.Length < 4 * features.Count)
        {
            count = NodeBins.List(NodeBins.GatherAndMark(column, rows, bins), _occupied);
            if (count == 1)
            {
                return false;
            }

            if (numbers is not null)
            {
                TryRandom(feature, numbers, _occupied.AsSpan(0, count), bins, random, ref best);
                return true;
            }

            _sums.Add(bins);
        }
        else
        {
            NodeBins.Gather(column, rows, bins);
            _sums.Add(bins);
            count = 0;
            for (var bin = 0; bin < features.Count; bin++)
            {
                _occupied[count] = (byte)bin;
                count += _sums.IsEmpty((byte)bin) ? 0 : 1;
            }
        }

        var occupied = _occupied.AsSpan(0, count);
        if (count > 1)
        {
            if (features is CategoryBins)
            {
                TryCategories(feature, features, occupied, random, ref best);
            }
            else
            {
                TryNumbers(feature, features, occupied, ref best);
            }
        }

        _sums.Clear(occupied);
        return count > 1;
    }

    /// <summary>One boundary, drawn evenly over the values between the node's outermost ones; where values are missing, now and then the one that parts them from all others.</summary>
    private void TryRandom(int feature, NumericBins features, ReadOnlySpan<byte> occupied, ReadOnlySpan<byte> bins, SeededRandom random, ref Split best)
    {
        var missing = occupied[^1] == features.MissingBin;
        var known = missing ? occupied[..^1] : occupied;
        var boundaries = known[^1] - known[0];
        var last = missing && random.NextInt(boundaries + 1) == boundaries ? known[^1] : features.BoundaryAt(known[0], known[^1], random.NextDouble());
        for (var side = 0; side < (missing ? 2 : 1); side++)
        {
            var (isBetter, leftIsHeavier) = _sums.Part(bins, last, side == 1 ? features.MissingBin : -1, _options.MinRows, ref best.Gain);
            if (isBetter)
            {
                best = new Split { Feature = feature, Gain = best.Gain, Bin = (byte)last, MissingLeft = missing ? side == 1 : leftIsHeavier };
            }
        }
    }

    private void TryNumbers(int feature, FeatureBins features, ReadOnlySpan<byte> occupied, ref Split best)
    {
        var missing = occupied[^1] == features.MissingBin;
        var known = missing ? occupied[..^1] : occupied;
        for (var side = 0; side < (missing ? 2 : 1); side++)
        {
            // with the missing rows on the right the last boundary parts them from all others
            var end = missing && side == 0 ? known.Length : known.Length - 1;
            var (place, leftIsHeavier) = _sums.Scan(known, side == 1 ? features.MissingBin : -1, 0, end, _options.MinRows, ref best.Gain);
            if (place >= 0)
            {
                // in the middle between a bin and the next occupied one
                var bin = place + 1 < known.Length ? (known[place] + known[place + 1] - 1) / 2 : known[place];
                best = new Split { Feature = feature, Gain = best.Gain, Bin = (byte)bin, MissingLeft = missing ? side == 1 : leftIsHeavier };
            }
        }
    }

    private void TryCategories(int feature, FeatureBins features, Span<byte> occupied, SeededRandom random, ref Split best)
    {
        var keys = _keys.AsSpan(0, occupied.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = _sums.Key(occupied[i]);
        }

        keys.Sort(occupied);
        var only = _options.RandomSplits ? random.NextInt(occupied.Length - 1) : -1;
        var (place, leftIsHeavier) = _sums.Scan(occupied, -1, Math.Max(only, 0), only < 0 ? occupied.Length - 1 : only + 1, _options.MinRows, ref best.Gain);
        if (place >= 0)
        {
            var missing = occupied.IndexOf((byte)features.MissingBin);
            best = new Split { Feature = feature, Gain = best.Gain, Categorical = true, MissingLeft = missing >= 0 ? missing <= place : leftIsHeavier };
            foreach (var bin in occupied[..(place + 1)])
            {
                best.Left.Add(bin);
            }
        }
    }

    /// <summary>Puts a node's rows in order and a split in its place.</summary>
    private (Node Left, Node Right) Part(in Node node, in Split split)
    {
        var leaf = NewLeaf();
        var number = _assembler.Add(split, node.Leaf, leaf);
        if (node.Parent >= 0)
        {
            _assembler.Attach(node.Parent, node.IsLeft, number);
        }

        var rows = _order.AsSpan(node.Begin, node.Count);
        var bins = _bins.AsSpan(0, rows.Length);
        NodeBins.Gather(_data.Feature(split.Feature), rows, bins);
        var (left, right) = (0, 0);
        var missing = _data.Table.Features[split.Feature].MissingBin;
        for (var i = 0; i < rows.Length; i++)
        {
            // writes both ways and moves on one: no branch to mispredict
            var (row, bin) = (rows[i], bins[i]);
            var isLeft = (bin == missing ? split.MissingLeft : split.Categorical ? split.Left.Contains(bin) : bin <= split.Bin) ? 1 : 0;
            rows[left] = row;
            _buffer[right] = row;
            left += isLeft;
            right += 1 - isLeft;
        }

        _buffer.AsSpan(0, right).CopyTo(rows[left..]);
        var constants = _options.Leaves > 0 ? 0 : _draw.Constants;
        return (new Node { Begin = node.Begin, Count = left, Depth = node.Depth + 1, Parent = number, IsLeft = true, Leaf = node.Leaf, Constants = constants },
            new Node { Begin = node.Begin + left, Count = right, Depth = node.Depth + 1, Parent = number, Leaf = leaf, Constants = constants });
    }

    private record struct Node
    {
        public int Begin, Count, Depth, Parent, Leaf, Constants;
        public bool IsLeft;
    }
}
