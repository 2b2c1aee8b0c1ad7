using FsCheck;
using FsCheck.Fluent;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Boosting;
using TuneLab.Learners.Tests.Trees;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Edges;

/// <summary>What holds for the trees of any table.</summary>
public sealed class BoostedTreePropertyTests
{
    private const int Cases = 60;

    private static readonly BoostingTrainer Trainer = new();

    /// <summary>Without weights many splits gain exactly the same, and the first of them is taken.</summary>
    private static readonly Gen<DrawnTable> Distinct = DrawnTable.Any.Select(d => d with { Weighted = true });

    [Fact]
    public void Fit_AnyTable_KeepsItsLimitsAndValuesItsLeaves()
        => Property.Holds(DrawnTable.Any, Cases, drawn =>
        {
            var fold = drawn.Fold();
            var configuration = drawn.Configuration(Trainer);
            var model = (BoostingModel)Fits.Model(Trainer, fold, configuration);
            var catL2 = configuration.Number("cat_l2", Trainer.Info.Default.Number("cat_l2", double.NaN));
            var scores = InitialScores(fold);
            double[][] derived = [];
            var isWhole = Array.TrueForAll(fold.Train, row => Weight(fold, row) == Math.Floor(Weight(fold, row))); // else each row counts once
            for (var t = 0; t < model.Trees.Count; t++)
            {
                var (tree, k) = (model.Trees[t], t % scores.Length);
                derived = k == 0 ? Array.ConvertAll(fold.Train, row => scores.Select(s => s[row]).ToArray()) : derived; // the scores as they were when the round began
                Assert.InRange(tree.Leaves.Length, 1, drawn.Leaves);
                Assert.True(drawn.MaxDepth == 0 || Depth(tree, tree.Nodes.Length == 0 ? ~0 : 0) <= drawn.MaxDepth, "too deep");
                var rowsOfLeaf = fold.Train.ToLookup(row => tree.LeafOf(fold.Table, row));
                NodeSums Sums(int at)
                {
                    double weight = 0, gradient = 0, hessian = 0;
                    foreach (var row in Leaves(tree, at).SelectMany(leaf => rowsOfLeaf[leaf]))
                    {
                        var (g, h) = Derivatives(fold, row, derived[row], k);
                        (weight, gradient, hessian) = (weight + (isWhole ? Weight(fold, row) : 1), gradient + g, hessian + h);
                    }

                    return new NodeSums(weight, gradient, hessian, drawn.L2 + (IsOfOrderedCategories(fold, tree, at, rowsOfLeaf) ? catL2 : 0));
                }

                for (var leaf = 0; leaf < tree.Leaves.Length && tree.Leaves.Length > 1; leaf++)
                {
                    var sums = Sums(~leaf);
                    Assert.True(sums.Weight >= drawn.MinChildSamples - 1e-3, $"tree {t}, leaf {leaf}: weight {sums.Weight}");
                    Assert.True(sums.Hessian >= drawn.MinChildWeight - 1e-6, $"tree {t}, leaf {leaf}: hessian {sums.Hessian}");
                    var step = fold.Task == LearningTask.Multiclass ? Step(fold, Path(tree, ~leaf).Select(Sums)) : -sums.Gradient / (sums.Hessian + sums.L2);
                    Assert.Equal(0.5 * step, tree.Leaves[leaf], 1e-6);
                    foreach (var row in rowsOfLeaf[leaf])
                    {
                        scores[k][row] += tree.Leaves[leaf];
                    }
                }
            }
        });

    [Fact]
    public void Fit_ColumnsInAnotherOrder_PredictsTheSameOnTheTrainingRows()
        => Property.Holds(Distinct, Cases, drawn =>
        {
            var fold = drawn.Fold();
            var columns = fold.Table.Columns.ToArray();
            new SeededRandom((ulong)drawn.Seed).Shuffle<FeatureColumn>(columns);
            AssertSame(drawn, fold, columns);
        });

    [Theory]
    [InlineData(3, 7)]
    [InlineData(0.25, -1e4)]
    [InlineData(1 << 20, 0)]
    [InlineData(-1, 0)]
    public void Fit_NumbersInAnotherUnit_PredictsTheSameOnTheTrainingRows(double factor, double offset)
        => Property.Holds(Distinct, Cases / 2, drawn =>
        {
            // whole numbers to 60: exact in single precision under each of these maps
            var fold = drawn.Fold();
            AssertSame(drawn, fold, [.. fold.Table.Columns.Select(c => c is NumericFeature n ? n with { Values = Array.ConvertAll(n.Values, v => (float)(factor * v + offset)) } : c)]);
        });

    private static void AssertSame(DrawnTable drawn, PreparedFold fold, FeatureColumn[] columns)
    {
        var other = fold.With(columns);
        var (expected, values) = (Fits.Model(Trainer, fold, drawn.Configuration(Trainer)).Predict(fold.Table), Fits.Model(Trainer, other, drawn.Configuration(Trainer)).Predict(other.Table));
        Assert.Equal(expected, values, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    /// <summary>Whether the split above a node parts more than four categories (missing is one).</summary>
    private static bool IsOfOrderedCategories(PreparedFold fold, Tree tree, int at, ILookup<int, int> rowsOfLeaf)
    {
        var above = Array.Find(tree.Nodes, n => n.Left == at || n.Right == at);
        return at != 0 && above.Categorical && Leaves(tree, above.Left).Concat(Leaves(tree, above.Right)).SelectMany(l => rowsOfLeaf[l])
            .Select(row => ((CategoricalFeature)fold.Table.Columns[above.Feature]).Codes[row]).Distinct().Count() > 4;
    }

    private static IEnumerable<int> Leaves(Tree tree, int at) => at < 0 ? [~at] : Leaves(tree, tree.Nodes[at].Left).Concat(Leaves(tree, tree.Nodes[at].Right));

    /// <summary>The nodes from the root to one of them.</summary>
    private static IEnumerable<int> Path(Tree tree, int at)
        => at == 0 ? [0] : Path(tree, Array.FindIndex(tree.Nodes, n => n.Left == at || n.Right == at)).Append(at);

    private static int Depth(Tree tree, int at) => at < 0 ? 0 : 1 + Math.Max(Depth(tree, tree.Nodes[at].Left), Depth(tree, tree.Nodes[at].Right));

    private static double Weight(PreparedFold fold, int row) => fold.Weights?[row] ?? 1;

    private static double[][] InitialScores(PreparedFold fold)
    {
        var all = fold.Train.Sum(r => Weight(fold, r));
        double Share(int label) => Math.Clamp(fold.Train.Where(r => fold.Target[r] == label).Sum(r => Weight(fold, r)) / all, 1e-9, 1 - 1e-9);
        double[] initial = fold.Task switch
        {
            LearningTask.Binary => [Math.Log(Share(1) / (1 - Share(1)))],
            LearningTask.Multiclass => [Math.Log(Share(0)), Math.Log(Share(1)), Math.Log(Share(2))],
            _ => [fold.Train.Sum(r => Weight(fold, r) * fold.Target[r]) / all],
        };
        return Array.ConvertAll(initial, s => Enumerable.Repeat(s, fold.Table.RowCount).ToArray());
    }

    /// <summary>Of three classes: each node goes from its parent's value towards its own, by p (1 - p), which two thirds of the hessian are, and the less far the less the two differ beyond chance.</summary>
    private static double Step(PreparedFold fold, IEnumerable<NodeSums> path)
    {
        var weights = fold.Train.Select(r => Weight(fold, r)).ToArray();
        var dispersion = weights.Sum(w => w * w) / weights.Sum(); // no weight is a number of rows
        var value = 0.0;
        foreach (var node in path.Where(n => n.Hessian > 0))
        {
            var plain = node.Hessian / 1.5;
            var gradient = node.Gradient + (plain + node.L2) * value;
            var chance = 0.13 * Math.Log(path.First().Weight / node.Weight);
            var doubt = chance > 0 ? 31 / (1 + Math.Pow(gradient * gradient / (plain * dispersion * chance), 8)) : 0;
            value -= gradient / (plain * (1 + doubt) + node.L2);
        }

        return value * 1.15;
    }

    /// <summary>Of the log-loss, of the softmax (its hessian times 3 / 2 for three classes) and of half the squared error.</summary>
    private static (double Gradient, double Hessian) Derivatives(PreparedFold fold, int row, double[] scores, int k)
    {
        var weight = Weight(fold, row);
        switch (fold.Task)
        {
            case LearningTask.Binary:
                var p = 1 / (1 + Math.Exp(-scores[0]));
                return (weight * (p - fold.Target[row]), weight * p * (1 - p));
            case LearningTask.Multiclass:
                var q = Math.Exp(scores[k]) / scores.Sum(Math.Exp);
                return (weight * (q - (fold.Target[row] == k ? 1 : 0)), weight * 1.5 * q * (1 - q));
            default:
                return (weight * (scores[0] - fold.Target[row]), weight);
        }
    }

    private sealed record NodeSums(double Weight, double Gradient, double Hessian, double L2);
}
