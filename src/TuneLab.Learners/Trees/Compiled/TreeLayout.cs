using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Trees.Compiled;

/// <summary>Lays trees out one after the other: level by level, siblings side by side.</summary>
internal sealed class TreeLayout
{
    private readonly List<WalkNode> _nodes = [];
    private readonly List<MaskNode> _masks = [];
    private readonly List<double> _leaves = [];
    private int _leafCount;

    /// <summary>The nodes of all trees.</summary>
    public WalkNode[] Nodes => [.. _nodes];

    /// <summary>The nodes of all small trees.</summary>
    public MaskNode[] Masks => [.. _masks];

    /// <summary>[leaves x outputs].</summary>
    public double[] Leaves => [.. _leaves];

    /// <summary>Adds a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="tests">[nodes]: as in <see cref="TestPlan.Tests"/>.</param>
    public CompiledTree Add(Tree tree, (int Plane, int Test)[] tests)
    {
        var inner = tree.Nodes.Length;
        var small = inner < MaskWalk.MostLeaves && Vector256.IsHardwareAccelerated;
        var compiled = new CompiledTree((uint)_nodes.Count, small ? _masks.Count : -1, inner, _leafCount, Array.Exists(tree.Nodes, n => n.Categorical));
        if (small)
        {
            for (var i = 0; i < inner; i++)
            {
                _masks.Add(new MaskNode(tests[i].Plane * Tile.Rows, tests[i].Test, Place(tree.Nodes[i].Left), Place(tree.Nodes[i].Right)));
            }
        }

        AddWalk(tree, tests);
        _leaves.AddRange(tree.Leaves);
        _leafCount += inner + 1;
        return compiled;

        short Place(int child) => (short)(child >= 0 ? child : inner + ~child);
    }

    private void AddWalk(Tree tree, (int Plane, int Test)[] tests)
    {
        var root = _nodes.Count;
        var waiting = new List<int> { tree.Nodes.Length == 0 ? ~0 : 0 }; // by place
        for (var place = 0; place < waiting.Count; place++)
        {
            var child = waiting[place];
            if (child < 0)
            {
                _nodes.Add(new WalkNode(0, byte.MaxValue, (uint)(root + place), _leafCount + ~child));
                continue;
            }

            _nodes.Add(new WalkNode((uint)tests[child].Plane * Tile.Rows, (uint)tests[child].Test, (uint)(root + waiting.Count), -1));
            waiting.Add(tree.Nodes[child].Left);
            waiting.Add(tree.Nodes[child].Right);
        }
    }
}
