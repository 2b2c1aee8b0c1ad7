using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;

namespace TuneLab.Learners.Tests.Trees;

/// <summary>Rows sorted into leaves against walking each row, on random trees over random codes.</summary>
public sealed class RowSortingTests
{
    private const int TableRows = 10_000;
    private static readonly int[] _widths = [3, 1, 7];

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 1)]
    [InlineData(30, 0)]
    [InlineData(30, 1000)]
    [InlineData(511, 4097)] // more rows than a chunk
    [InlineData(700, 9000)] // more nodes than the stack has
    public void FindLeaves_RandomTree_AreThoseOfTheWalk(int nodes, int rows)
    {
        var random = new Seed(7).Child(nodes).Random();
        var blocks = Array.ConvertAll(_widths, width => new BinBlock([.. Enumerable.Range(0, TableRows * width).Select(_ => (byte)random.NextInt(256))], [.. Enumerable.Repeat(256, width)]));
        var tree = Grow(nodes, random);
        int[] chosen = [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(TableRows))]; // in any order, some twice
        int[] leaves = [.. Enumerable.Repeat(-1, rows)];

        tree.FindLeaves(blocks, chosen, leaves);

        Assert.Equal(chosen.Select(row => tree.Leaf(blocks, row)), leaves);
        Assert.True(rows < 1000 || nodes < 30 || leaves.Distinct().Count() > 10);
    }

    // each new node takes the place of a random leaf; every third one parts codes by bits
    private static Tree Grow(int nodes, SeededRandom random)
    {
        var open = new List<(int Parent, bool Left)>();
        var (grown, words) = (new BinNode[nodes], new List<uint>());
        for (var n = 0; n < nodes; n++)
        {
            if (n > 0)
            {
                var at = random.NextInt(open.Count);
                var (parent, left) = open[at];
                open.RemoveAt(at);
                grown[parent] = left ? grown[parent] with { Left = n } : grown[parent] with { Right = n };
            }

            var (block, word) = (random.NextInt(_widths.Length), n % 3 == 2 ? words.Count : -1);
            grown[n] = new BinNode(block, random.NextInt(_widths[block]), random.NextInt(255), word, 0, 0);
            words.AddRange(word < 0 ? [] : Enumerable.Range(0, 8).Select(_ => (uint)random.NextBits()));
            open.AddRange([(n, true), (n, false)]);
        }

        for (var leaf = 0; leaf < open.Count; leaf++)
        {
            var (parent, left) = open[leaf];
            grown[parent] = left ? grown[parent] with { Left = ~leaf } : grown[parent] with { Right = ~leaf };
        }

        return new Tree([], new double[Math.Max(1, open.Count)], 1, [], grown, [.. words]);
    }
}
