using TuneLab.Analysis;
using TuneLab.Data;
using TuneLab.Metrics;

namespace TuneLab.Tests.Analysis;

/// <summary>What the tests of significance say where there is nothing to test.</summary>
public sealed class SignificanceTests
{
    [Fact]
    public void DeLong_SameRanks_HasNoErrorAndNoDoubt()
    {
        var rows = Binary([0, 0, 1, 1, 0], [0.1, 0.6, 0.5, 0.9, 0.2]);
        Assert.Equal((0, 0, 0.5), Parts(DeLongTest.Run(rows, rows)!));
        Assert.Equal(1, DeLongTest.Run(rows, rows, by: 0.01)!.P);
        Assert.Equal(0, DeLongTest.Run(rows, rows, by: -0.01)!.P);
    }

    [Theory]
    [InlineData(new double[] { 0, 0, 0, 1 })]
    [InlineData(new double[] { 1, 1, 1, 1 })]
    public void DeLong_FewerThanTwoRowsOfAClass_DoesNotApply(double[] truth)
        => Assert.Null(DeLongTest.Run(Binary(truth, [0.1, 0.2, 0.3, 0.4]), Binary(truth, [0.4, 0.2, 0.3, 0.4])));

    [Fact]
    public void DeLong_RowsOfDifferentWeight_DoesNotApply()
        => Assert.Null(DeLongTest.Error(new Predictions(LearningTask.Binary, [0, 0, 1, 1], [0.1, 0.2, 0.3, 0.4], 1, [1, 2, 1, 1])));

    [Fact]
    public void DeLong_OtherRows_Throws()
        => Assert.Throws<ArgumentException>(() => DeLongTest.Run(Binary([0, 0, 1, 1], [0.1, 0.2, 0.3, 0.4]), Binary([0, 1, 1, 1], [0.1, 0.2, 0.3, 0.4])));

    [Fact]
    public void McNemar_NeverDifferent_IsNoEvidence()
    {
        var rows = Binary([0, 0, 1, 1], [0.1, 0.6, 0.5, 0.9]);
        Assert.Equal(new McNemar(0, 0, 1), McNemarTest.Run(rows, rows));
    }

    [Fact]
    public void Anova_TooFewTablesOrNoResiduals_HasNoAnswer()
    {
        Assert.Null(RepeatedAnova.Run([[0.1, 0.2], [0.3, 0.1]]));
        Assert.Null(RepeatedAnova.Run([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]));
        Assert.Null(RepeatedAnova.Run([[1, 1, 1], [2, 2, 2], [3, 3, 3]]));
        Assert.Throws<ArgumentException>(() => RepeatedAnova.Run([[1, double.NaN], [2, 2], [3, 3]]));
    }

    [Fact]
    public void Friedman_TooFewTables_HasNoAnswer() => Assert.Null(FriedmanTest.Run([[0.1, 0.2], [0.3, 0.1]], true));

    [Fact]
    public void Friedman_TiesEverywhere_SayNothing()
    {
        var test = FriedmanTest.Run([[1, 1, 1], [2, 2, 2], [3, 3, 3]], true)!;
        Assert.Equal([2.0, 2, 2], test.MeanRanks);
        Assert.Equal((double.NaN, double.NaN), (test.ChiSquared, test.PF));
    }

    [Fact]
    public void Friedman_LessIsBetter_TurnsTheRanks()
        => Assert.Equal([1.0, 2], FriedmanTest.Run([[1, 2], [3, 4], [5, 6]], higherIsBetter: false)!.MeanRanks);

    private static Predictions Binary(double[] truth, double[] values) => new(LearningTask.Binary, truth, values, 1);

    private static (double, double, double) Parts(DeLong test) => (test.Effect, test.Error, test.P);
}
