using TuneLab.Experiments;
using TuneLab.Experiments.Search;
using TuneLab.Storage;

namespace TuneLab.Tests.Experiments.Search;

public sealed class StagePartsTests
{
    [Fact]
    public void WithTrials_NoStageSays_PartsThemByShare()
    {
        StagePlan[] stages = [new() { Name = "coarse" }, new() { Name = "refine", Passes = 2 }, new() { Name = "polish" }];
        Assert.Equal([39, 17, 27], Settled(stages, 100));
        Assert.Equal([20, 30, 20], Settled([new() { Name = "a", Share = 0.2 }, new() { Name = "b", Passes = 2, Share = 0.6 }, new() { Name = "c", Share = 0.2 }], 100));
    }

    [Fact]
    public void WithTrials_SomeSay_TheOthersHaveTheRest()
    {
        Assert.Equal([70, 15], Settled([new() { Name = "coarse" }, new() { Name = "refine", Trials = 15, Passes = 2 }], 100));
        Assert.Equal([80, 20], Settled([new() { Name = "coarse", Trials = 80 }, new() { Name = "refine" }], 100));
        Assert.Equal([1, 40], Settled([new() { Name = "coarse" }, new() { Name = "refine", Trials = 40, Passes = 3 }], 100)); // more than there are: it has one all the same
    }

    [Theory]
    [InlineData(FidelityKind.Rows)]
    [InlineData(FidelityKind.Rounds)]
    [InlineData(FidelityKind.Folds)]
    public void WithTrials_Halving_AllRungsFit(FidelityKind over)
    {
        StagePlan[] stages = [new() { Name = "coarse", Halving = 3, Over = over, Rows = over == FidelityKind.Rows ? 0.1 : 1, Rounds = over == FidelityKind.Rounds ? 0.1 : 1, Passes = 2 }, new() { Name = "refine", Trials = 20 }];
        var stage = StageParts.WithTrials(stages, 0, 100, folds: 5);
        Assert.InRange(Rungs.Planned(stage, 5)!.Value, 70, 80);
    }

    // what each has when those before it have used theirs
    private static IEnumerable<int> Settled(StagePlan[] stages, int trials)
    {
        for (var i = 0; i < stages.Length; i++)
        {
            var stage = StageParts.WithTrials(stages, i, trials, folds: 5);
            trials -= stage.Trials!.Value * stage.Passes;
            yield return stage.Trials.Value;
        }
    }
}
