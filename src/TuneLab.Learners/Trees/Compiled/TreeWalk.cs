using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TuneLab.Learners.Trees.Compiled;

/// <summary>Walks from node to node, eight walks at once: each step waits for two loads, and walks that don't depend on each other wait together.</summary>
internal static class TreeWalk
{
    /// <summary>How many walks go at once.</summary>
    public const int Width = 8;

    /// <summary>Walks to eight leaves.</summary>
    /// <typeparam name="TStep">What is walked: rows of a tile or trees, with categories or without.</typeparam>
    /// <param name="nodes">All nodes.</param>
    /// <param name="sets">[sets x 32]: bits of the classes that go right; not read where only numbers are asked for.</param>
    /// <param name="codes">The codes of a tile, from the first row to walk on, or of a row.</param>
    /// <param name="at">[8]: the nodes to begin with; overwritten by the leaves' numbers.</param>
    public static void Go<TStep>(WalkNode[] nodes, byte[] sets, ref byte codes, Span<uint> at)
        where TStep : struct, IWalkStep
    {
        ref var node = ref MemoryMarshal.GetArrayDataReference(nodes);
        ref var set = ref MemoryMarshal.GetArrayDataReference(sets);
        nuint h = at[7], g = at[6], f = at[5], e = at[4], d = at[3], c = at[2], b = at[1], a = at[0];
        int leaf;
        do
        {
            leaf = Step<TStep>(ref node, ref set, ref codes, ref a, 0) | Step<TStep>(ref node, ref set, ref codes, ref b, 1)
                | Step<TStep>(ref node, ref set, ref codes, ref c, 2) | Step<TStep>(ref node, ref set, ref codes, ref d, 3)
                | Step<TStep>(ref node, ref set, ref codes, ref e, 4) | Step<TStep>(ref node, ref set, ref codes, ref f, 5)
                | Step<TStep>(ref node, ref set, ref codes, ref g, 6) | Step<TStep>(ref node, ref set, ref codes, ref h, 7);
        }
        while (leaf < 0); // as long as one of them is none
        (at[7], at[6], at[5], at[4]) = (Leaf(ref node, h), Leaf(ref node, g), Leaf(ref node, f), Leaf(ref node, e));
        (at[3], at[2], at[1], at[0]) = (Leaf(ref node, d), Leaf(ref node, c), Leaf(ref node, b), Leaf(ref node, a));
    }

    private static uint Leaf(ref WalkNode nodes, nuint at) => (uint)Unsafe.Add(ref nodes, at).Leaf;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Step<TStep>(ref WalkNode nodes, ref byte sets, ref byte codes, ref nuint at, int lane)
        where TStep : struct, IWalkStep
    {
        ref var node = ref Unsafe.Add(ref nodes, at);
        var leaf = node.Leaf;
        at = node.Left + TStep.Right(ref node, ref sets, ref codes, lane);
        return leaf;
    }
}
