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
                for (var leaf = 0; leaf < tree.Leaves.Length && tree.Leaves.Length > 1; leaf++)
                {
                    double weight = 0, gradient = 0, hessian = 0;
                    foreach (var row in rowsOfLeaf[leaf])
                    {
                        var (g, h) = Derivatives(fold, row, derived[row], k);
                        (weight, gradient, hessian) = (weight + (isWhole ? Weight(fold, row) : 1), gradient + g, hessian + h);
                    }

                    Assert.True(weight >= drawn.MinChildSamples - 1e-3, $"tree {t}, leaf {leaf}: weight {weight}");
                    Assert.True(hessian >= drawn.MinChildWeight - 1e-6, $"tree {t}, leaf {leaf}: hessian {hessian}");
                    Assert.Equal(-0.5 * gradient / (StepHessian(fold, gradient, hessian, weight) + drawn.L2 + (IsOfOrderedCategories(fold, tree, leaf, rowsOfLeaf) ? catL2 : 0)), tree.Leaves[leaf], 1e-6);
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

    /// <summary>Whether the split above a leaf parts more than four categories (missing is one).</summary>
    private static bool IsOfOrderedCategories(PreparedFold fold, Tree tree, int leaf, ILookup<int, int> rowsOfLeaf)
    {
        var above = Array.Find(tree.Nodes, n => n.Left == ~leaf || n.Right == ~leaf);
        return above.Categorical && Leaves(tree, above.Left).Concat(Leaves(tree, above.Right)).SelectMany(l => rowsOfLeaf[l])
            .Select(row => ((CategoricalFeature)fold.Table.Columns[above.Feature]).Codes[row]).Distinct().Count() > 4;
    }

    private static IEnumerable<int> Leaves(Tree tree, int at) => at < 0 ? [~at] : Leaves(tree, tree.Nodes[at].Left).Concat(Leaves(tree, tree.Nodes[at].Right));

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

    /// <summary>Of three classes: p (1 - p), which two thirds of the hessian are, times 0.65 where a leaf's shift is beyond chance, and up to 8 times where it is not.</summary>
    private static double StepHessian(PreparedFold fold, double gradient, double hessian, double weight)
    {
        var plain = hessian / 1.5;
        var weights = fold.Train.Select(r => Weight(fold, r)).ToArray();
        var dispersion = weights.Sum(w => w * w) / weights.Sum(); // no weight is a number of rows
        var chance = 0.25 * Math.Log(fold.Train.Length / weight);
        return fold.Task == LearningTask.Multiclass && plain > 0 ? plain * (0.65 + 7.35 / (1 + Math.Pow(gradient * gradient / (plain * dispersion * chance), 2.5))) : hessian;
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
}
