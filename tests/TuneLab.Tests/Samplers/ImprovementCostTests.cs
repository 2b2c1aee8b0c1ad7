using TuneLab.Samplers.Turns;

namespace TuneLab.Tests.Samplers;

public class ImprovementCostTests
{
    [Fact]
    public void Of_TheLeader_IsTheCostOfItsLastGainOrSinceThen()
    {
        Outlay[] leader = [new(0.5, 1), new(0.4, 3), new(0.45, 1)];
        Assert.Equal(3, ImprovementCost.Of(leader, [leader])); // K1 - K2 = 3, K0 - K1 = 1
        leader = [.. leader, new(0.41, 4)];
        Assert.Equal(5, ImprovementCost.Of(leader, [leader])); // K0 - K1 = 1 + 4
    }

    [Fact]
    public void Of_OneBehind_AddsWhatItTakesToCatchUpAtItsPace()
    {
        Outlay[] leader = [new(0.3, 1)];
        Outlay[] behind = [new(0.6, 2), new(0.5, 2)];

        // 0.2 behind, 0.1 gained in the 2 since the second best: 0.2 * (4 - 2) / 0.1
        Assert.Equal(4, ImprovementCost.Of(behind, [leader, behind]), 9);
    }

    [Fact]
    public void Of_OneSuccessOnly_HasATenthOfThePaceFromTheWorstFirst()
    {
        Outlay[] leader = [new(0.3, 1)];
        Outlay[] middle = [new(0.4, 2)];
        Outlay[] worst = [new(0.8, 1)];
        Assert.Equal(0.1 * 2 / (0.1 * 0.4), ImprovementCost.Of(middle, [leader, middle, worst]), 9);
        Assert.Equal(double.PositiveInfinity, ImprovementCost.Of(worst, [leader, middle, worst]));
    }

    [Fact]
    public void Of_FailuresOnly_IsNotKnown() => Assert.True(double.IsNaN(ImprovementCost.Of([new(double.NaN, 1)], [[new(0.3, 1)], [new(double.NaN, 1)]])));

    [Fact]
    public void Odds_SumTo1AndStarveNone()
    {
        var odds = ImprovementCost.Odds([(1, [new(0.3, 1)]), (1, [new(0.9, 50)]), (1, [new(double.NaN, 1)]), (0.2, [new(0.5, 1)]), (1, [])]);
        Assert.Equal(1, odds.Sum(), 12);
        Assert.All(odds, o => Assert.True(o >= 0.02 - 1e-12));
        Assert.True(odds[0] > odds[1]);
    }

    [Fact]
    public void Odds_NobodyKnown_AreEven() => Assert.All(ImprovementCost.Odds([(1, []), (1, []), (1, [])]), o => Assert.Equal(1.0 / 3, o, 12));

    [Fact]
    public void Odds_AllButInfinite_GoToTheOthers()
    {
        Outlay[] leader = [new(0.3, 1)];
        Outlay[] last = [new(0.8, 1)];
        var odds = ImprovementCost.Odds([(1, leader), (1, last)]);
        Assert.Equal(0.05, odds[1], 12);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.19, 0)]
    [InlineData(0.2, 1)]
    [InlineData(0.69, 1)]
    [InlineData(0.71, 2)]
    [InlineData(0.9999999999, 2)]
    public void Draw_FollowsTheOdds(double drawn, int expected) => Assert.Equal(expected, ImprovementCost.Draw([0.2, 0.5, 0.3], drawn));
}
