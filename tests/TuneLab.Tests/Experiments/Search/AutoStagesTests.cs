using TuneLab.Experiments;

namespace TuneLab.Tests.Experiments.Search;

public sealed class AutoStagesTests
{
    [Theory]
    [InlineData(100, 3, 100)]
    [InlineData(100, 3, 7)]
    [InlineData(50_000, 1, 61)]
    [InlineData(2_000_000, 12, 400)]
    public void For_ABudgetInTrials_IsUsedToTheLast(int rows, int trainers, int trials)
    {
        var stages = AutoStages.For(rows, trainers, trials, 60, 5);
        Assert.Equal(trials, trainers + stages.Sum(s => (s.Trials ?? 0) * s.Passes));
        Assert.Equal("confirm", stages[^1].Name);
        Assert.All(stages, s => Assert.InRange(s.Rows, 0.01, 1));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    [InlineData(0)]
    public void For_NoMoreTrialsThanTrainers_HasNoStageWithoutTrials(int trials)
        => Assert.Equal(["confirm"], AutoStages.For(1000, 3, trials, 60, 5).Select(s => s.Name));

    [Fact]
    public void For_AHandfulOfTrials_IsOneSearchOnAllRows()
    {
        Assert.Equal([("coarse", 7, 1.0), ("confirm", null, 1.0)], AutoStages.For(100_000, 1, 8, 60, 5).Select(s => (s.Name, s.Trials, s.Rows)));
        Assert.Equal(["coarse", "refine", "polish", "confirm"], AutoStages.For(100_000, 1, 9, 60, 5).Select(s => s.Name));
    }

    [Fact]
    public void For_FewTrials_RefinesInOnePassWithRoomForMoreThanWhatTheSampleRankedBest()
    {
        var few = AutoStages.For(100_000, 1, 16, 60, 5);
        Assert.Equal((1, 6), (few[1].Passes, few[1].Trials));
        Assert.Equal(2, AutoStages.For(100_000, 1, 24, 60, 5)[1].Passes);
    }

    [Fact]
    public void For_TimeOnly_LeavesTrialsToTheClock()
        => Assert.All(AutoStages.For(1000, 3, null, 60, 5), s => Assert.Null(s.Trials));

    [Fact]
    public void For_TimeAndManyRows_SearchesCoarselyOnOneFoldWithLittleOfTheTime()
    {
        var stages = AutoStages.For(100_000, 3, null, 60, 5);
        Assert.Equal(("tpe", 1, 0.12, 3), (stages[0].Sampler, stages[0].Folds, stages[0].Share, stages[0].Passes));
        Assert.All(stages.Skip(1), s => Assert.Null(s.Folds));
        Assert.Equal(("gp", 0.22), (stages[1].Sampler, stages[1].Rows));
        Assert.Equal(("gp", 1), (AutoStages.For(30_000, 3, null, 60, 5)[1].Sampler, AutoStages.For(30_000, 3, null, 60, 5)[1].Rows));
        Assert.Equal(1, AutoStages.For(100_000, 3, null, 150, 5)[1].Rows); // the more time, the more rows
        Assert.Equal(0.41, AutoStages.For(30_000, 3, null, 20, 5)[1].Rows);
        Assert.Equal(0.41, AutoStages.For(30_000, 3, null, 60, 25)[1].Rows); // and the more folds, the fewer
        Assert.All(AutoStages.For(1000, 3, null, 60, 5), s => Assert.Equal((null, null), (s.Folds, s.Share)));
        Assert.Equal(1, AutoStages.For(1000, 3, null, 60, 5)[0].Passes);
        Assert.All(AutoStages.For(100_000, 3, null, 60, 1), s => Assert.Equal((null, null), (s.Folds, s.Share)));
        Assert.All(AutoStages.For(100_000, 3, 100, 60, 5), s => Assert.Equal((null, null), (s.Folds, s.Share)));
    }

    [Fact]
    public void For_ALargeTable_BeginsWithStartingPointsOnlyAsFarAsTheyAreAThirdOfTheCoarseTrials()
    {
        Assert.Equal(0, AutoStages.For(3_000, 1, null, 60, 5)[0].Starts);
        Assert.Equal(4, AutoStages.For(4_000, 1, null, 60, 5)[0].Starts);
        Assert.Equal(4, AutoStages.For(100_000, 3, null, 60, 5)[0].Starts);
        Assert.Equal(4, AutoStages.For(100_000, 1, 100, 60, 5)[0].Starts);
        Assert.All(Enumerable.Range(4, 60), trials => Assert.All(AutoStages.For(100_000, 3, trials, 60, 5).Where(s => s.Name == "coarse"), s => Assert.True(3 * 3 * s.Starts <= s.Trials)));
        Assert.All(AutoStages.For(100_000, 3, null, 60, 5).Skip(1), s => Assert.Equal(0, s.Starts));
    }

    [Fact]
    public void For_LargerTables_SearchesOnSmallerShares()
    {
        double[] coarse = [.. new[] { 1_000, 8_000, 20_000, 100_000, 5_000_000 }.Select(rows => AutoStages.For(rows, 3, 100, 60, 5)[0].Rows)];
        Assert.Equal(1, coarse[0]);
        Assert.Equal(coarse.OrderDescending(), coarse);
        Assert.Equal(0.05, coarse[^1]);
        var stages = AutoStages.For(100_000, 3, 100, 60, 5);
        Assert.True(stages[0].Rows < stages[1].Rows && stages[1].Rows < stages[2].Rows);
    }
}
