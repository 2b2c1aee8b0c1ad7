using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TuneLab.Learners.Binning;

namespace TuneLab.Learners.Trees;

/// <summary>
/// Sorts rows into a tree's leaves node by node, as a growing tree parts its rows, instead of walking row by row: the loop at a node has nothing to wait for and no branch to mispredict. Children come after their parents.
/// </summary>
internal static class RowSorting
{
    // what is on the stack, no larger than needed since it is cleared: a chunk of rows twice; trees of more nodes take their ranges from the pool
    private const int ChunkRows = 4096;
    private const int FewNodes = 512;

    /// <summary>As <see cref="Tree.FindLeaves"/>.</summary>
    public static void FindLeaves(Tree tree, BinBlock[] blocks, ReadOnlySpan<int> rows, Span<int> leaves)
    {
        var nodes = tree.BinNodes.Length;
        if (nodes == 0)
        {
            leaves[..rows.Length].Clear();
            return;
        }

        var rented = nodes > FewNodes ? ArrayPool<int>.Shared.Rent(2 * nodes) : null;
        var ranges = rented is null ? stackalloc int[2 * nodes] : rented;
        var most = Math.Min(rows.Length, ChunkRows);
        Span<int> order = stackalloc int[most];
        Span<int> buffer = stackalloc int[most];
        for (var from = 0; from < rows.Length; from += ChunkRows)
        {
            var chunk = rows[from..Math.Min(rows.Length, from + ChunkRows)];
            Sort(tree, blocks, chunk, leaves.Slice(from, chunk.Length), order[..chunk.Length], buffer[..chunk.Length], ranges[..(2 * nodes)]);
        }

        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    // ranges: [nodes x 2] the part of the order that came to each node
    private static void Sort(Tree tree, BinBlock[] blocks, ReadOnlySpan<int> rows, Span<int> leaves, Span<int> order, Span<int> buffer, Span<int> ranges)
    {
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        (ranges[0], ranges[1]) = (0, order.Length);
        for (var n = 0; n < tree.BinNodes.Length; n++)
        {
            ref readonly var node = ref tree.BinNodes[n];
            var (first, end) = (ranges[2 * n], ranges[(2 * n) + 1]);
            var here = order[first..end];
            var left = here.Length == 0 ? 0 : node.Word < 0 ? Part(here, buffer, rows, blocks[node.Block], node) : Part(here, buffer, rows, blocks[node.Block], node, tree.BinWords);
            buffer[..(here.Length - left)].CopyTo(here[left..]);
            Arrive(node.Left, first, first + left, order, leaves, ranges);
            Arrive(node.Right, first + left, end, order, leaves, ranges);
        }
    }

    private static void Arrive(int at, int first, int end, ReadOnlySpan<int> order, Span<int> leaves, Span<int> ranges)
    {
        if (at >= 0)
        {
            (ranges[2 * at], ranges[(2 * at) + 1]) = (first, end);
            return;
        }

        foreach (var i in order[first..end])
        {
            leaves[i] = ~at;
        }
    }

    // writes both ways and moves on one
    private static int Part(Span<int> order, Span<int> buffer, ReadOnlySpan<int> rows, BinBlock block, in BinNode node)
    {
        var (left, right, last) = (0, 0, node.Last);
        ref var code = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(block.Bytes), node.At);
        ref var tableRow = ref MemoryMarshal.GetReference(rows);
        ref var to = ref MemoryMarshal.GetReference(order);
        ref var other = ref MemoryMarshal.GetReference(buffer);
        nint stride = block.Width;
        foreach (var i in order)
        {
            var isLeft = (Unsafe.Add(ref code, Unsafe.Add(ref tableRow, i) * stride) - last - 1) >>> 31;
            Unsafe.Add(ref to, left) = i;
            Unsafe.Add(ref other, right) = i;
            left += isLeft;
            right += 1 - isLeft;
        }

        return left;
    }

    private static int Part(Span<int> order, Span<int> buffer, ReadOnlySpan<int> rows, BinBlock block, in BinNode node, uint[] binWords)
    {
        var (left, right) = (0, 0);
        ref var code = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(block.Bytes), node.At);
        ref var word = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(binWords), node.Word);
        ref var tableRow = ref MemoryMarshal.GetReference(rows);
        ref var to = ref MemoryMarshal.GetReference(order);
        ref var other = ref MemoryMarshal.GetReference(buffer);
        nint stride = block.Width;
        foreach (var i in order)
        {
            int at = Unsafe.Add(ref code, Unsafe.Add(ref tableRow, i) * stride);
            var isLeft = (int)((Unsafe.Add(ref word, at >> 5) >> at) & 1);
            Unsafe.Add(ref to, left) = i;
            Unsafe.Add(ref other, right) = i;
            left += isLeft;
            right += 1 - isLeft;
        }

        return left;
    }
}
