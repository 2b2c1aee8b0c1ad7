using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Errors;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Testing.Contracts;

/// <summary>What every <see cref="ITrainer"/> keeps to; differences between trainers are what their <see cref="TrainerInfo"/> declares.</summary>
public abstract partial class TrainerContract
{
    /// <summary>The trainer under test.</summary>
    protected abstract ITrainer Trainer { get; }

    /// <summary>A configuration that fits 400 rows in well under a second, with whatever randomness the trainer has switched on.</summary>
    protected abstract Configuration Quick { get; }

    /// <summary>The loss that its default reaches on a table with signal at the least, as a part of the constant's.</summary>
    protected virtual double LossShare => 0.6;

    /// <summary>Whether its engine has starting points for it. <value>True.</value></summary>
    protected virtual bool HasStarts => true;

    /// <summary>A task that it learns, where any will do.</summary>
    protected LearningTask AnyTask => Trainer.Info.Tasks[0];

    /// <summary>The tasks, for theories.</summary>
    public static TheoryData<LearningTask> Tasks => [LearningTask.Binary, LearningTask.Multiclass, LearningTask.Regression];

    [Fact]
    public void Info_AsDeclared_HoldsTogether()
    {
        var info = Trainer.Info;
        Assert.Equal(info.Id.ToLowerInvariant(), info.Id);
        Assert.NotEmpty(info.Summary);
        Assert.True(info.Parameters.Contains(info.Default), "the default lies outside the parameters");
        Assert.True(info.Parameters.Contains(info.Cheap), "the cheap configuration lies outside the parameters");
        Assert.True(info.Parameters.Contains(Quick), "the test's configuration lies outside the parameters");
        Assert.Equal(info.Id, info.Default.Trainer);
        Assert.Equal(info.Id, info.Cheap.Trainer);
        Assert.True(info.MaxRounds(info.Default) >= 1);
        Assert.True(info.Cost(info.Default, 1000, 10, 1) > 0);
        Assert.True(info.Cost(info.Default, 2000, 10, 1) > info.Cost(info.Default, 1000, 10, 1));
        Assert.True(info.Cost(info.Cheap, 1000, 10, 1) <= info.Cost(info.Default, 1000, 10, 1));
        for (var corner = 0; corner < 2; corner++)
        {
            var point = new double[info.DefaultSpace.Dimensions];
            Array.Fill(point, corner);
            var configuration = info.DefaultSpace.FromUnit(info.Id, point, info.Default);
            foreach (var parameter in info.DefaultSpace.Parameters)
            {
                var index = info.Parameters.IndexOf(parameter.Name);
                Assert.True(index >= 0, $"'{parameter.Name}' is searched but not a parameter");
                Assert.True(!configuration.Values.TryGetValue(parameter.Name, out var value) || info.Parameters.Parameters[index].Contains(value), $"'{parameter.Name}' is searched at {value}, outside its range");
            }
        }
    }

    [Fact]
    public void Starts_AllOrNone_LieInTheSpaceThatIsSearchedByDefault()
    {
        var info = Trainer.Info;
        var starts = info.Starts();
        Assert.InRange(starts.Count, HasStarts ? 1 : 0, HasStarts ? 12 : 0);
        Assert.All(starts, s => Assert.True(info.DefaultSpace.Contains(s), s.ToString()));
        Assert.Equal(starts.Count, starts.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Fit_TableWithSignal_BeatsTheConstant(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = SampleFold.Of(task, 1000);
        var valid = Valid(fold);
        var predicted = Fit(fold, Trainer.Info.Default, valid, rounds: 50);
        double loss = 0, constant = 0;
        var mean = fold.Train.Average(r => fold.Target[r]);
        for (var i = 0; i < valid.Length; i++)
        {
            var truth = fold.Target[valid[i]];
            switch (task)
            {
                case LearningTask.Binary:
                    loss += Math.Pow(predicted[i] - truth, 2);
                    constant += Math.Pow(mean - truth, 2);
                    break;
                case LearningTask.Multiclass:
                    loss += 1 - predicted[i * fold.Outputs + (int)truth];
                    constant += 2 / 3.0;
                    break;
                default:
                    loss += Math.Pow(predicted[i] - truth, 2);
                    constant += Math.Pow(mean - truth, 2);
                    break;
            }
        }

        Assert.True(loss < LossShare * constant, $"loss {loss}, of a constant {constant}");
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Fit_FourThreads_GivesTheModelOfOne(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = SampleFold.Of(task, 4000);
        var valid = Valid(fold);
        Assert.Equal(Fit(fold, Quick, valid, 1), Fit(SampleFold.Of(task, 4000), Quick, valid, 4));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Fit_SampleOfTheRows_ReadsNoOtherLabel(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = SampleFold.Of(task);
        var sample = fold.Train.Where(r => r % 3 != 0).ToArray();
        var target = (double[])fold.Target.Clone();
        foreach (var row in Enumerable.Range(0, target.Length).Except(sample))
        {
            target[row] = double.NaN;
        }

        var hidden = new PreparedFold(task, fold.Outputs, fold.Table, target, null, fold.Train);
        var valid = Valid(fold);
        Assert.Equal(Fit(fold, Quick, valid, rows: sample), Fit(hidden, Quick, valid, rows: sample));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Fit_RowsOfWeightZero_AreNotThere(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        if (!Trainer.Info.RowWeights)
        {
            return;
        }

        var fold = SampleFold.Of(task, 400, 1, r => r % 4 == 0 ? 0 : 1);
        var valid = Valid(fold);
        Assert.Equal(Fit(fold, Quick, valid, rows: [.. fold.Train.Where(r => r % 4 != 0)]), Fit(fold, Quick, valid));
    }

    [Theory]
    [InlineData(LearningTask.Binary)]
    [InlineData(LearningTask.Regression)]
    public void Fit_MonotoneDirection_IsKept(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        if (!Trainer.Info.Monotone)
        {
            return;
        }

        // against what the table says, so that a trainer that looks away does not pass
        var drawn = SampleFold.Of(task);
        var fold = SampleFold.Make(task, drawn.Table.Columns, drawn.Target, null, drawn.Train, new Dictionary<string, MonotoneDirection> { ["a"] = MonotoneDirection.Decreasing });
        using var run = Start(fold, Quick);
        run.Advance(int.MaxValue, CancellationToken.None);
        var model = run.Complete();
        foreach (var row in fold.Train.Take(20))
        {
            var one = SampleFold.Select(drawn.Table, [.. Enumerable.Repeat(row, 101)]);
            var grid = new FeatureTable([.. one.Columns.Select(c => c.Name == "a" ? SampleFold.Numbers("a", [.. Enumerable.Range(0, 101).Select(i => -3 + 0.06f * i)]) : c)], 101);
            var values = new double[101];
            model.Predict(grid, values);
            Assert.All(Enumerable.Range(1, 100), i => Assert.True(values[i] <= values[i - 1] + 1e-12, $"rises from {values[i - 1]} to {values[i]}"));
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Fit_OneLabelOnly_PredictsIt(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var drawn = SampleFold.Of(task);
        var target = new double[drawn.Target.Length];
        Array.Fill(target, 1);
        var fold = new PreparedFold(task, drawn.Outputs, drawn.Table, target, null, drawn.Train);
        var values = Fit(fold, Quick, Valid(fold));
        AssertPredictions(task, fold.Outputs, values);
        for (var i = 0; i < values.Length; i += fold.Outputs)
        {
            Assert.True(Math.Abs(values[i + (task == LearningTask.Multiclass ? 1 : 0)] - 1) < 0.02, $"predicted {values[i]}");
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Fit_ColumnWithoutValues_HasAnAnswer(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var drawn = SampleFold.Of(task);
        var nothing = SampleFold.Numbers("nothing", [.. Enumerable.Repeat(float.NaN, drawn.Table.RowCount)]);
        var unknown = new CategoricalFeature("unknown", "unknown", [.. Enumerable.Repeat(-1, drawn.Table.RowCount)], 0);
        var fold = new PreparedFold(task, drawn.Outputs, new FeatureTable([nothing, unknown, .. drawn.Table.Columns], drawn.Table.RowCount), drawn.Target, null, drawn.Train);
        AssertPredictions(task, fold.Outputs, Fit(fold, Quick, Valid(fold)));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Fit_NoColumns_PredictsTheConstant(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = SampleFold.Make(task, [], [0, 1, 1, 1]);
        var values = Fit(fold, Quick, [0, 1]);
        AssertPredictions(task, fold.Outputs, values);
        Assert.Equal(values[..fold.Outputs], values[fold.Outputs..]);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void OutOfBag_InStepsOrOnFourThreads_IsThatOfOneGo(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = SampleFold.Of(task, 3000, 1, r => r % 10 == 0 ? 0 : 1);
        using var atOnce = Start(fold, Quick);
        using var inSteps = Start(fold, Quick, threads: 4);
        if (atOnce is not IOutOfBagRun first || inSteps is not IOutOfBagRun second)
        {
            return;
        }

        Assert.Empty(first.OutOfBag(CancellationToken.None)!.Rows);
        first.Advance(int.MaxValue, CancellationToken.None);
        while (second.CanAdvance)
        {
            second.Advance(2, CancellationToken.None);
            second.OutOfBag(CancellationToken.None);
        }

        var (expected, found) = (first.OutOfBag(CancellationToken.None)!, second.OutOfBag(CancellationToken.None)!);
        Assert.Equal(expected.Rows, found.Rows);
        Assert.Equal(expected.Values, found.Values);
        Assert.NotEmpty(expected.Rows);
        Assert.Empty(expected.Rows.Except(fold.Train.Where(r => fold.Weights![r] > 0)));
        Assert.Equal(expected.Rows.Order(), expected.Rows);
        AssertPredictions(task, fold.Outputs, expected.Values);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void OutOfBag_LabelOfARowChanged_DoesNotReachThatRow(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = SampleFold.Of(task);
        var row = fold.Train[7];
        var target = (double[])fold.Target.Clone();
        target[row] = task == LearningTask.Regression ? target[row] + 5 : 1 - Math.Min(1, target[row]);
        var changed = new PreparedFold(task, fold.Outputs, fold.Table, target, null, fold.Train);
        Assert.Equal(OfRow(fold), OfRow(changed), (a, b) => Math.Abs(a - b) < 1e-9);

        double[] OfRow(PreparedFold of)
        {
            using var run = Start(of, Quick);
            run.Advance(int.MaxValue, CancellationToken.None);
            var unseen = (run as IOutOfBagRun)?.OutOfBag(CancellationToken.None);
            return unseen is null ? [] : unseen.Values.AsSpan(Array.IndexOf(unseen.Rows, row) * of.Outputs, of.Outputs).ToArray();
        }
    }

    [Fact]
    public void OutOfBag_Cancelled_Throws()
    {
        using var run = Start(SampleFold.Of(AnyTask), Quick);
        run.Advance(3, CancellationToken.None);
        if (run is IOutOfBagRun outOfBag)
        {
            Assert.ThrowsAny<OperationCanceledException>(() => outOfBag.OutOfBag(new CancellationToken(true)));
        }
    }

    [Fact]
    public void Advance_Cancelled_Throws()
    {
        using var run = Start(SampleFold.Of(AnyTask), Quick);
        Assert.ThrowsAny<OperationCanceledException>(() => run.Advance(1, new CancellationToken(true)));
    }

    [Fact]
    public void Start_NoRows_SaysSo()
    {
        var fold = SampleFold.Of(AnyTask);
        Assert.ThrowsAny<TuneLabException>(() => Fit(fold, Quick, [0], rows: []));
    }

    [Fact]
    public void Start_UnknownHyperparameter_NamesTheNearest()
    {
        if (Trainer.Info.Parameters.Dimensions == 0)
        {
            return;
        }

        var name = Trainer.Info.Parameters.Parameters[0].Name;
        var error = Assert.Throws<InputException>(() => Start(SampleFold.Of(AnyTask), Quick.With(name + "x", 1)));
        Assert.Contains(name, error.Message + error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_EmptyConfiguration_IsTheDefault()
    {
        var fold = SampleFold.Of(AnyTask);
        var valid = Valid(fold);
        Assert.Equal(Fit(fold, Trainer.Info.Default, valid, rounds: 20), Fit(fold, new Configuration(Trainer.Info.Id, []), valid, rounds: 20));
    }

    /// <summary>Whether the trainer learns a task: a test of another one has nothing to say.</summary>
    protected bool Learns(LearningTask task) => Trainer.Info.Tasks.Contains(task);

    /// <summary>The rows that are not for training.</summary>
    protected static int[] Valid(PreparedFold fold) => [.. Enumerable.Range(0, fold.Table.RowCount).Except(fold.Train)];

    /// <summary>A run over the fold's training rows, or some of them.</summary>
    protected ITrainingRun Start(PreparedFold fold, Configuration configuration, int threads = 1, int[]? rows = null)
        => Trainer.Start(new TrainingRequest(fold, rows ?? fold.Train, configuration, new Seed(7), new ThreadShare(threads)));

    /// <summary>Fits to the end, or for some rounds, and predicts.</summary>
    protected double[] Fit(PreparedFold fold, Configuration configuration, int[] predict, int threads = 1, int[]? rows = null, int rounds = int.MaxValue)
    {
        using var run = Start(fold, configuration, threads, rows);
        run.Advance(rounds, CancellationToken.None);
        var values = new double[predict.Length * fold.Outputs];
        run.Predict(predict, values);
        return values;
    }

    private static void AssertPredictions(LearningTask task, int outputs, double[] values)
    {
        Assert.All(values, v => Assert.True(double.IsFinite(v), $"predicted {v}"));
        if (task != LearningTask.Regression)
        {
            Assert.All(values, v => Assert.InRange(v, 0, 1));
        }

        for (var i = 0; i < values.Length && task == LearningTask.Multiclass; i += outputs)
        {
            Assert.Equal(1, values.AsSpan(i, outputs).ToArray().Sum(), 9);
        }
    }
}
