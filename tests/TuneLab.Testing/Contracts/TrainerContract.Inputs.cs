using System.Globalization;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Errors;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Testing.Contracts;

/// <summary>Strange tables: each has a defined answer.</summary>
public abstract partial class TrainerContract
{
    /// <summary>The strange tables on which it promises no more than finite predictions.</summary>
    protected virtual IReadOnlyCollection<string> FiniteOnly => [];

    /// <summary>Every strange table with every task.</summary>
    public static TheoryData<string, LearningTask> StrangeInputs()
    {
        var cases = new TheoryData<string, LearningTask>();
        foreach (var name in StrangeFold.Names)
        {
            cases.Add(name, LearningTask.Binary);
            cases.Add(name, LearningTask.Multiclass);
            cases.Add(name, LearningTask.Regression);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(StrangeInputs))]
    public void Fit_StrangeTable_HasItsAnswer(string name, LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = StrangeFold.Of(name, task);
        int[] all = [.. Enumerable.Range(0, fold.Table.RowCount)];
        using var run = Start(fold, Quick);
        run.Advance(int.MaxValue, CancellationToken.None);
        var values = new double[all.Length * fold.Outputs];
        run.Predict(all, values);
        AssertPredictions(task, fold.Outputs, values);
        var ofModel = new double[values.Length];
        run.Complete().Predict(fold.Table, ofModel);
        Assert.Equal(values, ofModel);
        switch (FiniteOnly.Contains(name) ? StrangeAnswer.Finite : StrangeFold.Answer(name))
        {
            case StrangeAnswer.ThatOfNoColumns:
                Assert.Equal(Fit(fold.With(), Quick, all), values);
                break;
            case StrangeAnswer.TheOnlyLabel:
                Assert.All(all, row => Assert.Equal(fold.Target[row], Label(fold, values, row), 9));
                break;
            case StrangeAnswer.MissingClassLast when task == LearningTask.Multiclass:
                double Share(int label) => all.Average(row => values[row * 3 + label]);
                Assert.True(Share(2) < 0.1 * Math.Min(Share(0), Share(1)), $"shares {Share(0)}, {Share(1)}, without rows {Share(2)}");
                break;
            case StrangeAnswer.BetterThanConstant:
                var (loss, constant) = (Loss(fold, values), Loss(fold, Fit(fold.With(), Quick, all)));
                Assert.True(loss < 0.9 * constant, $"loss {loss}, of the constant {constant}");
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Predict_TableOfStrangeValues_IsFinite(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = StrangeFold.Of("one column", task);
        using var run = Start(fold, Quick);
        run.Advance(int.MaxValue, CancellationToken.None);
        float[] strange = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -float.MaxValue, float.Epsilon, -0f, 1e30f];
        var values = new double[strange.Length * fold.Outputs];
        run.Complete().Predict(new FeatureTable([SampleFold.Numbers("signal", strange)], strange.Length), values);
        AssertPredictions(task, fold.Outputs, values);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(-40)]
    public void Fit_LabelsInAnotherUnit_PredictsInThatUnit(int exponent)
    {
        if (!Learns(LearningTask.Regression))
        {
            return;
        }

        var drawn = SampleFold.Of(LearningTask.Regression);
        var scaled = new PreparedFold(drawn.Task, 1, drawn.Table, Array.ConvertAll(drawn.Target, y => Math.ScaleB(y, exponent)), null, drawn.Train);
        var valid = Valid(drawn);
        var (expected, values) = (Fit(drawn, Quick, valid), Fit(scaled, Quick, valid));
        Assert.Equal(expected, Array.ConvertAll(values, v => Math.ScaleB(v, -exponent)), (a, b) => Math.Abs(a - b) < 1e-9 * Math.Abs(a));
    }

    [Theory]
    [InlineData(LearningTask.Regression, double.NaN, 1)]
    [InlineData(LearningTask.Regression, double.NegativeInfinity, 1)]
    [InlineData(LearningTask.Regression, 1e101, 1)]
    [InlineData(LearningTask.Binary, 2, 1)]
    [InlineData(LearningTask.Binary, 0.5, 1)]
    [InlineData(LearningTask.Multiclass, -1, 1)]
    [InlineData(LearningTask.Multiclass, 3, 1)]
    [InlineData(LearningTask.Multiclass, double.NaN, 1)]
    [InlineData(LearningTask.Binary, 1, -1)]
    [InlineData(LearningTask.Regression, 1, double.NaN)]
    [InlineData(LearningTask.Regression, 1, double.PositiveInfinity)]
    [InlineData(LearningTask.Multiclass, 1, 1e101)]
    public void Start_LabelOrWeightThatCannotBe_NamesRowAndValue(LearningTask task, double label, double weight)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = new PreparedFold(task, task == LearningTask.Multiclass ? 3 : 1, new FeatureTable([SampleFold.Numbers("x", 1, 2, 3)], 3), [0, 1, label], [1, 1, weight], [1, 2]);
        var error = Assert.Throws<InputException>(() => Start(fold, Quick));
        Assert.Contains("Row 2", error.Message, StringComparison.Ordinal);
        Assert.Contains((label == 1 ? weight : label).ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_MulticlassOfOneClass_SaysSo()
    {
        var fold = new PreparedFold(LearningTask.Multiclass, 1, new FeatureTable([SampleFold.Numbers("x", 1, 2)], 2), [0, 0], null, [0, 1]);
        Assert.True(!Learns(LearningTask.Multiclass) || Record.Exception(() => Start(fold, Quick)) is InputException);
    }

    [Theory]
    [InlineData(1e100)]
    [InlineData(1e-100)]
    [InlineData(1e-300)]
    public void Fit_LabelsAtTheLimit_IsFinite(double scale)
    {
        if (!Learns(LearningTask.Regression))
        {
            return;
        }

        var fold = StrangeFold.Of("one column", LearningTask.Regression);
        var scaled = new PreparedFold(fold.Task, 1, fold.Table, Array.ConvertAll(fold.Target, y => y * scale / 4), null, fold.Train);
        AssertPredictions(fold.Task, 1, Fit(scaled, Quick, fold.Train));
    }

    [Theory]
    [InlineData(LearningTask.Binary, 1e100)]
    [InlineData(LearningTask.Binary, 1e-300)]
    [InlineData(LearningTask.Multiclass, 1e100)]
    [InlineData(LearningTask.Multiclass, 1e-300)]
    [InlineData(LearningTask.Regression, 1e100)]
    [InlineData(LearningTask.Regression, 1e-300)]
    public void Fit_WeightsAtTheLimit_IsFinite(LearningTask task, double weight)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = SampleFold.Of(task, 100, 1, _ => weight);
        AssertPredictions(task, fold.Outputs, Fit(fold, Quick, Valid(fold)));
    }

    /// <summary>The label that is predicted for a row: the likeliest class or the number.</summary>
    private static double Label(PreparedFold fold, double[] values, int row) => fold.Task switch
    {
        LearningTask.Binary => values[row] > 0.5 ? 1 : 0,
        LearningTask.Multiclass => values.AsSpan(row * fold.Outputs, fold.Outputs).ToArray() is var shares ? Array.IndexOf(shares, shares.Max()) : -1,
        _ => values[row],
    };

    /// <summary>The mean squared distance from the labels of the training rows, or from shares of 0 and 1.</summary>
    private static double Loss(PreparedFold fold, double[] values)
        => fold.Train.Average(row => fold.Task == LearningTask.Multiclass
            ? Enumerable.Range(0, fold.Outputs).Sum(k => Math.Pow(values[row * fold.Outputs + k] - (fold.Target[row] == k ? 1 : 0), 2))
            : Math.Pow(values[row] - fold.Target[row], 2));
}
