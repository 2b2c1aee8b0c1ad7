using TuneLab.Data.Encoding;
using TuneLab.Learners.Trees;
using TuneLab.Learners.Trees.Compiled;
using TuneLab.Testing.Training;

namespace TuneLab.Learners.Tests.Trees;

/// <summary>Compiled trees against walking the same trees node by node, on random trees and tables: the sums agree to the last bit.</summary>
public sealed class CompiledTreesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 2)]
    [InlineData(8, 31)]
    [InlineData(63, 256)]
    [InlineData(64, 257)]
    [InlineData(65, 600)]
    [InlineData(300, 40)]
    [InlineData(3000, 20)]
    public void Add_RowsAndLeaves_AreTheSumsOfTheTrees(int rows, int leaves)
        => AssertSums(new RandomTrees(1) { Leaves = leaves }, rows, trees: 11, scores: 1);

    [Theory]
    [InlineData(1, 20)]
    [InlineData(100, 20)]
    [InlineData(100, 400)]
    public void Add_NumbersOnly_AreTheSumsOfTheTrees(int rows, int leaves)
        => AssertSums(new RandomTrees(2) { Leaves = leaves, Codes = 0 }, rows, trees: 19, scores: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(130)]
    public void Add_SeveralScores_TreesTakeTurns(int rows) => AssertSums(new RandomTrees(3), rows, trees: 12, scores: 3);

    [Theory]
    [InlineData(1, 30)]
    [InlineData(130, 30)]
    [InlineData(130, 300)]
    public void Add_SeveralNumbersPerLeaf_AddsAll(int rows, int leaves)
        => AssertSums(new RandomTrees(4) { Outputs = 3, Leaves = leaves }, rows, trees: 10, scores: 3);

    [Fact]
    public void Add_MoreThresholdsThanAByteNumbers_StillTellsThemApart()
        => AssertSums(new RandomTrees(5) { Leaves = 200, Steps = 100_000 }, rows: 2000, trees: 20, scores: 1);

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(511)]
    public void Add_SoManyThresholds_EveryValueFallsOnItsSide(int thresholds)
    {
        var trees = Enumerable.Range(0, thresholds).Select(i => new Tree([new TreeNode(0, i, ~0, ~1, -1, 0, i % 2 == 0)], [1, 1000], 1, [], [], [])).ToArray();
        var values = Enumerable.Range(-1, thresholds + 2).SelectMany(i => new[] { i, MathF.BitIncrement(i), MathF.BitDecrement(i) }).Append(float.NaN).Append(float.MaxValue).Append(float.PositiveInfinity).ToArray();
        AssertSums(trees, new FeatureTable([SampleFold.Numbers("x", values)], values.Length), 1);
    }

    [Fact]
    public void Add_MoreClassesThanAByteNumbers_StillTellsThemApart()
        => AssertSums(new RandomTrees(6) { Leaves = 60, Codes = 1000 }, rows: 1500, trees: 30, scores: 1);

    [Fact]
    public void Add_NoTrees_AddsNothing() => AssertSums([], new FeatureTable([SampleFold.Numbers("x", 1, 2, 3)], 3), 1);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Add_TreesOfOneLeaf_AddTheLeaf(int rows) => AssertSums(new RandomTrees(8) { Leaves = 1, Outputs = 2 }, rows, trees: 3, scores: 2);

    [Fact]
    public void Add_InfiniteThreshold_PartsMissingFromTheRest()
    {
        var tree = new Tree([new TreeNode(0, float.PositiveInfinity, ~0, ~1, -1, 0, false)], [1, 2], 1, [], [], []);
        var values = new double[3];
        new CompiledTrees([tree], 1).Add(new FeatureTable([SampleFold.Numbers("x", float.MaxValue, float.NaN, float.PositiveInfinity)], 3), 0, values);
        Assert.Equal([1, 2, 1], values);
    }

    [Fact]
    public void Add_SomeRowsOfATable_AreThoseRows()
    {
        var random = new RandomTrees(7);
        var (trees, table) = (random.Trees(9), random.Table(400));
        var (all, part) = (new double[400], new double[150]);
        var compiled = new CompiledTrees(trees, 1);
        compiled.Add(table, 0, all);
        compiled.Add(table, 117, part);
        Assert.Equal(all[117..267], part);
    }

    private static void AssertSums(RandomTrees random, int rows, int trees, int scores) => AssertSums(random.Trees(trees), random.Table(rows), scores);

    private static void AssertSums(Tree[] trees, FeatureTable table, int scores)
    {
        var (expected, actual) = (new double[table.RowCount * scores], new double[table.RowCount * scores]);
        Array.Fill(expected, 0.1);
        Array.Fill(actual, 0.1);
        for (var t = 0; t < trees.Length; t++)
        {
            for (var row = 0; row < table.RowCount; row++)
            {
                var leaf = trees[t].LeafOf(table, row);
                for (var k = 0; k < trees[t].Outputs; k++)
                {
                    expected[row * scores + (trees[t].Outputs == 1 ? t % scores : k)] += trees[t].Leaves[leaf * trees[t].Outputs + k];
                }
            }
        }

        new CompiledTrees(trees, scores).Add(table, 0, actual);
        Assert.Equal(expected, actual);
    }
}
