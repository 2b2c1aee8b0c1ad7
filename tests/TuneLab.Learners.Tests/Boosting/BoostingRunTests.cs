using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Errors;
using TuneLab.Learners.Binning;
using TuneLab.Learners.Boosting;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Boosting;

public sealed class BoostingRunTests
{
    private static readonly BoostingTrainer Trainer = new();

    [Theory]
    [InlineData(LearningTask.Binary)]
    [InlineData(LearningTask.Multiclass)]
    [InlineData(LearningTask.Regression)]
    public void Fit_WholeWeights_AreAsRepeatedRows(LearningTask task)
    {
        // the first training row of each label keeps both tables' bins alike: bins ignore weights but repeated rows have the same distinct values
        var weighted = SampleFold.Of(task, 120, 2, r => 1 + r % 3);
        var numbers = new FeatureTable([.. weighted.Table.Columns.Where(c => c is NumericFeature)], weighted.Table.RowCount);
        int[] repeated = [.. weighted.Train.SelectMany(r => Enumerable.Repeat(r, 1 + r % 3))];
        var a = new PreparedFold(task, weighted.Outputs, numbers, weighted.Target, weighted.Weights, weighted.Train);
        var b = SampleFold.Make(task, SampleFold.Select(numbers, repeated).Columns, [.. repeated.Select(r => weighted.Target[r])]);
        var configuration = Fits.Free(Trainer, ("rounds", 15), ("leaves", 6), ("min_child_weight", 1.5), ("min_child_samples", 7));
        Assert.Equal(Fits.Model(Trainer, b, configuration).Predict(numbers), Fits.Model(Trainer, a, configuration).Predict(numbers), (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Theory]
    [InlineData(50, 2)]
    [InlineData(51, 1)]
    public void Fit_WeightedRows_CountAsOftenAsTheyWeighForMinChildSamples(int least, int parts)
    {
        var fold = SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", 1, 2, 2)], [0, 9, 9], [50, 50, 50]);
        var configuration = Fits.Free(Trainer, ("rounds", 1)).With("min_child_samples", least);
        Assert.Equal(parts, Fits.Model(Trainer, fold, configuration).Predict(fold.Table).Distinct().Count());
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Fit_WeightsThatAreNotWhole_EachRowCountsOnceForMinChildSamples(int least, int parts)
    {
        var fold = SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", 1, 2, 2)], [0, 9, 9], [1e-3, 2e-3, 2e-3]);
        var configuration = Fits.Free(Trainer, ("rounds", 1), ("min_child_weight", 0)).With("min_child_samples", least);
        Assert.Equal(parts, Fits.Model(Trainer, fold, configuration).Predict(fold.Table).Distinct().Count());
    }

    [Fact]
    public void Fit_ManyRowsOnThreeThreads_GivesTheModelOfOne()
    {
        var configuration = Trainer.Info.Default.With("rounds", 12).With("feature_fraction", 0.8);
        var (one, three) = (SampleFold.Of(LearningTask.Binary, 30_000), SampleFold.Of(LearningTask.Binary, 30_000));
        Assert.Equal(Fits.Model(Trainer, one, configuration).Predict(one.Table), Fits.Model(Trainer, three, configuration, 3).Predict(three.Table));
    }

    [Fact]
    public void Grow_ManyNodes_AllocatesNothingButTheTree()
    {
        var fold = SampleFold.Of(LearningTask.Regression, 3000);
        var table = BinnedTable.Of(fold, 255, 1);
        var sample = new TableSample(table, [.. Enumerable.Range(0, table.RowCount)]);
        var pairs = new GradientPairs(sample.Count);
        pairs.Fill(fold.Target.Select(t => 10 - t).ToArray(), Enumerable.Repeat(1.0, sample.Count).ToArray());
        int[] features = [.. Enumerable.Range(0, table.Features.Length)];
        var grower = new TreeGrower(sample, pairs, new SplitRules(1, 0, 0, 1, 0, 10, 10, 32), new GrowthLimits(200, 0, false), new Team(1));
        grower.Grow(null, features, 1, default, CancellationToken.None);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var tree = grower.Grow(null, features, 1, default, CancellationToken.None);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(200, tree.Leaves.Length);
        // nodes twice (by values, by codes), leaves, words of category sets while they grow; an object a node would be 200 x 24 more at least
        var size = tree.Nodes.Length * 56 + tree.Leaves.Length * 8 + 8 * (tree.CodeWords.Length + tree.BinWords.Length) * sizeof(uint);
        Assert.InRange(allocated, tree.Nodes.Length * 40, size + 4000);
    }

    [Fact]
    public void Grow_LittleHistogramMemory_GivesTheSameTree()
    {
        var fold = SampleFold.Of(LearningTask.Regression, 2000);
        var table = BinnedTable.Of(fold, 255, 1);
        var sample = new TableSample(table, [.. Enumerable.Range(0, table.RowCount)]);
        var pairs = new GradientPairs(sample.Count);
        pairs.Fill(fold.Target.Select(t => 10 - t).ToArray(), Enumerable.Repeat(1.0, sample.Count).ToArray());
        var (rules, limits) = (new SplitRules(2, 0, 0, 1, 0, 10, 10, 32), new GrowthLimits(60, 0, false));
        int[] features = [.. Enumerable.Range(0, table.Features.Length)];
        var roomy = new TreeGrower(sample, pairs, rules, limits, new Team(1)).Grow(null, features, 1, default, CancellationToken.None);
        var tight = new TreeGrower(sample, pairs, rules, limits, new Team(1), histogramBytes: 1).Grow(null, features, 1, default, CancellationToken.None);
        Assert.Equal(60, roomy.Leaves.Length);
        Assert.Equal(roomy.Leaves, tight.Leaves);
        Assert.Equal(roomy.Nodes, tight.Nodes);
    }

    [Fact]
    public void Predict_ValuesAtTheThresholds_AgreesBetweenBinsAndValues()
    {
        var random = new SeededRandom(6);
        var train = Enumerable.Range(0, 500).Select(_ => (float)(random.NextNormal() * 1e-3 + 1)).ToArray();
        var edges = NumericBins.Fit(train, [.. Enumerable.Range(0, 500)], 255).Edges;
        float[] all = [.. train, .. edges, .. edges.Select(float.BitIncrement), .. edges.Select(float.BitDecrement), float.NaN, float.NegativeInfinity];
        var fold = SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", all)], [.. all.Select(v => Math.Sin(v * 5000))], null, [.. Enumerable.Range(0, 500)]);
        using var run = Start(fold, Fits.Free(Trainer, ("rounds", 20)));
        run.Advance(20, CancellationToken.None);
        int[] rows = [.. Enumerable.Range(0, all.Length)];
        var ofBins = new double[all.Length];
        run.Predict(rows, ofBins);
        Assert.Equal(ofBins, run.Complete().Predict(fold.Table));
        Assert.True(ofBins.Distinct().Count() > 20);
    }

    [Fact]
    public void CanAdvance_NothingLeftToLearn_IsFalse()
    {
        var fold = SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", 1, 2, 3, 4)], [0.1, 0.1, 0.3, 0.3]);
        using var run = Start(fold, Fits.Free(Trainer, ("learning_rate", 1)));
        run.Advance(100, CancellationToken.None);
        Assert.False(run.CanAdvance);
        Assert.InRange(run.Rounds, 1, 5);
    }

    [Fact]
    public void Fit_InfiniteValues_HasAnAnswer()
    {
        var fold = SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", float.NegativeInfinity, -1, 1, float.PositiveInfinity)], [1, 2, 3, 4]);
        Assert.Equal([1, 2, 3, 4], Fits.Model(Trainer, fold, Fits.Free(Trainer, ("rounds", 50), ("learning_rate", 0.5))).Predict(fold.Table), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Theory]
    [InlineData(1e-30)]
    [InlineData(1e30)]
    public void Fit_TinyOrHugeLabels_LearnsThemAllTheSame(double scale)
    {
        var fold = SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", 1, 2, 3, 4)], [0, 0, scale, scale]);
        var predicted = Fits.Model(Trainer, fold, Fits.Free(Trainer, ("rounds", 50), ("learning_rate", 0.5), ("min_child_weight", 0))).Predict(fold.Table);
        Assert.Equal([0, 0, 1, 1], predicted.Select(p => p / scale), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Fit_ThousandCategories_UsesThem()
    {
        var random = new SeededRandom(8);
        var codes = Enumerable.Range(0, 8000).Select(i => i < 1000 ? i : random.NextInt(200)).ToArray();
        var fold = SampleFold.Make(LearningTask.Binary, [SampleFold.Categories("c", codes)], [.. codes.Select(c => c % 2 == 0 ? 1.0 : 0)]);
        var predicted = Fits.Model(Trainer, fold, Trainer.Info.Default.With("rounds", 60)).Predict(fold.Table);
        Assert.True(Enumerable.Range(1000, 7000).Count(i => (predicted[i] > 0.5) == (codes[i] % 2 == 0)) > 6900);
    }

    [Fact]
    public void Fit_ManyColumns_FindsTheOneThatMatters()
    {
        var random = new SeededRandom(10);
        FeatureColumn[] columns = [.. Enumerable.Range(0, 3000).Select(f => SampleFold.Numbers("x" + f, [.. Enumerable.Range(0, 120).Select(_ => (float)random.NextNormal())]))];
        var cause = ((NumericFeature)columns[1234]).Values;
        var fold = SampleFold.Make(LearningTask.Regression, columns, [.. cause.Select(v => v > 0 ? 5.0 : -5)]);
        var model = (BoostingModel)Fits.Model(Trainer, fold, Trainer.Info.Default.With("rounds", 3));
        Assert.Equal(1234, model.Trees[0].Nodes[0].Feature);
    }

    [Fact]
    public void Advance_CancelledInTheMiddle_Stops()
    {
        var fold = SampleFold.Of(LearningTask.Binary, 20_000);
        using var run = Start(fold, Fits.Free(Trainer, ("rounds", 100_000), ("leaves", 255)));
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
        Assert.True(run.Rounds < 100_000);
    }

    [Fact]
    public void Start_ValuesOutOfRange_NamesThemAll()
    {
        var configuration = Trainer.Info.Default.With("learning_rate", -1).With("leaves", 1).With("extra_trees", "maybe");
        Assert.Equal(3, Assert.Throws<InputException>(() => Start(SampleFold.Of(LearningTask.Binary), configuration)).Faults.Count);
    }

    private static ITrainingRun Start(PreparedFold fold, Configuration configuration)
        => Trainer.Start(new TrainingRequest(fold, fold.Train, configuration, new Seed(3), ThreadShare.Single));
}
