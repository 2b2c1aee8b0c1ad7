using System.Runtime.InteropServices;

namespace TuneLab.Learners.Trees.Compiled;

/// <summary>Gives every node of some trees a plane and a test on its bytes, and makes the coders that fill the planes.</summary>
internal sealed class TestPlan
{
    /// <summary>Sets with a lower number are those of the codes above that number.</summary>
    private const int CodeSets = 256;

    private readonly List<PlaneCoder> _coders = [];
    private readonly List<byte> _sets = [];

    /// <param name="trees">The trees.</param>
    public TestPlan(Tree[] trees)
    {
        Tests = Array.ConvertAll(trees, t => new (int Plane, int Test)[t.Nodes.Length]);
        PlanNumbers(trees);
        PlanCategories(trees);
    }

    /// <summary>The number of planes.</summary>
    public int Planes { get; private set; }

    /// <summary>[trees][nodes]: the number of the plane, and <see cref="WalkNode.Test"/>.</summary>
    public (int Plane, int Test)[][] Tests { get; }

    /// <summary>Fill the planes.</summary>
    public PlaneCoder[] Coders => [.. _coders];

    /// <summary>[sets x 32]: bits of the codes or classes that go right; empty when no node asks for a category.</summary>
    public byte[] Sets => [.. _sets];

    private void PlanNumbers(Tree[] trees)
    {
        var features = new ThresholdPlan?[trees.Select(Features).DefaultIfEmpty().Max()];
        for (var t = 0; t < trees.Length; t++)
        {
            var tests = Tests[t];
            for (var i = 0; i < tests.Length; i++)
            {
                ref readonly var node = ref trees[t].Nodes[i];
                if (!node.Categorical)
                {
                    tests[i].Test = (features[node.Feature] ??= new ThresholdPlan()).Add(node.Threshold, node.MissingLeft);
                }
            }
        }

        for (var feature = 0; feature < features.Length; feature++)
        {
            Planes = features[feature]?.Complete(feature, Planes, _coders) ?? Planes;
        }

        for (var t = 0; t < trees.Length; t++)
        {
            var tests = Tests[t];
            for (var i = 0; i < tests.Length; i++)
            {
                ref readonly var node = ref trees[t].Nodes[i];
                if (!node.Categorical)
                {
                    tests[i] = features[node.Feature]!.Test(tests[i].Test, node.MissingLeft);
                }
            }
        }
    }

    private void PlanCategories(Tree[] trees)
    {
        var groups = new Dictionary<int, List<(CategoryClasses Classes, List<(int Tree, int Node)> Nodes)>>();
        var codes = new Dictionary<int, int>();
        foreach (var tree in trees)
        {
            foreach (ref readonly var node in tree.Nodes.AsSpan())
            {
                if (node.Categorical)
                {
                    ref var most = ref CollectionsMarshal.GetValueRefOrAddDefault(codes, node.Feature, out _);
                    most = Math.Max(most, node.Codes);
                }
            }
        }

        for (var t = 0; t < trees.Length; t++)
        {
            for (var i = 0; i < Tests[t].Length; i++)
            {
                ref readonly var node = ref trees[t].Nodes[i];
                if (!node.Categorical)
                {
                    continue;
                }

                var own = Of(groups, node.Feature);
                if (own.Count == 0 || !own[^1].Classes.TryAdd(trees[t], node))
                {
                    own.Add((new CategoryClasses(codes[node.Feature]), []));
                    own[^1].Classes.TryAdd(trees[t], node);
                }

                own[^1].Nodes.Add((t, i));
            }
        }

        foreach (var (feature, parts) in groups.OrderBy(g => g.Key))
        {
            foreach (var (classes, nodes) in parts)
            {
                _coders.Add(new CategoryPlanes(feature, Planes, classes.Classes()));
                foreach (var (t, i) in nodes)
                {
                    Tests[t][i] = (Planes, AddSet(trees[t], trees[t].Nodes[i], classes));
                }

                Planes++;
            }
        }
    }

    /// <summary>One more than the highest feature that a tree asks for.</summary>
    private static int Features(Tree tree)
    {
        var most = 0;
        foreach (ref readonly var node in tree.Nodes.AsSpan())
        {
            most = Math.Max(most, node.Feature + 1);
        }

        return most;
    }

    private int AddSet(Tree tree, in TreeNode node, CategoryClasses classes)
    {
        Span<byte> bits = stackalloc byte[32];
        if (_sets.Count == 0)
        {
            for (var test = 0; test < CodeSets; test++)
            {
                for (var code = 0; code < 256; code++)
                {
                    bits[code >> 3] = (byte)(bits[code >> 3] & ~(1 << (code & 7)) | (code > test ? 1 << (code & 7) : 0));
                }

                _sets.AddRange(bits);
            }
        }

        classes.GoRight(tree, node, bits);
        _sets.AddRange(bits);
        return _sets.Count / 32 - 1;
    }

    private static T Of<T>(Dictionary<int, T> all, int feature)
        where T : new()
    {
        if (!all.TryGetValue(feature, out var one))
        {
            all.Add(feature, one = new T());
        }

        return one;
    }
}
