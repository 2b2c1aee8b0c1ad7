using TuneLab.Learners.Binning;

namespace TuneLab.Learners.Trees;

/// <summary>
/// A decision tree that can be walked by bins (rows of the fold it was grown on) or, compiled with others (<see cref="Compiled.CompiledTrees"/>), by values (any table of the same
/// encoding); both end in the same leaf. Immutable and thread-safe.
/// </summary>
internal sealed class Tree
{
    /// <param name="nodes">Inner nodes, the root first; none when the tree is a single leaf.</param>
    /// <param name="leaves">[leaves x outputs], row-major.</param>
    /// <param name="outputs">Numbers per leaf.</param>
    /// <param name="codeWords">Bits of the category codes that go left, 32 a word.</param>
    /// <param name="binNodes">[nodes]: the same tests on bins; empty in a tree read from a file.</param>
    /// <param name="binWords">Bits of the codes that go left, 8 words for each node that needs them.</param>
    public Tree(TreeNode[] nodes, double[] leaves, int outputs, uint[] codeWords, BinNode[] binNodes, uint[] binWords)
        => (Nodes, Leaves, Outputs, CodeWords, BinNodes, BinWords) = (nodes, leaves, outputs, codeWords, binNodes, binWords);

    public TreeNode[] Nodes { get; }

    public double[] Leaves { get; }

    public int Outputs { get; }

    public uint[] CodeWords { get; }

    public BinNode[] BinNodes { get; }

    public uint[] BinWords { get; }

    /// <summary>The same splits with other leaves.</summary>
    /// <param name="leaves">[leaves x outputs].</param>
    public Tree WithLeaves(double[] leaves) => new(Nodes, leaves, Outputs, CodeWords, BinNodes, BinWords);

    /// <summary>The leaf of a row of the table that the tree was grown on.</summary>
    /// <param name="blocks">The table's.</param>
    /// <param name="row">The row.</param>
    public int Leaf(BinBlock[] blocks, int row)
    {
        var at = BinNodes.Length == 0 ? ~0 : 0;
        while (at >= 0)
        {
            at = Step(blocks, row, at);
        }

        return ~at;
    }

    /// <summary>The leaves of some rows of the table that the tree was grown on.</summary>
    /// <param name="blocks">The table's.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="leaves">[rows], overwritten.</param>
    public void FindLeaves(BinBlock[] blocks, ReadOnlySpan<int> rows, Span<int> leaves) => RowSorting.FindLeaves(this, blocks, rows, leaves);

    /// <summary>The next node, or the complement of a leaf; a leaf stays.</summary>
    private int Step(BinBlock[] blocks, int row, int at)
    {
        var arrived = at >> 31;
        ref readonly var node = ref BinNodes[at & ~arrived];
        var block = blocks[node.Block];
        var code = block.Bytes[(long)row * block.Width + node.At];
        var left = node.Word < 0 ? code <= node.Last : (BinWords[node.Word + (code >> 5)] >> (code & 31) & 1) != 0;
        var next = left ? node.Left : node.Right;
        return (at & arrived) | (next & ~arrived);
    }
}
