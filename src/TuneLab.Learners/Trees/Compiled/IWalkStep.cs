using System.Runtime.CompilerServices;

namespace TuneLab.Learners.Trees.Compiled;

/// <summary>How a walk finds its way at a node. Implementations are empty structures, so that each has a walk compiled for it.</summary>
internal interface IWalkStep
{
    /// <summary>1 to the right, 0 to the left.</summary>
    /// <param name="node">The node.</param>
    /// <param name="sets">As in <see cref="TreeWalk.Go"/>.</param>
    /// <param name="codes">As in <see cref="TreeWalk.Go"/>.</param>
    /// <param name="lane">Which of the eight walks.</param>
    static abstract uint Right(ref WalkNode node, ref byte sets, ref byte codes, int lane);
}

/// <summary>Eight rows of a tile in one tree that asks for numbers only.</summary>
internal readonly struct RowsByNumbers : IWalkStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Right(ref WalkNode node, ref byte sets, ref byte codes, int lane) => Unsafe.Add(ref codes, node.Plane + (nuint)lane) > node.Test ? 1u : 0u;
}

/// <summary>Eight rows of a tile in one tree.</summary>
internal readonly struct RowsBySets : IWalkStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Right(ref WalkNode node, ref byte sets, ref byte codes, int lane)
    {
        uint code = Unsafe.Add(ref codes, node.Plane + (nuint)lane);
        return (uint)Unsafe.Add(ref sets, node.Test * 32 + (code >> 3)) >> (int)(code & 7) & 1;
    }
}

/// <summary>One row in eight trees that ask for numbers only.</summary>
internal readonly struct TreesByNumbers : IWalkStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Right(ref WalkNode node, ref byte sets, ref byte codes, int lane) => Unsafe.Add(ref codes, node.Plane / Tile.Rows) > node.Test ? 1u : 0u;
}

/// <summary>One row in eight trees.</summary>
internal readonly struct TreesBySets : IWalkStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Right(ref WalkNode node, ref byte sets, ref byte codes, int lane)
    {
        uint code = Unsafe.Add(ref codes, node.Plane / Tile.Rows);
        return (uint)Unsafe.Add(ref sets, node.Test * 32 + (code >> 3)) >> (int)(code & 7) & 1;
    }
}
