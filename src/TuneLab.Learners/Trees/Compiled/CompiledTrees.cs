using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Trees.Compiled;

/// <summary>
/// Trees made ready to be added up over tables and single rows. Each value is coded as a byte once for all trees (<see cref="PlaneCoder"/>). Then trees of up to 256 leaves are asked for 64 rows
/// at a time (<see cref="MaskWalk"/>), larger ones and single rows are walked eight at a time (<see cref="TreeWalk"/>). Both end in the leaves that the trees' own thresholds lead to, and
/// leaves are added in the order of the trees, so the sums are those of adding tree by tree, to the last bit. Immutable and thread-safe.
/// </summary>
internal sealed class CompiledTrees
{
    private const int MostRowsAtOnce = 1024; // of a piece of a table
    private const int FewestRowsAtOnce = 256; // fewer are not worth a thread's while
    private const int CodeBytes = 1 << 17; // codes of the rows that trees are walked on in turn: they stay in the second cache
    private const int TreeBytes = 1 << 14; // trees that are walked in turn on those rows: they stay in the first
    private const int FewRows = TreeWalk.Width; // fewer rows than this go one by one

    private readonly int _scores;
    private readonly int _outputs;
    private readonly PlaneCoder[] _coders;
    private readonly int _planes;
    private readonly byte[] _sets;
    private readonly WalkNode[] _nodes;
    private readonly MaskNode[] _masks;
    private readonly CompiledTree[] _trees;
    private readonly uint[] _roots;
    private readonly int[] _blocks;
    private readonly double[] _leaves;

    /// <param name="trees">The trees.</param>
    /// <param name="scores">Numbers per row. A tree with one number per leaf counts for one score: tree i for score i modulo scores.</param>
    public CompiledTrees(Tree[] trees, int scores)
    {
        var plan = new TestPlan(trees);
        (_scores, _outputs, _coders, _planes, _sets) = (scores, trees.Length == 0 ? 1 : trees[0].Outputs, plan.Coders, plan.Planes, plan.Sets);
        var layout = new TreeLayout(trees);
        _trees = new CompiledTree[trees.Length];
        for (var t = 0; t < trees.Length; t++)
        {
            _trees[t] = layout.Add(trees[t], plan.Tests[t]);
        }

        (_nodes, _masks, _leaves, _blocks) = (layout.Nodes, layout.Masks, layout.Leaves, Blocks(_trees));
        _roots = Array.ConvertAll(_trees, t => t.Root);
    }

    /// <summary>Calls for pieces of a table, on some threads, the rows shared out evenly.</summary>
    /// <param name="rows">The table's rows.</param>
    /// <param name="threads">How many threads may be used.</param>
    /// <param name="predict">Predicts the rows from a first one on, so many.</param>
    public static void InPieces(int rows, int threads, Action<int, int> predict)
    {
        if (threads <= 1 || rows < 2 * FewestRowsAtOnce)
        {
            predict(0, rows);
            return;
        }

        var size = Math.Clamp((rows + threads - 1) / threads, FewestRowsAtOnce, MostRowsAtOnce);
        size = (size + Tile.Rows - 1) / Tile.Rows * Tile.Rows;
        new Team(threads).For((rows + size - 1) / size, piece => predict(piece * size, Math.Min(size, rows - piece * size)));
    }

    /// <summary>Adds the trees up.</summary>
    /// <param name="table">The table; its columns are of the kinds that the trees ask for.</param>
    /// <param name="start">The first row.</param>
    /// <param name="values">[rows x scores], row-major, from the first row on: added to. Its length says how many rows.</param>
    public void Add(FeatureTable table, int start, Span<double> values)
    {
        var rows = values.Length / _scores;
        var room = rows < FewRows ? 1 : Tile.Rows * Math.Clamp(CodeBytes / (Tile.Rows * Math.Max(1, _planes)), 1, (rows + Tile.Rows - 1) / Tile.Rows);
        var codes = ArrayPool<byte>.Shared.Rent(room * Math.Max(1, _planes));
        for (var done = 0; done < rows; done += room)
        {
            var count = Math.Min(room, rows - done);
            if (room == 1)
            {
                Code(table, start + done, 1, codes, 1);
                AddToRow(codes, values.Slice(done * _scores, _scores));
            }
            else
            {
                for (var row = 0; row < count; row += Tile.Rows)
                {
                    Code(table, start + done + row, Math.Min(Tile.Rows, count - row), codes.AsSpan(row * _planes), Tile.Rows);
                }

                AddToTiles(codes, values.Slice(done * _scores, count * _scores));
            }
        }

        ArrayPool<byte>.Shared.Return(codes);
    }

    private void Code(FeatureTable table, int start, int count, Span<byte> codes, int stride)
    {
        foreach (var coder in _coders)
        {
            coder.Code(table, start, count, codes, stride);
        }
    }

    private void AddToRow(byte[] codes, Span<double> values)
    {
        Span<uint> at = stackalloc uint[TreeWalk.Width];
        ref var row = ref MemoryMarshal.GetArrayDataReference(codes);
        for (var first = 0; first < _roots.Length; first += TreeWalk.Width)
        {
            var count = Math.Min(TreeWalk.Width, _roots.Length - first);
            at.Clear();
            _roots.AsSpan(first, count).CopyTo(at);
            if (_sets.Length == 0)
            {
                TreeWalk.Go<TreesByNumbers>(_nodes, _sets, ref row, at);
            }
            else
            {
                TreeWalk.Go<TreesBySets>(_nodes, _sets, ref row, at);
            }

            for (var i = 0; i < count; i++)
            {
                AddLeaf((int)at[i], values, first + i);
            }
        }
    }

    private void AddToTiles(byte[] codes, Span<double> values)
    {
        Span<byte> room = stackalloc byte[MaskWalk.Room + Tile.Rows];
        Span<uint> at = stackalloc uint[TreeWalk.Width];
        var tile = Tile.Rows * _scores;
        for (var block = 0; block + 1 < _blocks.Length; block++)
        {
            for (var start = 0; start < values.Length; start += tile)
            {
                var own = values.Slice(start, Math.Min(tile, values.Length - start));
                ref var code = ref codes[start / _scores * _planes];
                for (var t = _blocks[block]; t < _blocks[block + 1]; t++)
                {
                    ref readonly var tree = ref _trees[t];
                    if (tree.FirstMask >= 0)
                    {
                        AddByMasks(tree, t, ref code, own, room);
                    }
                    else
                    {
                        AddByWalks(tree, t, ref code, own, at);
                    }
                }
            }
        }
    }

    private void AddByMasks(in CompiledTree tree, int number, ref byte code, Span<double> values, Span<byte> room)
    {
        var found = room[MaskWalk.Room..];
        MaskWalk.Go(_masks.AsSpan(tree.FirstMask, tree.Inner), _sets, ref code, room, found);
        var rows = values.Length / _scores;
        if (_outputs > 1)
        {
            for (var i = 0; i < rows; i++)
            {
                AddLeaf(tree.FirstLeaf + found[i], values.Slice(i * _scores, _scores), number);
            }

            return;
        }

        var leaves = _leaves.AsSpan(tree.FirstLeaf, tree.Inner + 1);
        var at = number % _scores;
        foreach (var leaf in found[..rows])
        {
            values[at] += leaves[leaf];
            at += _scores;
        }
    }

    private void AddByWalks(in CompiledTree tree, int number, ref byte code, Span<double> values, Span<uint> at)
    {
        for (var row = 0; row * _scores < values.Length; row += TreeWalk.Width)
        {
            at.Fill(tree.Root);
            if (tree.Categories)
            {
                TreeWalk.Go<RowsBySets>(_nodes, _sets, ref Unsafe.Add(ref code, row), at);
            }
            else
            {
                TreeWalk.Go<RowsByNumbers>(_nodes, _sets, ref Unsafe.Add(ref code, row), at);
            }

            var own = values[(row * _scores)..];
            var count = Math.Min(TreeWalk.Width, own.Length / _scores);
            for (var i = 0; i < count; i++)
            {
                AddLeaf((int)at[i], own.Slice(i * _scores, _scores), number);
            }
        }
    }

    private void AddLeaf(int leaf, Span<double> row, int tree)
    {
        if (_outputs == 1)
        {
            row[tree % _scores] += _leaves[leaf];
            return;
        }

        for (var k = 0; k < row.Length; k++)
        {
            row[k] += _leaves[leaf * _outputs + k];
        }
    }

    /// <summary>Parts the trees into blocks that are walked in turn on the same rows.</summary>
    private static int[] Blocks(CompiledTree[] trees)
    {
        var starts = new List<int> { 0 };
        var bytes = 0;
        for (var t = 0; t < trees.Length; t++)
        {
            // a mask node is 12 bytes, a walk visits two nodes of 16 bytes for each inner one; a leaf is at least 8
            var own = 8 + trees[t].Inner * (trees[t].FirstMask >= 0 ? 20 : 40);
            if (bytes + own > TreeBytes && bytes > 0)
            {
                starts.Add(t);
                bytes = 0;
            }

            bytes += own;
        }

        return [.. starts, trees.Length];
    }
}
