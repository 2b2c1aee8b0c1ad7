using TuneLab.Learners.Binning;

namespace TuneLab.Learners.Trees;

/// <summary>Collects the splits of a tree while it grows, in any order, and makes the <see cref="Tree"/>. Reused from tree to tree.</summary>
internal sealed class TreeAssembler(BinnedTable table)
{
    private readonly List<(Split Split, int Left, int Right)> _nodes = [];

    /// <summary>How many splits so far.</summary>
    public int Count => _nodes.Count;

    /// <summary>Forgets all.</summary>
    public void Clear() => _nodes.Clear();

    /// <summary>Adds a node whose children are leaves for now.</summary>
    /// <returns>Its number.</returns>
    public int Add(in Split split, int leftLeaf, int rightLeaf)
    {
        _nodes.Add((split, ~leftLeaf, ~rightLeaf));
        return _nodes.Count - 1;
    }

    /// <summary>Puts a node in the place of a parent's leaf.</summary>
    public void Attach(int parent, bool left, int child)
    {
        var node = _nodes[parent];
        _nodes[parent] = left ? node with { Left = child } : node with { Right = child };
    }

    /// <summary>The tree.</summary>
    /// <param name="leaves">[leaves x outputs].</param>
    /// <param name="outputs">Numbers per leaf.</param>
    public Tree Build(double[] leaves, int outputs)
    {
        var (nodes, binNodes) = (new TreeNode[_nodes.Count], new BinNode[_nodes.Count]);
        var (codes, bins) = (new List<uint>(), new List<uint>());
        for (var i = 0; i < nodes.Length; i++)
        {
            var (split, left, right) = _nodes[i];
            binNodes[i] = OnBins(split, left, right, bins);
            if (table.Features[split.Feature] is NumericBins numeric)
            {
                nodes[i] = new TreeNode(split.Feature, numeric.Edges[split.Bin], left, right, -1, 0, split.MissingLeft);
            }
            else
            {
                var category = (CategoryBins)table.Features[split.Feature];
                nodes[i] = new TreeNode(split.Feature, 0, left, right, codes.Count, category.BinOfCode.Length, split.MissingLeft);
                AddBits(codes, category.BinOfCode.Length, code => split.IsLeft(category.BinOfCode[code], category.MissingBin));
            }
        }

        return new Tree(nodes, leaves, outputs, [.. codes], binNodes, [.. bins]);
    }

    /// <summary>A tree of this table that was written and read back, so that it can be walked by bins again.</summary>
    /// <exception cref="InvalidDataException">It is no tree of this table.</exception>
    public Tree Restore(Tree tree)
    {
        var binNodes = new BinNode[tree.Nodes.Length];
        var words = new List<uint>();
        for (var i = 0; i < binNodes.Length; i++)
        {
            ref readonly var node = ref tree.Nodes[i];
            var split = new Split { Feature = node.Feature, Categorical = node.Categorical, MissingLeft = node.MissingLeft };
            if (table.Features[node.Feature] is NumericBins numeric && Array.BinarySearch(numeric.Edges, node.Threshold) is >= 0 and var bin)
            {
                split.Bin = (byte)bin;
            }
            else if (table.Features[node.Feature] is CategoryBins category && category.BinOfCode.Length == node.Codes)
            {
                for (var code = 0; code < node.Codes; code++)
                {
                    if ((tree.CodeWords[node.CodeStart + (code >> 5)] >> (code & 31) & 1) != 0)
                    {
                        split.Left.Add(category.BinOfCode[code]);
                    }
                }
            }
            else
            {
                throw new InvalidDataException($"The checkpoint has a tree that splits feature {node.Feature} where the table has no bins to part.");
            }

            binNodes[i] = table.Places[node.Feature].Column >= 0 ? OnBins(split, node.Left, node.Right, words)
                : throw new InvalidDataException($"The checkpoint has a tree that splits feature {node.Feature}, which no split can use.");
        }

        return new Tree(tree.Nodes, tree.Leaves, tree.Outputs, tree.CodeWords, binNodes, [.. words]);
    }

    private BinNode OnBins(Split split, int left, int right, List<uint> words)
    {
        var (feature, place) = (table.Features[split.Feature], table.Places[split.Feature]);
        // missing values have the last bin: a plain comparison sends them right
        if (!split.Categorical && !place.Bundled && !(split.MissingLeft && table.HasMissing[split.Feature]))
        {
            return new BinNode(place.Block, place.At, split.Bin, -1, left, right);
        }

        var first = words.Count;
        var binOfCode = table.BinOfCode(split.Feature);
        AddBits(words, 256, code => split.IsLeft(binOfCode[code], feature.MissingBin));
        return new BinNode(place.Block, place.At, 0, first, left, right);
    }

    private static void AddBits(List<uint> words, int count, Func<int, bool> isSet)
    {
        for (var start = 0; start < Math.Max(count, 1); start += 32)
        {
            var word = 0u;
            for (var i = start; i < Math.Min(count, start + 32); i++)
            {
                word |= isSet(i) ? 1u << (i - start) : 0;
            }

            words.Add(word);
        }
    }
}
