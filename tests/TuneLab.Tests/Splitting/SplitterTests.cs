using TuneLab.Data;
using TuneLab.Data.Splitting;
using TuneLab.Errors;
using TuneLab.Randomness;
using TuneLab.Testing;

namespace TuneLab.Tests.Splitting;

/// <summary>What each kind promises beyond the contract.</summary>
public sealed class SplitterTests
{
    [Fact]
    public void Stratified_Classes_EveryFoldHasItsShareToWithinOneRow()
    {
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var table = LabelTable.Classes([100 + (int)seed, 37, 11], seed);
            var folds = Split("stratified", table, 5, seed);
            Assert.True(folds.Max(f => f.Valid.Length) - folds.Min(f => f.Valid.Length) <= 1, $"seed {seed}: sizes {string.Join(" ", folds.Select(f => f.Valid.Length))}");
            for (var c = 0; c < 3; c++)
            {
                var all = table.Target.Count(t => t == c);
                Assert.All(folds, f => Assert.InRange(f.Valid.Count(r => table.Target[r] == c), all / 5, (all + 4) / 5));
            }
        }
    }

    [Fact]
    public void Stratified_Regression_FoldMeansAreCloserThanByChance()
    {
        var (stratified, chance) = (0.0, 0.0);
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var table = LabelTable.Numbers(100, seed);
            stratified += Spread(Split("stratified", table, 5, seed));
            chance += Spread(Split("kfold", table, 5, seed));
            double Spread(IReadOnlyList<Fold> folds)
            {
                double[] means = [.. folds.Select(f => f.Valid.Average(r => table.Target[r]))];
                return means.Max() - means.Min();
            }
        }

        Assert.True(stratified < chance / 3, $"{stratified} against {chance}");
    }

    [Fact]
    public void Stratified_FewerRowsOfAClassThanFolds_NamesClassCountsAndTheMostFolds()
    {
        var error = Assert.Throws<InputException>(() => Split("stratified", LabelTable.Classes([40, 3, 4, 30], 1), 5, 1));
        Assert.Equal("Each of the 5 folds needs a row of every class of 'label', and these have fewer rows to train on: 'c1' 3, 'c2' 4.", error.Message);
        Assert.StartsWith("Ask for at most 3 folds", error.Hint);
        Assert.StartsWith("Leave the class", Assert.Throws<InputException>(() => Split("stratified", LabelTable.Classes([40, 1], 1), 5, 1)).Hint);
    }

    [Theory]
    [InlineData("stratified")]
    [InlineData("kfold")]
    [InlineData("group")]
    [InlineData("time")]
    [InlineData("bootstrap")]
    public void Split_OneFold_IsAnInputError(string id)
        => Assert.Equal("validate.folds is 1; at least 2 are needed.", Assert.Throws<InputException>(() => Split(id, LabelTable.Numbers(50, 1, groups: 9, times: 9), 1, 1)).Message);

    [Fact]
    public void KFold_FewerRowsThanFolds_SaysHowManyArePossible()
    {
        var error = Assert.Throws<InputException>(() => Split("kfold", LabelTable.Numbers(4, 1), 5, 1));
        Assert.Equal("There are 4 rows to train on, fewer than the 5 folds.", error.Message);
        Assert.Equal("Ask for at most 4 folds (validate.folds).", error.Hint);
    }

    [Fact]
    public void Group_RandomGroups_AreNeverPartedAndFoldsAreBalanced()
    {
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var table = LabelTable.Classes([200, 60], seed, groups: 40);
            foreach (var fold in Split("group", table, 5, seed))
            {
                Assert.Empty(fold.Train.Select(r => table.Groups![r]).Intersect(fold.Valid.Select(r => table.Groups![r])));
                Assert.InRange(fold.Valid.Length, 42, 62);
                Assert.InRange(fold.Valid.Count(r => table.Target[r] == 1), 7, 17);
            }
        }
    }

    [Fact]
    public void Group_OneGroupHoldsMostRows_EveryFoldStillHasAGroup()
    {
        var table = WithGroups([.. Enumerable.Repeat(0, 90), 1, 2, 3, 4, 5, 5, 5, 5, 5, 5]);
        Assert.All(Split("group", table, 6, 1), f => Assert.NotEmpty(f.Valid));
    }

    [Fact]
    public void Group_FewerGroupsThanFolds_SaysHowMany()
    {
        var error = Assert.Throws<InputException>(() => Split("group", LabelTable.Numbers(50, 1, groups: 3), 5, 1));
        Assert.Equal("Column 'group' has 3 groups in 50 rows, fewer than the 5 parts to split into.", error.Message);
        Assert.Equal("Ask for at most 3 folds (validate.folds).", error.Hint);
    }

    [Theory]
    [InlineData("group", "data.group")]
    [InlineData("time", "data.time")]
    public void Split_ColumnNotNamed_SaysWhereToNameIt(string id, string key)
        => Assert.Contains(key, Assert.Throws<InputException>(() => Split(id, LabelTable.Numbers(50, 1), 5, 1)).Hint);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Time_AnyRepeat_TrainsOnThePastAndNeverPartsEqualTimes(int repeat)
    {
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var table = LabelTable.Numbers(120, seed, times: 25);
            var folds = SplitterCatalog.Get("time").Split(table, All(table), 5, repeat, new Seed(seed));
            for (var f = 0; f < folds.Count; f++)
            {
                Assert.True(folds[f].Train.Max(r => table.Times![r]) < folds[f].Valid.Min(r => table.Times![r]), $"seed {seed}, fold {f} knows the future");
                Assert.Equal(All(table).Where(r => table.Times![r] < folds[f].Valid.Min(v => table.Times![v])), folds[f].Train);
                if (f > 0)
                {
                    Assert.Equal(folds[f - 1].Train.Concat(folds[f - 1].Valid).Order(), folds[f].Train);
                }
            }

            Assert.Equal(120, folds[^1].Train.Length + folds[^1].Valid.Length);
        }
    }

    [Fact]
    public void Time_DistinctTimes_PiecesAreEqual()
        => Assert.All(Split("time", LabelTable.Numbers(60, 1, times: 60), 5, 1), (f, i) => Assert.Equal((10 * (i + 1), 10), (f.Train.Length, f.Valid.Length)));

    [Fact]
    public void Time_AsManyTimesAsPieces_EachIsAPiece()
    {
        var table = LabelTable.Numbers(50, 1, times: 6);
        Assert.All(Split("time", table, 5, 1), f => Assert.Single(f.Valid.Select(r => table.Times![r]).Distinct()));
        var error = Assert.Throws<InputException>(() => Split("time", table, 6, 1));
        Assert.Equal("Column 'time' has 6 different times in 50 rows, fewer than the 7 pieces to cut them into.", error.Message);
        Assert.Equal("Ask for at most 5 folds (validate.folds).", error.Hint);
    }

    [Fact]
    public void Bootstrap_Draw_IsAsLargeAsTheRowsKeepsClassSizesAndScoresTheRest()
    {
        var table = LabelTable.Classes([300, 100], 3);
        foreach (var fold in Split("bootstrap", table, 4, 3))
        {
            Assert.Equal(400, fold.Train.Length);
            Assert.Equal(100, fold.Train.Count(r => table.Target[r] == 1));
            Assert.Equal(All(table).Except(fold.Train), fold.Valid);
            Assert.InRange(fold.Valid.Length, 120, 175); // 400 / e = 147, five standard deviations
        }
    }

    [Fact]
    public void Bootstrap_OneRowPerClass_IsAnInputError()
        => Assert.Contains("none would be left to score on", Assert.Throws<InputException>(() => Split("bootstrap", LabelTable.Classes([1, 1, 1], 1), 2, 1)).Message);

    [Fact]
    public void Given_Column_SaysWhichIsWhich()
    {
        var table = LabelTable.Numbers(40, 1);
        var fold = Assert.Single(Split("given", table, 5, 1));
        Assert.All(fold.Valid, r => Assert.True(table.GivenValid![r]));
        Assert.All(fold.Train, r => Assert.False(table.GivenValid![r]));
        Assert.Equal("Column 'split' gives 0 rows to train on and 10 to score on; both are needed.",
            Assert.Throws<InputException>(() => SplitterCatalog.Get("given").Split(table, fold.Valid, 5, 0, new Seed(1))).Message);
    }

    [Fact]
    public void Catalog_UnknownKind_NamesTheNearest()
    {
        var error = Assert.Throws<InputException>(() => SplitterCatalog.Get("k-fold"));
        Assert.Equal("validate.kind 'k-fold' is not known.", error.Message);
        Assert.Equal("did you mean 'kfold'? The kinds are: stratified, kfold, group, time, bootstrap, given.", error.Hint);
    }

    private static IReadOnlyList<Fold> Split(string id, TaskTable table, int folds, ulong seed) => SplitterCatalog.Get(id).Split(table, All(table), folds, 0, new Seed(seed));

    private static int[] All(TaskTable table) => [.. Enumerable.Range(0, table.RowCount)];

    private static TaskTable WithGroups(int[] groups)
    {
        var table = LabelTable.Numbers(groups.Length, 1);
        return new TaskTable { Data = table.Data, Task = table.Task, Roles = table.Roles, Features = table.Features, Target = table.Target, Classes = [], Groups = groups, Fingerprint = table.Fingerprint };
    }
}
