namespace TuneLab.Learners.Trees;

/// <summary>
/// A decision tree that can be walked by bins (rows of the fold it was grown on) or by values (any table of the same encoding); both end in
/// the same leaf. Immutable and thread-safe.
/// </summary>
internal sealed class Tree
{
    /// <param name="nodes">Inner nodes, the root first; none when the tree is a single leaf.</param>
    /// <param name="leaves">[leaves x outputs], row-major.</param>
    /// <param name="outputs">Numbers per leaf.</param>
    /// <param name="codeWords">Bits of the category codes that go left, 32 a word.</param>
    /// <param name="binWords">Bits of the bins that go left, 8 words a categorical node; empty in a tree read from a file.</param>
    public Tree(TreeNode[] nodes, double[] leaves, int outputs, uint[] codeWords, uint[] binWords)
        => (Nodes, Leaves, Outputs, CodeWords, BinWords) = (nodes, leaves, outputs, codeWords, binWords);

    public TreeNode[] Nodes { get; }

    public double[] Leaves { get; }

    public int Outputs { get; }

    public uint[] CodeWords { get; }

    public uint[] BinWords { get; }

    /// <summary>The leaf of a row of bins.</summary>
    /// <param name="row">[features].</param>
    /// <param name="missing">[features]: each feature's missing bin.</param>
    public int Leaf(ReadOnlySpan<byte> row, ReadOnlySpan<int> missing)
    {
        var at = Nodes.Length == 0 ? ~0 : 0;
        while (at >= 0)
        {
            ref readonly var node = ref Nodes[at];
            var bin = row[node.Feature];
            bool left;
            if (bin == missing[node.Feature])
            {
                left = node.MissingLeft;
            }
            else
            {
                left = node.CodeStart < 0 ? bin <= node.Bin : (BinWords[node.Bin + (bin >> 5)] >> (bin & 31) & 1) != 0;
            }

            at = left ? node.Left : node.Right;
        }

        return ~at;
    }

    /// <summary>The leaf of a row of values.</summary>
    public int Leaf(TableColumns columns, int row)
    {
        var at = Nodes.Length == 0 ? ~0 : 0;
        while (at >= 0)
        {
            ref readonly var node = ref Nodes[at];
            bool left;
            if (node.CodeStart < 0)
            {
                var value = columns.Numbers[node.Feature][row];
                left = value <= node.Threshold || (float.IsNaN(value) && node.MissingLeft);
            }
            else
            {
                var code = columns.Codes[node.Feature][row];
                left = (uint)code < (uint)node.Codes ? (CodeWords[node.CodeStart + (code >> 5)] >> (code & 31) & 1) != 0 : node.MissingLeft;
            }

            at = left ? node.Left : node.Right;
        }

        return ~at;
    }
}
