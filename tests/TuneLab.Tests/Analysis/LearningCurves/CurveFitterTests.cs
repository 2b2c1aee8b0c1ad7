using TuneLab.Analysis.LearningCurves;
using TuneLab.Tests.Reference;

namespace TuneLab.Tests.Analysis.LearningCurves;

public sealed class CurveFitterTests
{
    /// <summary>Against scipy.optimize.curve_fit: Reference/curves.py says how the numbers were made.</summary>
    [Fact]
    public void Fit_ReferenceCases_AreScipys()
    {
        var reference = ReferenceFile.Read<Numbers>("curves.json");
        Assert.True(reference.Fits.Length >= 8);
        foreach (var expected in reference.Fits)
        {
            var actual = new CurveFitter(expected.Sizes, expected.Errors, expected.HigherIsBetter).Fit(Enum.Parse<CurveForm>(expected.Form), expected.Scores);
            Assert.Equal(expected.Misfit, actual.Misfit, 1e-6 * Math.Max(1, expected.Misfit));
            Assert.Equal(1, actual.Rate / expected.Rate, 1e-3);
            Assert.Equal(1, actual.Gap / expected.Gap, 1e-3);
            Assert.Equal(1, actual.Asymptote / expected.Asymptote, 1e-3);
        }
    }

    [Theory]
    [InlineData(CurveForm.Power, 0.4, true)]
    [InlineData(CurveForm.Power, 1.3, false)]
    [InlineData(CurveForm.Exponential, 4, true)]
    public void Fit_PointsOnACurve_FindsIt(CurveForm form, double rate, bool higherIsBetter)
    {
        double[] sizes = [100, 200, 400, 800, 1600];
        var truth = new FittedCurve(form, 0.5, higherIsBetter ? -0.03 : 0.03, rate, 1600, 0);
        var fit = new CurveFitter(sizes, [.. sizes.Select(_ => 0.001)], higherIsBetter).Fit([.. sizes.Select(truth.At)]);
        Assert.Equal(form, fit.Form);
        Assert.Equal(rate, fit.Rate, 1e-4 * rate);
        Assert.Equal(truth.At(3200), fit.At(3200), 1e-6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fit_ScoresThatGetWorse_IsLevelAtTheirWeightedMean(bool higherIsBetter)
    {
        double[] scores = higherIsBetter ? [4, 3, 2, 1] : [1, 2, 3, 4];
        var fit = new CurveFitter([1, 2, 4, 8], [1, 1, 1, 0.5], higherIsBetter).Fit(scores);
        Assert.Equal((0, scores[..3].Sum() / 7 + scores[3] * 4 / 7), (fit.Gap, fit.Asymptote));
    }

    [Fact]
    public void Fit_PointWithAGreatError_CountsLittle()
    {
        double[] sizes = [100, 200, 400, 800, 1600];
        var truth = new FittedCurve(CurveForm.Power, 0.9, -0.05, 0.5, 1600, 0);
        double[] scores = [.. sizes.Select((s, i) => truth.At(s) + (i == 2 ? 0.05 : 0))];
        var fit = new CurveFitter(sizes, [0.001, 0.001, 10, 0.001, 0.001], true).Fit(CurveForm.Power, scores);
        Assert.Equal(truth.At(3200), fit.At(3200), 1e-4);
    }

    private sealed record Numbers(Fit[] Fits);

    private sealed record Fit(string Form, bool HigherIsBetter, double[] Sizes, double[] Scores, double[] Errors, double Asymptote, double Gap, double Rate, double Misfit);
}
