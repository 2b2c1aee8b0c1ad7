using TuneLab.Analysis;
using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Tests.Reference;

namespace TuneLab.Tests.Analysis;

/// <summary>Against scipy: Reference/analysis.py says how the numbers were made.</summary>
public sealed class AnalysisReferenceTests
{
    private static readonly Numbers Reference = ReferenceFile.Read<Numbers>("analysis.json");

    [Fact]
    public void CorrectedResampledTTest_ReferenceCases_AreScipys()
    {
        Assert.NotEmpty(Reference.TTests);
        foreach (var expected in Reference.TTests)
        {
            var actual = CorrectedResampledTTest.Run(expected.Differences, expected.Ratio, expected.By);
            Assert.Equal(expected.Differences.Length - 1, actual.DegreesOfFreedom);
            Assert.Equal(expected.Mean, actual.Mean, 1e-12);
            Assert.Equal(expected.T, actual.T, 1e-9);
            Assert.Equal(expected.P, actual.P, 1e-9);
            Assert.Equal(expected.Low, actual.Low, 1e-9);
            Assert.Equal(expected.High, actual.High, 1e-9);
        }
    }

    [Fact]
    public void Quantile_ReferenceCases_AreNumpys()
    {
        Assert.NotEmpty(Reference.Quantiles);
        foreach (var (draws, expected) in Reference.Quantiles)
        {
            var score = new BootstrapScore(0, draws.Reverse());
            Assert.All(expected, e => Assert.Equal(e.Value, score.Quantile(double.Parse(e.Key)), 1e-12));
        }
    }

    [Fact]
    public void PairedBootstrap_ReferenceCases_BoundsAreScipysToWithinChance()
    {
        Assert.NotEmpty(Reference.Bootstraps);
        foreach (var expected in Reference.Bootstraps)
        {
            var task = expected.Metric == "auc" ? LearningTask.Binary : LearningTask.Regression;
            var metric = MetricCatalog.Get(expected.Metric, task);
            var actual = PairedBootstrap.Run(metric, new Predictions(task, expected.Truth, expected.Winner, 1), new Predictions(task, expected.Truth, expected.Rival, 1), new Seed(1), 20_000).Effect;

            // both bounds come from 20,000 draws: a 5 % quantile of them strays by 0.015 standard errors, the difference of two by 0.02
            var chance = 5 * 0.021 * expected.Error;
            Assert.Equal(expected.Effect, actual.Value, 1e-12);
            Assert.Equal(expected.Low, actual.LowerBound, chance);
            Assert.Equal(expected.High, actual.UpperBound, chance);
        }
    }

    private sealed record Numbers(TTest[] TTests, Quantiles[] Quantiles, Bootstrap[] Bootstraps);

    private sealed record TTest(double[] Differences, double Ratio, double By, double Mean, double T, double P, double Low, double High);

    private sealed record Quantiles(double[] Draws, Dictionary<string, double> Expected);

    private sealed record Bootstrap(string Name, string Metric, double[] Truth, double[] Winner, double[] Rival, double Effect, double Low, double High, double Error);
}
