using TuneLab.Data.Encoding;
using TuneLab.Learners.Trees;

namespace TuneLab.Learners.Tests.Trees;

/// <summary>Walks a tree by values as its nodes say, without any preparation.</summary>
internal static class PlainWalk
{
    /// <summary>The leaf of a row.</summary>
    public static int LeafOf(this Tree tree, FeatureTable table, int row)
    {
        var at = tree.Nodes.Length == 0 ? ~0 : 0;
        while (at >= 0)
        {
            var node = tree.Nodes[at];
            bool left;
            if (node.Categorical)
            {
                var code = ((CategoricalFeature)table.Columns[node.Feature]).Codes[row];
                left = code >= 0 && code < node.Codes ? (tree.CodeWords[node.CodeStart + code / 32] >> (code % 32) & 1) == 1 : node.MissingLeft;
            }
            else
            {
                var value = ((NumericFeature)table.Columns[node.Feature]).Values[row];
                left = float.IsNaN(value) ? node.MissingLeft : value <= node.Threshold;
            }

            at = left ? node.Left : node.Right;
        }

        return ~at;
    }
}
