using TuneLab.Analysis;
using TuneLab.Data;
using TuneLab.Randomness;

namespace TuneLab.Tests.Analysis;

public class SoloScoreTests
{
    [Fact]
    public void Classes_AnyGroups_AreThoseOfLeavingEachRowOut()
    {
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var random = new SeededRandom(seed);
            int[] groups = [.. Enumerable.Range(0, 60).Select(_ => random.NextInt(12))], classes = [.. groups.Select(g => random.NextInt(3) == 0 ? random.NextInt(4) : g % 4)];
            var major = Enumerable.Range(0, 4).MaxBy(c => classes.Count(x => x == c));
            var wrong = 0;
            for (var row = 0; row < 60; row++)
            {
                var others = Enumerable.Range(0, 60).Where(r => r != row && groups[r] == groups[row]).Select(r => classes[r]).ToList();
                int Votes(int c) => others.Count(o => o == c);
                var right = others.Count == 0 ? classes[row] == major : Enumerable.Range(0, 4).All(c => c == classes[row] || Votes(c) < Votes(classes[row]));
                wrong += right ? 0 : 1;
            }

            var expected = Math.Max(0, 1 - (double)wrong / classes.Count(c => c != major));
            Assert.True(Math.Abs(expected - SoloScore.Classes(CellCounts.Of(groups, 12, classes, 4))) < 1e-12, $"seed {seed}: {expected}");
        }
    }

    [Fact]
    public void Numbers_AnyGroups_AreThoseOfLeavingEachRowOut()
    {
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var random = new SeededRandom(seed);
            int[] groups = [.. Enumerable.Range(0, 50).Select(_ => random.NextInt(15))];
            double[] target = [.. groups.Select(g => g + random.NextNormal())];
            var (mean, left) = (target.Average(), 0.0);
            for (var row = 0; row < 50; row++)
            {
                var others = Enumerable.Range(0, 50).Where(r => r != row && groups[r] == groups[row]).Select(r => target[r]).ToList();
                left += Math.Pow(target[row] - (others.Count == 0 ? mean : others.Average()), 2);
            }

            var expected = Math.Max(0, 1 - left / target.Sum(t => (t - mean) * (t - mean)));
            Assert.True(Math.Abs(expected - SoloScore.Numbers(groups, 15, target)) < 1e-10, $"seed {seed}: {expected}");
        }
    }

    [Fact]
    public void Threshold_EitherWay_IsTheBestSplitBetweenDifferentValues()
    {
        double[] sorted = [1, 2, 2, 3, 4, 5];
        Assert.Equal(1, SoloScore.Threshold(sorted, [true, true, true, false, false, false], 0, 3));
        Assert.Equal(1 - 2.0 / 3, SoloScore.Threshold(sorted, [false, false, true, true, true, false], 0, 3), 1e-12);
        Assert.Equal(1 - 2.0 / 3, SoloScore.Threshold(sorted, [false, false, true, true, true, true], 1, 3), 1e-12);
        Assert.Equal(0, SoloScore.Threshold(sorted, [true, false, true, false, true, false], 0, 2));
    }

    [Fact]
    public void Profile_ColumnsAgainstEachTask_HaveTheMeasuresOfTheirTypes()
    {
        var random = new SeededRandom(3);
        double[] x = [.. Enumerable.Range(0, 200).Select(_ => random.NextNormal())];
        Column[] columns =
        [
            new NumberColumn("x", [.. x.Select((v, row) => row % 10 == 0 ? double.NaN : v)]), new CategoryColumn("c", [.. x.Select(v => v > 0 ? 1 : 0)], ["a", "b"]),
            new DateColumn("d", [.. Enumerable.Range(0, 200).Select(row => new DateTime(2024, 1, 1).AddDays(row).Ticks)]), new TextColumn("t", [.. x.Select(v => "some words " + v)]),
            new NumberColumn("y", x), new NumberColumn("two", [.. x.Select(v => v > 0.5 ? 1.0 : 0)]), new NumberColumn("three", [.. x.Select(v => v > 0.5 ? 2.0 : v > -0.5 ? 1 : 0)]),
        ];
        IReadOnlyDictionary<string, LabelRelation?> Of(string label, LearningTask task)
        {
            var data = new Dataset("t", columns);
            var profile = DatasetProfiler.Profile(data, TaskTableBuilder.Build(data, new DataRoles { Label = label }, task));
            Assert.Equal(label, profile.ByStrength()[0].Name);
            return profile.Columns.ToDictionary(c => c.Name, c => c.Relation);
        }

        static string Measured(LabelRelation? r) => string.Join(" ", new[] { r!.Pearson is null ? "" : "r", r.Spearman is null ? "" : "rho", r.Auc is null ? "" : "auc", r.Ratio is null ? "" : "eta", r.ChiSquared is null ? "" : "chi" }.Where(m => m.Length > 0));
        var (regression, binary, classes) = (Of("y", LearningTask.Regression), Of("two", LearningTask.Binary), Of("three", LearningTask.Multiclass));
        Assert.Null(regression["y"]);
        Assert.Equal(["r rho", "eta", "r rho", ""], new[] { "x", "c", "d", "t" }.Select(c => Measured(regression[c])));
        Assert.Equal(["r auc", "chi", "r auc", ""], new[] { "x", "c", "d", "t" }.Select(c => Measured(binary[c])));
        Assert.Equal(["eta", "chi", "eta", ""], new[] { "x", "c", "d", "t" }.Select(c => Measured(classes[c])));
        Assert.Equal((180, 1.0), (regression["x"]!.Rows, regression["x"]!.Spearman!.Value));
        Assert.False(regression["x"]!.Copy, "a tenth is missing");
        Assert.True(regression["x"]!.Alone is > 0.8 and < 0.95, "what is missing is not told");
        Assert.Equal(1, binary["y"]!.Alone);
        Assert.False(binary["y"]!.Copy);
    }

    [Fact]
    public void Histogram_WholeNumbersOfANarrowRange_HaveABinEach()
    {
        Histogram Of(params double[] values) => DatasetProfiler.Profile(new Dataset("t", [new NumberColumn("x", values)])).Columns.Single().Histogram!;
        Assert.Equal([2, 0, 1, 1], Of(3, 1, 1, 4).Counts);
        Assert.Equal((0.5, 4.5), (Of(3, 1, 1, 4).Low, Of(3, 1, 1, 4).High));
        Assert.Equal([3], Of(0.5, 0.5, 0.5).Counts);
        Assert.Equal((0, 1), (Of(1, 2, 3, 4, 5, 6, 7, double.PositiveInfinity).Below, Of(1, 2, 3, 4, 5, 6, 7, double.PositiveInfinity).Above));
        Assert.Null(DatasetProfiler.Profile(new Dataset("t", [new NumberColumn("x", [double.NaN, double.PositiveInfinity])])).Columns.Single().Histogram);
    }
}
