using TuneLab.Analysis;
using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Tests.Reference;

namespace TuneLab.Tests.Analysis;

/// <summary>Against scipy and statsmodels: Reference/significance.py says how the numbers were made.</summary>
public sealed class SignificanceReferenceTests
{
    private static readonly Numbers Reference = ReferenceFile.Read<Numbers>("significance.json");

    [Fact]
    public void DeLong_ReferenceCases_AreTheDefinitions()
    {
        Assert.NotEmpty(Reference.DeLongs);
        foreach (var expected in Reference.DeLongs)
        {
            var winner = new Predictions(LearningTask.Binary, expected.Truth, expected.Winner, 1);
            var actual = DeLongTest.Run(winner, new Predictions(LearningTask.Binary, expected.Truth, expected.Rival, 1), expected.By)!;
            Assert.Equal(expected.First, actual.Winner, 1e-12);
            Assert.Equal(expected.Second, actual.Rival, 1e-12);
            Assert.Equal(expected.Error, actual.Error, 1e-12);
            Assert.Equal(expected.P, actual.P, 1e-9);
            Assert.Equal(expected.Own, DeLongTest.Error(winner)!.Value, 1e-12);
        }
    }

    [Fact]
    public void McNemar_ReferenceCases_AreScipysAndStatsmodels()
    {
        Assert.NotEmpty(Reference.McNemars);
        foreach (var expected in Reference.McNemars)
        {
            // rows that only the one labels right, then those that only the other does, then 20 that both do
            var count = expected.Won + expected.Lost + 20;
            var one = Labels(count, i => i < expected.Won || i >= expected.Won + expected.Lost);
            var other = Labels(count, i => i >= expected.Won);
            var actual = McNemarTest.Run(one, other);
            Assert.Equal((expected.Won, expected.Lost), (actual.Won, actual.Lost));
            Assert.Equal(expected.Greater, actual.P, 1e-12);
            Assert.Equal(expected.TwoSided, Math.Min(1, 2 * Math.Min(actual.P, McNemarTest.Run(other, one).P)), 1e-12);
        }

        static Predictions Labels(int count, Func<int, bool> right)
            => new(LearningTask.Binary, [.. Enumerable.Repeat(1.0, count)], [.. Enumerable.Range(0, count).Select(i => right(i) ? 1.0 : 0.0)], 1);
    }

    [Fact]
    public void Holm_ReferenceCases_AreStatsmodels()
    {
        Assert.NotEmpty(Reference.Holms);
        foreach (var (p, adjusted) in Reference.Holms)
        {
            Assert.Equal(adjusted, HolmCorrection.Adjust(p), (a, b) => Math.Abs(a - b) < 1e-12);
        }

        Assert.Equal([0.02, double.NaN, 0.5], HolmCorrection.Adjust([0.01, double.NaN, 0.5]));
    }

    [Fact]
    public void Friedman_ReferenceCases_AreScipys()
    {
        Assert.NotEmpty(Reference.Friedmans);
        foreach (var expected in Reference.Friedmans)
        {
            var actual = FriedmanTest.Run(expected.Scores, higherIsBetter: true)!;
            Assert.Equal(expected.Ranks, actual.MeanRanks, (a, b) => Math.Abs(a - b) < 1e-12);
            Assert.Equal(expected.Critical, actual.CriticalDifference, 1e-6);
            for (var i = 0; i < expected.Pairwise.Length; i++)
            {
                Assert.Equal(expected.Pairwise[i], actual.Pairwise[i], (a, b) => Math.Abs(a - b) < 1e-6);
            }

            if (expected.Chi is { } chi)
            {
                Assert.Equal(chi, actual.ChiSquared, 1e-9);
                Assert.Equal(expected.P!.Value, actual.P, 1e-9);
                Assert.Equal(expected.F!.Value, actual.F, 1e-7);
                Assert.Equal(expected.PF!.Value, actual.PF, 1e-9);
            }
        }
    }

    [Fact]
    public void Anova_ReferenceCases_AreStatsmodels()
    {
        Assert.Contains(Reference.Anovas, a => a.Normal < 0.05);
        foreach (var expected in Reference.Anovas)
        {
            var actual = RepeatedAnova.Run(expected.Scores)!;
            Assert.Equal(expected.F, actual.F, 1e-8 * expected.F);
            Assert.Equal(expected.Epsilon, actual.Epsilon, 1e-9);
            Assert.Equal(expected.P, actual.P, 1e-9);
            Assert.Equal(expected.Normal, actual.NormalP, 1e-7);
            Assert.Equal(expected.Normal >= 0.05, actual.Holds);
        }
    }

    private sealed record Numbers(DeLongCase[] DeLongs, McNemarCase[] McNemars, HolmCase[] Holms, FriedmanCase[] Friedmans, AnovaCase[] Anovas);

    private sealed record AnovaCase(double[][] Scores, double F, double Epsilon, double P, double Normal);

    private sealed record DeLongCase(double[] Truth, double[] Winner, double[] Rival, double By, double First, double Second, double Error, double P, double Own);

    private sealed record McNemarCase(int Won, int Lost, double Greater, double TwoSided);

    private sealed record HolmCase(double[] P, double[] Adjusted);

    private sealed record FriedmanCase(double[][] Scores, double[] Ranks, double? Chi, double? P, double? F, double? PF, double Critical, double[][] Pairwise);
}
