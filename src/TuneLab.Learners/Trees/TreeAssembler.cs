using TuneLab.Learners.Binning;

namespace TuneLab.Learners.Trees;

/// <summary>Collects the splits of a tree while it grows, in any order, and makes the <see cref="Tree"/>. Reused from tree to tree.</summary>
internal sealed class TreeAssembler(BinnedTable table)
{
    private readonly List<(Split Split, int Left, int Right)> _nodes = [];
    private readonly List<uint> _codes = [];
    private readonly List<uint> _words = [];

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
        _codes.Clear();
        _words.Clear();
        for (var i = 0; i < nodes.Length; i++)
        {
            var (split, left, right) = _nodes[i];
            binNodes[i] = OnBins(split, left, right);
            if (table.Features[split.Feature] is NumericBins numeric)
            {
                nodes[i] = new TreeNode(split.Feature, numeric.Edges[split.Bin], left, right, -1, 0, split.MissingLeft);
            }
            else
            {
                var category = (CategoryBins)table.Features[split.Feature];
                nodes[i] = new TreeNode(split.Feature, 0, left, right, _codes.Count, category.BinOfCode.Length, split.MissingLeft);
                AddBits(_codes, split, category.BinOfCode, category.MissingBin);
            }
        }

        return new Tree(nodes, leaves, outputs, [.. _codes], binNodes, [.. _words]);
    }

    /// <summary>A tree of this table that was written and read back, so that it can be walked by bins again.</summary>
    /// <exception cref="InvalidDataException">It is no tree of this table.</exception>
    public Tree Restore(Tree tree)
    {
        var binNodes = new BinNode[tree.Nodes.Length];
        _words.Clear();
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

            binNodes[i] = table.Places[node.Feature].Column >= 0 ? OnBins(split, node.Left, node.Right)
                : throw new InvalidDataException($"The checkpoint has a tree that splits feature {node.Feature}, which no split can use.");
        }

        return new Tree(tree.Nodes, tree.Leaves, tree.Outputs, tree.CodeWords, binNodes, [.. _words]);
    }

    private BinNode OnBins(in Split split, int left, int right)
    {
        var (feature, place) = (table.Features[split.Feature], table.Places[split.Feature]);
        // missing values have the last bin: a plain comparison sends them right
        if (!split.Categorical && !place.Bundled && !(split.MissingLeft && table.HasMissing[split.Feature]))
        {
            return new BinNode(place.Block, place.At, split.Bin, -1, left, right);
        }

        var first = _words.Count;
        AddBits(_words, split, table.BinOfCode(split.Feature), feature.MissingBin);
        return new BinNode(place.Block, place.At, 0, first, left, right);
    }

    /// <summary>A bit for each code that goes left, 32 a word, at least one word.</summary>
    private static void AddBits(List<uint> words, in Split split, byte[] binOfCode, int missingBin)
    {
        for (var start = 0; start < Math.Max(binOfCode.Length, 1); start += 32)
        {
            var word = 0u;
            for (var i = start; i < Math.Min(binOfCode.Length, start + 32); i++)
            {
                word |= split.IsLeft(binOfCode[i], missingBin) ? 1u << (i - start) : 0;
            }

            words.Add(word);
        }
    }
}
