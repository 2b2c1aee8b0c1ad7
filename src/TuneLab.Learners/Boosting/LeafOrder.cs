using TuneLab.Learners.Trees;

namespace TuneLab.Learners.Boosting;

/// <summary>
/// Keeps monotone directions where leaves got their values after the splits were made: wherever the two sides of a split on a monotone feature overlap, the leaves of both are clipped to the
/// middle of the overlap. Clipping puts no two leaves of one side in another order, so one walk over the splits will do.
/// </summary>
internal static class LeafOrder
{
    /// <param name="nodes">The tree's.</param>
    /// <param name="values">[leaves], changed.</param>
    /// <param name="directions">[features]: 1 rising, -1 falling, 0 any.</param>
    public static void Keep(TreeNode[] nodes, double[] values, sbyte[] directions)
    {
        var (lower, upper) = (new List<int>(), new List<int>());
        foreach (var node in nodes)
        {
            var direction = directions[node.Feature];
            if (direction == 0)
            {
                continue;
            }

            Collect(nodes, direction > 0 ? node.Left : node.Right, lower);
            Collect(nodes, direction > 0 ? node.Right : node.Left, upper);
            var (highest, lowest) = (lower.Max(leaf => values[leaf]), upper.Min(leaf => values[leaf]));
            if (highest > lowest)
            {
                var middle = lowest / 2 + highest / 2;
                lower.ForEach(leaf => values[leaf] = Math.Min(values[leaf], middle));
                upper.ForEach(leaf => values[leaf] = Math.Max(values[leaf], middle));
            }
        }
    }

    /// <summary>The leaves below a child.</summary>
    private static void Collect(TreeNode[] nodes, int child, List<int> leaves)
    {
        leaves.Clear();
        var open = new Stack<int>([child]);
        while (open.TryPop(out var at))
        {
            if (at < 0)
            {
                leaves.Add(~at);
            }
            else
            {
                open.Push(nodes[at].Right);
                open.Push(nodes[at].Left);
            }
        }
    }
}
