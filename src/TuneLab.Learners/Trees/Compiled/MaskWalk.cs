using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Trees.Compiled;

/// <summary>
/// Finds the leaves of a tile's rows in a small tree by asking every node for all of them: which rows are at a child is a byte mask, made from the parent's mask and one comparison.
/// No branch depends on the data, and 30 comparisons of 64 rows cost less than 64 walks.
/// </summary>
internal static class MaskWalk
{
    /// <summary>The most leaves of a tree that is asked in this way.</summary>
    public const int MostLeaves = 256;

    /// <summary>Bytes that <see cref="Go"/> needs to work in.</summary>
    public const int Room = (2 * MostLeaves - 1) * Tile.Rows;

    /// <summary>Finds the leaves.</summary>
    /// <param name="nodes">The tree's inner nodes, parents before children.</param>
    /// <param name="sets">[sets x 32]: bits of the classes that go right.</param>
    /// <param name="codes">The tile's first plane; the others follow.</param>
    /// <param name="room">[<see cref="Room"/>], overwritten.</param>
    /// <param name="leaves">[64]: the leaves' numbers in the tree, overwritten.</param>
    public static void Go(ReadOnlySpan<MaskNode> nodes, byte[] sets, ref byte codes, Span<byte> room, Span<byte> leaves)
    {
        const int half = Tile.Rows / 2;
        ref var masks = ref room[0];
        room[..Tile.Rows].Fill(byte.MaxValue);
        for (var i = 0; i < nodes.Length; i++)
        {
            ref readonly var node = ref nodes[i];
            ref var code = ref Unsafe.Add(ref codes, node.Plane);
            var (first, second) = (Vector256.LoadUnsafe(ref code), Vector256.LoadUnsafe(ref code, half));
            if (node.Test <= byte.MaxValue)
            {
                var most = Vector256.Create((byte)node.Test);
                (first, second) = (Vector256.Equals(Vector256.Min(first, most), first), Vector256.Equals(Vector256.Min(second, most), second));
            }
            else
            {
                ref var set = ref sets[node.Test * 32];
                (first, second) = (~Contains(ref set, first), ~Contains(ref set, second));
            }

            ref var here = ref Unsafe.Add(ref masks, i * Tile.Rows);
            ref var left = ref Unsafe.Add(ref masks, node.Left * Tile.Rows);
            ref var right = ref Unsafe.Add(ref masks, node.Right * Tile.Rows);
            var (all, others) = (Vector256.LoadUnsafe(ref here), Vector256.LoadUnsafe(ref here, half));
            (all & first).StoreUnsafe(ref left);
            (others & second).StoreUnsafe(ref left, half);
            Vector256.AndNot(all, first).StoreUnsafe(ref right);
            Vector256.AndNot(others, second).StoreUnsafe(ref right, half);
        }

        var (found, foundToo) = (Vector256<byte>.Zero, Vector256<byte>.Zero);
        ref var leaf = ref Unsafe.Add(ref masks, nodes.Length * Tile.Rows);
        for (var i = 0; i <= nodes.Length; i++)
        {
            var number = Vector256.Create((byte)i);
            found |= Vector256.LoadUnsafe(ref leaf) & number;
            foundToo |= Vector256.LoadUnsafe(ref leaf, half) & number;
            leaf = ref Unsafe.Add(ref leaf, Tile.Rows);
        }

        found.CopyTo(leaves);
        foundToo.CopyTo(leaves[half..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Contains(ref byte set, Vector256<byte> classes) => Vector256.Create(Contains(ref set, classes.GetLower()), Contains(ref set, classes.GetUpper()));

    /// <summary>All bits set where a class is in a set of 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Contains(ref byte set, Vector128<byte> classes)
    {
        var place = classes >>> 3; // the byte of the set; a shuffle gives 0 for places beyond its own 16
        var held = Vector128.Shuffle(Vector128.LoadUnsafe(ref set), place) | Vector128.Shuffle(Vector128.LoadUnsafe(ref set, 16), place - Vector128.Create((byte)16));
        var bit = Vector128.Shuffle(Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0), classes & Vector128.Create((byte)7));
        return Vector128.Equals(held & bit, bit);
    }
}
