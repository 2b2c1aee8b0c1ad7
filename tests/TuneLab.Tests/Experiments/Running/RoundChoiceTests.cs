using TuneLab.Experiments.Running;
using TuneLab.Storage;

namespace TuneLab.Tests.Experiments.Running;

public sealed class RoundChoiceTests
{
    [Fact]
    public void Rounds_FoldsDisagree_ReadsTheMeanCurve()
        // each fold alone would take 1 or 4; the mean is lowest at 2
        => Assert.Equal(2, RoundChoice.Rounds([Fold([1, 2, 4], [1, 2, 5]), Fold([1, 2, 4], [5, 2, 1])]));

    [Fact]
    public void Rounds_FoldsOfUnequalSize_WeighsRows()
        => Assert.Equal(4, RoundChoice.Rounds([Fold([1, 4], [1, 2], rows: 10), Fold([1, 4], [3, 2], rows: 30)]));

    [Fact]
    public void Rounds_OneFoldStoppedEarlier_ChoosesAmongWhatAllReached()
        => Assert.Equal(2, RoundChoice.Rounds([Fold([1, 2], [3, 2]), Fold([1, 2, 4, 8], [3, 2, 1, 0])]));

    [Fact]
    public void Rounds_OneFoldHadNothingLeftToLearn_CountsItUnchanged()
        => Assert.Equal(8, RoundChoice.Rounds([Fold([1, 2], [3, 2], Evaluation.NothingLeft), Fold([1, 2, 4, 8], [3, 2, 1, 0])]));

    [Fact]
    public void Rounds_OneFoldScoredSeldom_CountsItAsItWasAtItsLast()
        // at 3 the second fold still counts as at 2: 1 + 2 beats 2 + 2 and 4 + 1
        => Assert.Equal(3, RoundChoice.Rounds([Fold([1, 2, 3, 4], [3, 2, 1, 4]), Fold([1, 2, 4], [3, 2, 1])]));

    [Fact]
    public void Rounds_Ties_TakesFewer() => Assert.Equal(1, RoundChoice.Rounds([Fold([1, 2], [1, 1])]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(500)]
    [InlineData(2000)]
    public void UpTo_AnyMaximum_RisesToItInSteps(int most)
    {
        var grid = CheckpointGrid.UpTo(most);
        Assert.Equal(most, grid[^1]);
        Assert.Equal(grid.Order().Distinct(), grid);
        Assert.True(grid.Length <= 40);
        Assert.All(grid.Zip(grid.Skip(1)), p => Assert.True(p.Second <= Math.Max(p.First + 1, p.First * 1.25)));
    }

    [Fact]
    public void UpTo_ShortRun_ScoresEveryRound() => Assert.Equal(Enumerable.Range(1, 30), CheckpointGrid.UpTo(30));

    private static Evaluation Fold(int[] rounds, double[] losses, string stopped = "all rounds done", int rows = 10) => new()
    {
        Key = "",
        Trainer = "",
        Configuration = "",
        Rounds = rounds,
        Losses = losses,
        Metrics = [],
        Scores = [],
        FitSeconds = 0,
        ScoreSeconds = 0,
        PeakMemoryBytes = 0,
        Stopped = stopped,
        TrainRows = rows,
        ValidRows = rows,
    };
}
