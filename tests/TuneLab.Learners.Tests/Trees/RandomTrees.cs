using TuneLab.Data.Encoding;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;
using TuneLab.Testing.Training;

namespace TuneLab.Learners.Tests.Trees;

/// <summary>Trees that no training made, and tables for them: three numbers and, where there are codes, a category.</summary>
internal sealed class RandomTrees(ulong seed)
{
    private const int Numbers = 3;

    private readonly SeededRandom _random = new(seed);

    /// <summary>Leaves of a tree.</summary>
    public int Leaves { get; init; } = 20;

    /// <summary>Numbers per leaf.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>Different numbers that values and thresholds are drawn from.</summary>
    public int Steps { get; init; } = 50;

    /// <summary>Known codes of the category; 0: there is none.</summary>
    public int Codes { get; init; } = 12;

    public Tree[] Trees(int count) => [.. Enumerable.Range(0, count).Select(_ => Tree())];

    /// <summary>Missing values and unknown codes among the others.</summary>
    public FeatureTable Table(int rows)
    {
        var columns = Enumerable.Range(0, Numbers)
            .Select(f => (FeatureColumn)SampleFold.Numbers("x" + f, [.. Enumerable.Range(0, rows).Select(_ => _random.NextInt(10) == 0 ? float.NaN : Number())]));
        return new FeatureTable([.. columns, new CategoricalFeature("c", "c", [.. Enumerable.Range(0, rows).Select(_ => _random.NextInt(Codes + 3) - 1)], Codes + 2)], rows);
    }

    private float Number() => (_random.NextInt(Steps) - Steps / 2) / 4f;

    private Tree Tree()
    {
        var nodes = new List<TreeNode>();
        var words = new List<uint>();
        var open = new List<(int Parent, bool Left)> { (-1, false) };
        while (open.Count < Leaves)
        {
            // any leaf may be parted next, so that trees are lopsided
            var at = _random.NextInt(open.Count);
            var (parent, left) = open[at];
            Attach(nodes, parent, left, nodes.Count);
            open[at] = (nodes.Count, true);
            open.Add((nodes.Count, false));
            nodes.Add(Node(words));
        }

        for (var leaf = 0; leaf < open.Count && nodes.Count > 0; leaf++)
        {
            Attach(nodes, open[leaf].Parent, open[leaf].Left, ~leaf);
        }

        return new Tree([.. nodes], [.. Enumerable.Range(0, Leaves * Outputs).Select(_ => _random.NextNormal())], Outputs, [.. words], [], []);
    }

    private TreeNode Node(List<uint> words)
    {
        var missingLeft = _random.NextInt(2) == 0;
        if (Codes == 0 || _random.NextInt(3) > 0)
        {
            return new TreeNode(_random.NextInt(Numbers), Number(), 0, 0, -1, 0, missingLeft);
        }

        var start = words.Count;
        for (var code = 0; code < Codes; code += 32)
        {
            words.Add((uint)_random.NextInt(int.MaxValue) << 1 ^ (uint)_random.NextInt(int.MaxValue));
        }

        return new TreeNode(Numbers, 0, 0, 0, start, Codes, missingLeft);
    }

    private static void Attach(List<TreeNode> nodes, int parent, bool left, int child)
    {
        if (parent >= 0)
        {
            nodes[parent] = left ? nodes[parent] with { Left = child } : nodes[parent] with { Right = child };
        }
    }
}
