using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Errors;
using TuneLab.Learners.Forest;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Forest;

public sealed class ForestTreeTests
{
    private static readonly ForestTrainer Trainer = new();

    [Theory]
    [InlineData(LearningTask.Binary, "gini")]
    [InlineData(LearningTask.Binary, "entropy")]
    [InlineData(LearningTask.Multiclass, "gini")]
    [InlineData(LearningTask.Multiclass, "entropy")]
    [InlineData(LearningTask.Regression, "gini")]
    public void Fit_OneSplit_IsTheBestOfAll(LearningTask task, string criterion)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var drawn = SampleFold.Of(task, 150, seed, r => 1 + r % 4);
            var fold = Numeric(drawn);
            var predicted = Fits.Model(Trainer, fold, OneTree(("leaves", 2), ("criterion", criterion))).Predict(fold.Table);
            var made = Impurity(fold, criterion, fold.Train.GroupBy(r => string.Join(" ", predicted.AsSpan(r * fold.Outputs, fold.Outputs).ToArray())));
            var best = double.PositiveInfinity;
            foreach (var column in fold.Table.Columns.Cast<NumericFeature>())
            {
                foreach (var threshold in fold.Train.Select(r => column.Values[r]).Where(v => !float.IsNaN(v)).Distinct())
                {
                    best = Math.Min(best, Impurity(fold, criterion, fold.Train.GroupBy(r => column.Values[r] <= threshold ? "left" : "right")));
                    best = Math.Min(best, Impurity(fold, criterion, fold.Train.GroupBy(r => column.Values[r] <= threshold || float.IsNaN(column.Values[r]) ? "left" : "right")));
                }
            }

            Assert.Equal(best, made, 1e-9 * best);
        }
    }

    [Theory]
    [InlineData("random")]
    [InlineData("extra")]
    public void Fit_OneTreeOnAllRows_LearnsDistinctRowsByHeart(string kind)
    {
        var fold = SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", 5, 3, 8, 1, float.NaN)], [1.5, -2, 1e6, 4, 7]);
        var predicted = Fits.Model(Trainer, fold, OneTree(("kind", kind))).Predict(fold.Table);
        Assert.Equal(fold.Target, predicted, (a, b) => Math.Abs(a - b) < 1e-9 * Math.Max(1, Math.Abs(a)));
    }

    [Theory]
    [InlineData(LearningTask.Binary)]
    [InlineData(LearningTask.Multiclass)]
    [InlineData(LearningTask.Regression)]
    public void Fit_WholeWeights_AreAsRepeatedRows(LearningTask task)
    {
        var weighted = Numeric(SampleFold.Of(task, 150, 2, r => 1 + r % 3));
        int[] repeated = [.. weighted.Train.SelectMany(r => Enumerable.Repeat(r, 1 + r % 3))];
        var fold = SampleFold.Make(task, SampleFold.Select(weighted.Table, repeated).Columns, [.. repeated.Select(r => weighted.Target[r])]);
        var configuration = OneTree(("max_depth", 4));
        Assert.Equal(Fits.Model(Trainer, fold, configuration).Predict(weighted.Table), Fits.Model(Trainer, weighted, configuration).Predict(weighted.Table), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory]
    [InlineData(LearningTask.Binary, "gini")]
    [InlineData(LearningTask.Binary, "entropy")]
    [InlineData(LearningTask.Multiclass, "gini")]
    public void Fit_BalancedClasses_IsAsWeightsThatBalanceThem(LearningTask task, string criterion)
    {
        var fold = Numeric(SampleFold.Of(task, 300, 2));
        var counts = fold.Train.GroupBy(r => fold.Target[r]).ToDictionary(g => g.Key, g => g.Count());
        var weights = fold.Target.Select(t => (double)fold.Train.Length / (counts.Count * counts[t])).ToArray();
        var weighted = new PreparedFold(task, fold.Outputs, fold.Table, fold.Target, weights, fold.Train);
        var configuration = OneTree(("max_depth", 4), ("criterion", criterion));
        Assert.Equal(Fits.Model(Trainer, weighted, configuration).Predict(fold.Table), Fits.Model(Trainer, fold, configuration.With("class_weight", "balanced")).Predict(fold.Table), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.NotEqual(Fits.Model(Trainer, fold, configuration).Predict(fold.Table), Fits.Model(Trainer, weighted, configuration).Predict(fold.Table));
    }

    [Fact]
    public void Start_BalancedClassesOfANumber_SaysThatThereAreNone()
    {
        var error = Assert.Throws<InputException>(() => Fits.Model(Trainer, SampleFold.Of(LearningTask.Regression), OneTree(("class_weight", "balanced"))));
        Assert.Contains("class_weight", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Whole weights are summed as integers, others as doubles: both grow the same tree, where leaves are so large that no two boundaries gain the same.</summary>
    [Theory]
    [InlineData("random", "gini")]
    [InlineData("random", "entropy")]
    [InlineData("extra", "gini")]
    public void Fit_WholeWeightsAllScaled_GivesTheSameTrees(string kind, string criterion)
    {
        var whole = SampleFold.Of(LearningTask.Binary, 400, 3);
        var halves = new PreparedFold(whole.Task, whole.Outputs, whole.Table, whole.Target, [.. whole.Target.Select(_ => 0.5)], whole.Train);
        var configuration = OneTree(("kind", kind), ("criterion", criterion), ("bootstrap", "yes"), ("trees", 5), ("min_child_samples", 20), ("max_depth", 3));
        Assert.Equal(Fits.Model(Trainer, whole, configuration).Predict(whole.Table), Fits.Model(Trainer, halves, configuration).Predict(whole.Table), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory]
    [InlineData("leaves", 6, 6)]
    [InlineData("max_depth", 3, 8)]
    public void Fit_Limit_BoundsTheLeaves(string name, int value, int leaves)
    {
        var fold = SampleFold.Of(LearningTask.Regression);
        var model = (ForestModel)Fits.Model(Trainer, fold, OneTree((name, value), ("trees", 4)));
        Assert.All(model.Trees, t => Assert.InRange(t.Leaves.Length, 2, leaves));
    }

    [Fact]
    public void Fit_MinChildSamples_HoldsInEveryLeaf()
    {
        var fold = SampleFold.Of(LearningTask.Regression);
        var predicted = Fits.Model(Trainer, fold, OneTree(("min_child_samples", 17))).Predict(fold.Table);
        Assert.All(fold.Train.GroupBy(r => predicted[r]), leaf => Assert.True(leaf.Count() >= 17));
    }

    [Fact]
    public void Fit_Categories_FindsTheBestOfAllPartitions()
    {
        var random = new SeededRandom(4);
        var codes = Enumerable.Range(0, 300).Select(_ => random.NextInt(9) - 1).ToArray();
        var target = codes.Select(c => Math.Sin(3 * c) + 0.5 * random.NextNormal() > 0 ? 1.0 : 0).ToArray();
        var fold = SampleFold.Make(LearningTask.Binary, [SampleFold.Categories("c", codes)], target);
        var predicted = Fits.Model(Trainer, fold, OneTree(("leaves", 2))).Predict(fold.Table);
        var best = Enumerable.Range(1, 510).Min(set => Impurity(fold, "gini", fold.Train.GroupBy(r => (set >> (codes[r] + 1) & 1).ToString())));
        Assert.Equal(best, Impurity(fold, "gini", fold.Train.GroupBy(r => predicted[r].ToString("R"))), 9);
    }

    [Fact]
    public void Fit_OtherSeed_GivesOtherTrees()
    {
        var fold = SampleFold.Of(LearningTask.Regression);
        var request = new TrainingRequest(fold, fold.Train, Trainer.Info.Default.With("trees", 3), new Seed(1), ThreadShare.Single);
        using var a = Trainer.Start(request);
        using var b = Trainer.Start(request with { Seed = new Seed(2) });
        a.Advance(3, CancellationToken.None);
        b.Advance(3, CancellationToken.None);
        Assert.NotEqual(a.Complete().Predict(fold.Table), b.Complete().Predict(fold.Table));
    }

    [Fact]
    public void Advance_CancelledInTheMiddle_Stops()
    {
        var fold = SampleFold.Of(LearningTask.Regression, 20_000);
        using var run = Trainer.Start(new TrainingRequest(fold, fold.Train, Trainer.Info.Default.With("trees", 10_000), new Seed(1), new ThreadShare(2)));
        using var source = new CancellationTokenSource();
        // a thread of its own: on a busy machine the pool's timer can come seconds late
        var canceller = new Thread(() =>
        {
            Thread.Sleep(30);
            source.Cancel();
        });
        canceller.Start();
        Assert.ThrowsAny<OperationCanceledException>(() => run.Advance(int.MaxValue, source.Token));
        canceller.Join();
    }

    private static Configuration OneTree(params (string, ParameterValue)[] values)
        => Fits.Free(Trainer, [("trees", 1), ("bootstrap", "no"), ("max_features", 1), .. values]);

    private static PreparedFold Numeric(PreparedFold fold)
        => new(fold.Task, fold.Outputs, new FeatureTable([.. fold.Table.Columns.Where(c => c is NumericFeature)], fold.Table.RowCount), fold.Target, fold.Weights, fold.Train);

    /// <summary>Impurity times weight, summed over parts.</summary>
    private static double Impurity(PreparedFold fold, string criterion, IEnumerable<IGrouping<string, int>> parts)
        => parts.Sum(part =>
        {
            var weight = part.Sum(r => fold.Weights?[r] ?? 1);
            if (fold.Task == LearningTask.Regression)
            {
                var mean = part.Sum(r => (fold.Weights?[r] ?? 1) * fold.Target[r]) / weight;
                return part.Sum(r => (fold.Weights?[r] ?? 1) * Math.Pow(fold.Target[r] - mean, 2));
            }

            var shares = part.GroupBy(r => fold.Target[r]).Select(c => c.Sum(r => fold.Weights?[r] ?? 1) / weight);
            return weight * (criterion == "gini" ? 1 - shares.Sum(p => p * p) : -shares.Sum(p => p * Math.Log(p)));
        });
}
