using TuneLab.Pruners;
using TuneLab.Testing.Contracts;

namespace TuneLab.Tests.Pruners;

public sealed class MedianPrunerTests : PrunerContract
{
    protected override IPruner Make() => new MedianPruner();

    [Fact]
    public void Decide_WorseThanTheMedianAfterTheWarmUp_Stops()
    {
        var finished = Enumerable.Range(0, 9).Select(i => Curve(i, i, 40)).ToList(); // median level 4
        Assert.True(Make().Decide(Curve(20, 4.1, 12), finished).Stop);
        Assert.False(Make().Decide(Curve(20, 3.9, 12), finished).Stop);
        Assert.False(Make().Decide(Curve(20, 4.1, 8), finished).Stop);
    }

    [Fact]
    public void Decide_AsManyRounds_ComparesAtTheSameRound()
    {
        // the others end far lower, but after 12 rounds they were no better
        var finished = Enumerable.Range(0, 9).Select(i => new Progress(i, 0, [12, 100], [5, 0.1], 100, true)).ToList();
        Assert.False(Make().Decide(new Progress(20, 0, [12], [5], 100), finished).Stop);
        Assert.True(Make().Decide(new Progress(20, 0, [12, 100], [5, 5], 100), finished).Stop);
    }
}
