using TuneLab.Analysis.LearningCurves;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Testing.Curves;
using TuneLab.Tests.Reference;

namespace TuneLab.Tests.Analysis.LearningCurves;

public sealed class MoreTrialsTests
{
    private static readonly Objective Auc = new ReportedScore("auc", true);

    [Fact]
    public void Run_ReferenceCases_AreScipysIntegrals()
    {
        var cases = ReferenceFile.Read<Numbers>("outlook.json").Cases;
        Assert.NotEmpty(cases);
        foreach (var expected in cases)
        {
            var actual = MoreTrials.Run(expected.Scores, new ReportedScore(expected.Metric, expected.Metric == "auc")).Value!;
            var tolerance = 0.01 * (expected.High - expected.Low); // the integral over one gamma is a sum of 400
            Assert.Equal(expected.Best, actual.Best, 1e-9);
            Assert.Equal(expected.Value, actual.Value, tolerance);
            Assert.Equal(expected.Low, actual.Low, tolerance);
            Assert.Equal(expected.High, actual.High, tolerance);
            Assert.Equal(expected.Chance, actual.Chance, 0.002);
        }
    }

    [Fact]
    public void Run_ExponentialScores_HoldWhatTheyPromise()
    {
        const int searches = 1000;
        int held = 0, better = 0;
        var chance = 0.0;
        for (ulong s = 0; s < searches; s++)
        {
            var random = new Seed(s).Child("search").Random();
            double[] scores = [.. Enumerable.Range(0, 100).Select(_ => -Math.Log(1 - random.NextDouble()))];
            var outlook = MoreTrials.Run(scores[..50], Auc).Value!;
            var then = scores.Max();
            held += outlook.Low <= then && then <= outlook.High ? 1 : 0;
            better += then > outlook.Best ? 1 : 0;
            chance += outlook.Chance / searches;
        }

        Assert.InRange(held / (double)searches, 0.9, 0.97); // an interval that begins at the best so far holds also those that find nothing
        Assert.InRange(better / (double)searches - chance, -0.05, 0.05);
    }

    [Fact]
    public void Run_RealSearchesSecondHalfHidden_HoldThem()
    {
        var hidden = HiddenHalf.Load();
        Assert.True(hidden.Count >= 40);
        Assert.InRange(hidden.Count(h => h.Held) / (double)hidden.Count, 0.85, 1);
        Assert.InRange(hidden.Count(h => h.AboveMiddle) / (double)hidden.Count, 0.3, 0.7);
    }

    [Fact]
    public void Run_LessIsBetter_IsTheMirror()
    {
        double[] scores = [.. Enumerable.Range(1, 30).Select(i => 1 + 1.0 / i)];
        var (up, down) = (MoreTrials.Run(scores, Auc).Value!, MoreTrials.Run([.. scores.Select(s => -s)], new ReportedScore("rmse", false)).Value!);
        Assert.Equal((up.Best, up.Value, up.Low, up.High, up.Chance), (-down.Best, -down.Value, -down.High, -down.Low, down.Chance));
        Assert.StartsWith("Twice the search time, 30 trials more like the 30 so far, would bring the best validation auc from 2 to about 2", up.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ScoreWithARange_StaysInside()
        => Assert.InRange(MoreTrials.Run([.. Enumerable.Range(1, 30).Select(i => 1 - 0.01 * i)], MetricCatalog.All.First(m => m.Id == "auc")).Value!.High, 0.99, 1);

    [Theory]
    [InlineData(7, 0.1, "7 comparable trials with a score are too few, it takes 8")]
    [InlineData(30, 0, "the best 7 trials all have the same score")]
    public void Run_TooLittle_SaysWhatIsMissing(int trials, double step, string reason)
        => Assert.Equal(reason, MoreTrials.Run([.. Enumerable.Range(0, trials).Select(i => 0.5 + step * i)], Auc).NotYet);

    private sealed record Numbers(IReadOnlyList<Case> Cases);

    private sealed record Case(string Metric, double[] Scores, double Best, double Value, double Low, double High, double Chance);
}
