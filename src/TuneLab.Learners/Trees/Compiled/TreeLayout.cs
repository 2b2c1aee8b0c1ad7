using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Trees.Compiled;

/// <summary>Lays trees out one after the other: level by level, siblings side by side.</summary>
internal sealed class TreeLayout
{
    private readonly List<int> _waiting = [];
    private int _nodeCount;
    private int _maskCount;
    private int _leafCount;

    /// <param name="trees">The trees that will be added: there is room for no others.</param>
    public TreeLayout(Tree[] trees)
    {
        var (nodes, masks, leaves) = (0, 0, 0);
        foreach (var tree in trees)
        {
            nodes += 2 * tree.Nodes.Length + 1;
            masks += IsSmall(tree) ? tree.Nodes.Length : 0;
            leaves += tree.Leaves.Length;
        }

        (Nodes, Masks, Leaves) = (GC.AllocateUninitializedArray<WalkNode>(nodes), GC.AllocateUninitializedArray<MaskNode>(masks), GC.AllocateUninitializedArray<double>(leaves));
    }

    /// <summary>The nodes of all trees.</summary>
    public WalkNode[] Nodes { get; }

    /// <summary>The nodes of all small trees.</summary>
    public MaskNode[] Masks { get; }

    /// <summary>[leaves x outputs].</summary>
    public double[] Leaves { get; }

    /// <summary>Adds a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="tests">[nodes]: as in <see cref="TestPlan.Tests"/>.</param>
    public CompiledTree Add(Tree tree, (int Plane, int Test)[] tests)
    {
        var (nodes, inner, small, categories) = (tree.Nodes, tree.Nodes.Length, IsSmall(tree), false);
        var compiled = new CompiledTree((uint)_nodeCount, small ? _maskCount : -1, inner, _leafCount, false);
        for (var i = 0; i < inner; i++)
        {
            ref readonly var node = ref nodes[i];
            categories |= node.Categorical;
            if (small)
            {
                Masks[_maskCount++] = new MaskNode(tests[i].Plane * Tile.Rows, tests[i].Test, Place(node.Left), Place(node.Right));
            }
        }

        AddWalk(nodes, tests);
        tree.Leaves.CopyTo(Leaves, (long)_leafCount * tree.Outputs);
        _leafCount += inner + 1;
        return compiled with { Categories = categories };

        short Place(int child) => (short)(child >= 0 ? child : inner + ~child);
    }

    private static bool IsSmall(Tree tree) => tree.Nodes.Length < MaskWalk.MostLeaves && Vector256.IsHardwareAccelerated;

    private void AddWalk(TreeNode[] nodes, (int Plane, int Test)[] tests)
    {
        var root = _nodeCount;
        _waiting.Clear(); // by place
        _waiting.Add(nodes.Length == 0 ? ~0 : 0);
        for (var place = 0; place < _waiting.Count; place++)
        {
            var child = _waiting[place];
            if (child < 0)
            {
                Nodes[_nodeCount++] = new WalkNode(0, byte.MaxValue, (uint)(root + place), _leafCount + ~child);
                continue;
            }

            Nodes[_nodeCount++] = new WalkNode((uint)tests[child].Plane * Tile.Rows, (uint)tests[child].Test, (uint)(root + _waiting.Count), -1);
            _waiting.Add(nodes[child].Left);
            _waiting.Add(nodes[child].Right);
        }
    }
}
