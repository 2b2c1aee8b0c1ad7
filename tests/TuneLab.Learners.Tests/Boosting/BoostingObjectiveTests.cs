using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Errors;
using TuneLab.Learners.Boosting;
using TuneLab.Learners.Boosting.Objectives;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Boosting;

/// <summary>The hyperparameters <c>objective</c> and <c>class_weight</c>, from the configuration to the saved model.</summary>
public sealed class BoostingObjectiveTests
{
    private static readonly BoostingTrainer Trainer = new();

    public static TheoryData<string> Objectives => [.. ObjectiveChoice.Names];

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Fit_WholeWeights_AreAsRepeatedRows(string objective)
    {
        var weighted = Positive(SampleFold.Of(LearningTask.Regression, 120, 2, r => 1 + r % 3));
        var numbers = new FeatureTable([.. weighted.Table.Columns.Where(c => c is NumericFeature)], weighted.Table.RowCount);
        int[] repeated = [.. weighted.Train.SelectMany(r => Enumerable.Repeat(r, 1 + r % 3))];
        var a = new PreparedFold(LearningTask.Regression, 1, numbers, weighted.Target, weighted.Weights, weighted.Train);
        var b = SampleFold.Make(LearningTask.Regression, SampleFold.Select(numbers, repeated).Columns, [.. repeated.Select(r => weighted.Target[r])]);
        var configuration = Fits.Free(Trainer, ("rounds", 15), ("leaves", 6), ("min_child_weight", 1.5), ("min_child_samples", 7), ("objective", objective));
        Assert.Equal(Fits.Model(Trainer, b, configuration).Predict(numbers), Fits.Model(Trainer, a, configuration).Predict(numbers), (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Fit_WeightsScaled_GivesTheSameModel(string objective)
    {
        var drawn = Positive(SampleFold.Of(LearningTask.Regression, 300, 4, r => 1 + r % 3));
        var heavier = new PreparedFold(LearningTask.Regression, 1, drawn.Table, drawn.Target, [.. drawn.Weights!.Select(w => 8 * w)], drawn.Train);
        var configuration = Fits.Free(Trainer, ("rounds", 10), ("leaves", 8), ("min_child_weight", 0), ("objective", objective));
        Assert.Equal(Fits.Model(Trainer, drawn, configuration).Predict(drawn.Table), Fits.Model(Trainer, heavier, configuration.With("min_child_samples", 8).With("cat_smooth", 80).With("cat_l2", 80)).Predict(drawn.Table),
            (x, y) => Math.Abs(x - y) < 1e-9);
    }

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Fit_InStepsOnThreeThreadsSavedAndLoaded_PredictsTheSameBitForBit(string objective)
    {
        var fold = Positive(SampleFold.Of(LearningTask.Regression, 20_000));
        var configuration = Fits.Free(Trainer, ("rounds", 9), ("bagging_fraction", 0.9), ("objective", objective));
        var atOnce = Fits.Model(Trainer, fold, configuration);
        using var run = Trainer.Start(new TrainingRequest(fold, fold.Train, configuration, new Seed(3), new ThreadShare(3)));
        var rows = Enumerable.Range(0, fold.Table.RowCount).ToArray();
        var ofRun = new double[rows.Length];
        while (run.CanAdvance)
        {
            run.Advance(2, CancellationToken.None);
            run.Predict(rows, ofRun);
        }

        Assert.Equal(atOnce.Predict(fold.Table), ofRun);
        Assert.Equal(ofRun, Reload(run.Complete()).Predict(fold.Table));
    }

    [Theory]
    [InlineData("absolute", 0.5, 0)]
    [InlineData("quantile", 0.9, 0)]
    [InlineData("quantile", 0.25, 0)]
    [InlineData("absolute", 0.5, 3)]
    public void Fit_OneTree_GivesEachLeafItsQuantile(string objective, double level, double l2)
    {
        // two groups of rows, labels skewed within each
        var random = new SeededRandom(12);
        var x = Enumerable.Range(0, 101).Select(i => i < 50 ? 0f : 1).ToArray();
        var y = x.Select(v => 100 * v + Math.Exp(random.NextNormal())).ToArray();
        var fold = SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", x)], y);
        var configuration = Fits.Free(Trainer, ("rounds", 1), ("leaves", 2), ("learning_rate", 1), ("l2", l2), ("objective", objective));
        var predicted = Fits.Model(Trainer, fold, objective == "quantile" ? configuration.With("quantile", level) : configuration).Predict(fold.Table);
        Assert.Equal(WeightedQuantile.Of([.. y[..50]], [], level), predicted[0], 9);
        Assert.Equal(WeightedQuantile.Of([.. y[50..]], [], level), predicted[100], 9);
    }

    [Fact]
    public void Fit_OneTreeForHuber_GivesEachLeafItsLocation()
    {
        double[] y = [1, 2, 3, 40, 11, 12, 13, -40];
        var fold = SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", 0, 0, 0, 0, 1, 1, 1, 1)], y);
        var predicted = Fits.Model(Trainer, fold, Fits.Free(Trainer, ("rounds", 1), ("leaves", 2), ("learning_rate", 1), ("objective", "huber"), ("huber_delta", 0.5))).Predict(fold.Table);
        var huber = new HuberObjective(0.5);
        var initial = huber.Initial(y, null)[0];
        huber.BeginRound(y, null, [.. y.Select(_ => initial)]);
        Assert.Equal(HuberLocation.Of([1, 2, 3, 40], [], huber.Delta), predicted[0], 9);
        Assert.Equal(HuberLocation.Of([11, 12, 13, -40], [], huber.Delta), predicted[7], 9);
        Assert.InRange(predicted[0], 2, 5); // the outliers pull little
        Assert.InRange(predicted[7], 9, 12);
    }

    [Fact]
    public void Fit_OneTreeForPoisson_GivesEachLeafItsMean()
    {
        double[] y = [1, 2, 3, 400, 500, 600];
        var fold = SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", 0, 0, 0, 1, 1, 1)], y);
        var predicted = Fits.Model(Trainer, fold, Fits.Free(Trainer, ("rounds", 2), ("leaves", 2), ("learning_rate", 1), ("objective", "poisson"))).Predict(fold.Table);
        Assert.Equal(251 * Math.Exp(-1), Fits.Model(Trainer, fold, Fits.Free(Trainer, ("rounds", 1), ("leaves", 2), ("learning_rate", 1), ("objective", "poisson"))).Predict(fold.Table)[0], 9);
        Assert.Equal(500, predicted[5], 6);
    }

    [Fact]
    public void Fit_PoissonWithOneHugeCount_StaysFinite()
    {
        var fold = SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", [.. Enumerable.Range(0, 200).Select(i => (float)i)])], [.. Enumerable.Range(0, 200).Select(i => i == 77 ? 1e6 : 0.0)]);
        var predicted = Fits.Model(Trainer, fold, Fits.Free(Trainer, ("rounds", 200), ("objective", "poisson"), ("min_child_weight", 0))).Predict(fold.Table);
        Assert.All(predicted, p => Assert.InRange(p, 0, 1.001e6));
        Assert.InRange(predicted[77], 0.99e6, 1.001e6);
    }

    [Fact]
    public void Fit_Outliers_MoveAbsoluteAndHuberLessThanSquared()
    {
        var drawn = SampleFold.Of(LearningTask.Regression, 2000);
        var random = new SeededRandom(1);
        var spoilt = drawn.Target.Select(t => random.NextInt(20) == 0 ? t + 200 : t).ToArray();
        var fold = new PreparedFold(LearningTask.Regression, 1, drawn.Table, spoilt, null, drawn.Train);
        double Error(string objective) => Fits.Model(Trainer, fold, Trainer.Info.Default.With("rounds", 60).With("objective", objective)).Predict(drawn.Table).Skip(1600).Select((p, i) => Math.Abs(p - drawn.Target[1600 + i])).Average();
        Assert.True(Error("absolute") < 0.2 * Error("squared"));
        Assert.True(Error("huber") < 0.2 * Error("squared"));
    }

    [Theory]
    [InlineData(LearningTask.Binary, "quantile")]
    [InlineData(LearningTask.Multiclass, "squared")]
    public void Start_ObjectiveForNumbersOnClasses_SaysWhatToDo(LearningTask task, string objective)
    {
        var error = Assert.Throws<InputException>(() => Fits.Model(Trainer, SampleFold.Of(task), Trainer.Info.Default.With("objective", objective)));
        Assert.Contains(objective, error.Message, StringComparison.Ordinal);
        Assert.Contains("auto", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_NegativeCounts_AreRefused()
    {
        var fold = SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", 1, 2)], [3, -1]);
        Assert.Contains("-1", Assert.Throws<InputException>(() => Fits.Model(Trainer, fold, Trainer.Info.Default.With("objective", "poisson"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ModelOfTheFirstFormat_HasTheObjectiveOfItsTask()
    {
        var fold = SampleFold.Of(LearningTask.Binary);
        var model = Fits.Model(Trainer, fold, Trainer.Info.Default.With("rounds", 5));
        var bytes = Bytes(model).ToList();
        var header = 4 + 1 + 4 + 4 + fold.Table.Columns.Count;
        bytes[3] = (byte)'1';
        bytes.RemoveRange(header, 1 + 8); // kind and number of the objective
        using var reader = new BinaryReader(new MemoryStream([.. bytes]));
        Assert.Equal(model.Predict(fold.Table), Trainer.Load(reader).Predict(fold.Table));
    }

    [Fact]
    public void Load_UnknownObjective_IsInvalidData()
    {
        var fold = SampleFold.Of(LearningTask.Regression);
        var bytes = Bytes(Fits.Model(Trainer, fold, Trainer.Info.Default.With("rounds", 2)));
        bytes[4 + 1 + 4 + 4 + fold.Table.Columns.Count] = 99;
        using var reader = new BinaryReader(new MemoryStream(bytes));
        Assert.Contains("99", Assert.Throws<InvalidDataException>(() => Trainer.Load(reader)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LearningTask.Binary)]
    [InlineData(LearningTask.Multiclass)]
    public void Fit_BalancedClasses_IsAsWeightingThemByHand(LearningTask task)
    {
        // of several classes a leaf's step also goes by how many rows there are, and a whole weight by itself is a number of rows
        var drawn = SampleFold.Of(task, 700, 3, r => task == LearningTask.Multiclass ? 1 : 1 + r % 2);
        var classes = Math.Max(2, drawn.Outputs);
        var totals = Enumerable.Range(0, classes).Select(k => drawn.Train.Where(r => drawn.Target[r] == k).Sum(r => drawn.Weights![r])).ToArray();
        // eight times as heavy, so that every row by itself weighs enough for min_child_samples
        var byHand = drawn.Target.Select((t, r) => 8 * drawn.Weights![r] * totals.Sum() / (classes * totals[(int)t])).ToArray();
        var hand = new PreparedFold(task, drawn.Outputs, drawn.Table, drawn.Target, byHand, drawn.Train);
        var configuration = Fits.Free(Trainer, ("rounds", 10), ("min_child_weight", 0), ("cat_smooth", 0), ("cat_l2", 0));
        // at 700 rows no two splits are equal but for rounding; the training rows only: of two parts that weigh the same but for rounding either may take the values that a node did not meet
        var table = SampleFold.Select(drawn.Table, drawn.Train);
        var balanced = Fits.Model(Trainer, drawn, configuration.With("class_weight", "balanced")).Predict(table);
        Assert.Equal(Fits.Model(Trainer, hand, configuration).Predict(table), balanced, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.NotEqual(Fits.Model(Trainer, drawn, configuration).Predict(table), balanced);
    }

    [Fact]
    public void Start_BalancedNumbers_SaysSo()
        => Assert.Contains("class_weight", Assert.Throws<InputException>(() => Fits.Model(Trainer, SampleFold.Of(LearningTask.Regression), Trainer.Info.Default.With("class_weight", "balanced"))).Message, StringComparison.Ordinal);

    private static PreparedFold Positive(PreparedFold fold)
        => new(fold.Task, fold.Outputs, fold.Table, [.. fold.Target.Select(t => Math.Max(0, t))], fold.Weights, fold.Train);

    private static ITrainedModel Reload(ITrainedModel model)
    {
        using var reader = new BinaryReader(new MemoryStream(Bytes(model)));
        return Trainer.Load(reader);
    }

    private static byte[] Bytes(ITrainedModel model)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        model.Save(writer);
        return stream.ToArray();
    }
}
