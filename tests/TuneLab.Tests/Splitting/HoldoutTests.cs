using TuneLab.Data;
using TuneLab.Data.Splitting;
using TuneLab.Errors;
using TuneLab.Testing;

namespace TuneLab.Tests.Splitting;

public sealed class HoldoutTests
{
    public static TheoryData<string> Kinds => [.. SplitterCatalog.Ids];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Split_AnyKind_PartsTheRowsNearTheFractionWhateverTheFeatures(string kind)
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            foreach (var features in (ulong[])[1, 2])
            {
                var table = seed % 2 == 0 ? LabelTable.Numbers(200, seed, 50, 100, features) : LabelTable.Classes([130, 70], seed, 50, 100, features);
                var (training, holdout) = Holdout.Split(table, kind, 0.2);
                Assert.Equal(Enumerable.Range(0, 200), training.Concat(holdout).Order());
                Assert.Equal(training.Order(), training);
                Assert.Equal(holdout.Order(), holdout);
                Assert.InRange(holdout.Length, 34, 46);
                Assert.Equal(Holdout.Split(seed % 2 == 0 ? LabelTable.Numbers(200, seed, 50, 100) : LabelTable.Classes([130, 70], seed, 50, 100), kind, 0.2).Holdout, holdout);
            }
        }
    }

    [Fact]
    public void Split_Zero_SetsNothingAside()
    {
        var (training, holdout) = Holdout.Split(LabelTable.Numbers(10, 1), "kfold", 0);
        Assert.Equal(Enumerable.Range(0, 10), training);
        Assert.Empty(holdout);
    }

    [Fact]
    public void Split_Stratified_KeepsProportionsToWithinOneRowAndARowOfEachClassToTrainOn()
    {
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var table = LabelTable.Classes([500, 63, 7, 2, 1], seed);
            foreach (var fraction in (double[])[0.1, 0.2, 0.5, 0.9])
            {
                var (training, holdout) = Holdout.Split(table, "stratified", fraction);
                for (var c = 0; c < 5; c++)
                {
                    var share = fraction * table.Target.Count(t => t == c);
                    Assert.InRange(holdout.Count(r => table.Target[r] == c), Math.Floor(share) - (c >= 2 ? 1 : 0), Math.Ceiling(share));
                    Assert.Contains(training, r => table.Target[r] == c);
                }
            }
        }
    }

    [Fact]
    public void Split_LargerFraction_HoldsTheSmallerOne()
    {
        var table = LabelTable.Classes([90, 40], 5);
        Assert.Empty(Holdout.Split(table, "stratified", 0.1).Holdout.Except(Holdout.Split(table, "stratified", 0.25).Holdout));
    }

    [Fact]
    public void Split_Group_KeepsGroupsWhole()
    {
        var table = LabelTable.Classes([90, 40], 5, groups: 20);
        var (training, holdout) = Holdout.Split(table, "group", 0.3);
        Assert.Empty(training.Select(r => table.Groups![r]).Intersect(holdout.Select(r => table.Groups![r])));
    }

    [Fact]
    public void Split_Time_SetsTheLatestAside()
    {
        var table = LabelTable.Numbers(90, 5, times: 30);
        var (training, holdout) = Holdout.Split(table, "time", 0.3);
        Assert.True(training.Max(r => table.Times![r]) < holdout.Min(r => table.Times![r]));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Split_FractionOutOfRange_IsAnInputError(double fraction)
        => Assert.StartsWith("validate.holdout is ", Assert.Throws<InputException>(() => Holdout.Split(LabelTable.Numbers(10, 1), "kfold", fraction)).Message);

    [Fact]
    public void Split_TooFewRows_SaysWhatWouldBeLeft()
        => Assert.Contains("1 would be left to train on and 0 set aside", Assert.Throws<InputException>(() => Holdout.Split(LabelTable.Numbers(1, 1), "kfold", 0.2)).Message);
}
