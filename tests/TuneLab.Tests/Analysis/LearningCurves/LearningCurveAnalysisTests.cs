using TuneLab.Analysis.LearningCurves;
using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Randomness;

namespace TuneLab.Tests.Analysis.LearningCurves;

public sealed class LearningCurveAnalysisTests
{
    private static readonly double[] Sizes = [125, 250, 500, 1000, 2000];
    private static readonly Objective Auc = new ReportedScore("auc", true);
    private static readonly Objective Rmse = new ReportedScore("rmse", false);

    [Theory]
    [InlineData(CurveForm.Power, 0.5)]
    [InlineData(CurveForm.Exponential, 3)]
    public void Run_DrawnCurves_IntervalHoldsTheNewPoint(CurveForm form, double rate)
    {
        var held = 0;
        const int curves = 200;
        for (ulong s = 0; s < curves; s++)
        {
            var random = new Seed(s).Child("curve").Random();
            var truth = new FittedCurve(form, 0.9, -0.02, rate, 2000, 0);
            var curve = Run([.. Sizes.Select(n => new LearningPoint(n, truth.At(n) + 0.002 * random.NextNormal(), 0.002))], Auc, s);
            var next = truth.At(4000) + 0.002 * random.NextNormal();
            held += curve.Forecast.Low <= next && next <= curve.Forecast.High ? 1 : 0;
        }

        Assert.InRange(held / (double)curves, 0.88, 1); // curves that are just of the form leave what real ones need unused
    }

    [Fact]
    public void Run_SteepCurve_SaysWhatTwiceTheRowsBring()
    {
        var truth = new FittedCurve(CurveForm.Power, 10, 4, 0.5, 2000, 0);
        var curve = Run([.. Sizes.Select(n => new LearningPoint(n, truth.At(n), 0.01))], Rmse);
        Assert.Equal(4000, curve.Forecast.Size);
        Assert.Equal(truth.At(4000), curve.Forecast.Value, 1e-3);
        Assert.Equal(14 - truth.At(4000), curve.Gain, 1e-3);
        Assert.False(curve.Flat);
        Assert.StartsWith("Twice the rows would bring rmse to about 12.83 (90 % interval 11.", curve.Sentence);
        Assert.EndsWith("1.2 better than now.", curve.Sentence);
    }

    [Fact]
    public void Run_LevelScores_AreFlat()
    {
        var random = new Seed(4).Random();
        var curve = Run([.. Sizes.Select(n => new LearningPoint(n, 0.8 + 0.003 * random.NextNormal(), 0.003))], Auc);
        Assert.True(curve.Flat);
        Assert.Equal("Flat: twice the rows would bring auc nothing that shows beside its noise.", curve.Sentence);
        Assert.InRange(0.8, curve.Forecast.Low, curve.Forecast.High);
    }

    [Fact]
    public void Run_CurveThatHasLevelledOff_IsFlat()
    {
        var truth = new FittedCurve(CurveForm.Exponential, 0.9, -4e-18, 40, 2000, 0);
        var curve = Run([.. Sizes.Select(n => new LearningPoint(n, truth.At(n), 0.002))], Auc);
        Assert.True(curve.Points[0].Score < 0.87 && curve.Flat);
    }

    [Fact]
    public void Run_ScoresThatGetWorse_AreFlatAndPromiseNothing()
    {
        var curve = Run([.. Sizes.Select(n => new LearningPoint(n, 0.9 - n / 10000, 0.001))], Auc);
        Assert.True(curve.Flat);
        Assert.Equal(0, curve.Gain);
    }

    [Fact]
    public void Run_ScoresAllTheSameWithoutError_AreFlat()
    {
        var curve = Run([.. Sizes.Select(n => new LearningPoint(n, 1, 0))], Auc);
        Assert.True(curve.Flat);
        Assert.Equal((1, 1, 1), (Math.Round(curve.Forecast.Low, 6), curve.Forecast.Value, Math.Round(curve.Forecast.High, 6)));
        Assert.All(Run([.. Sizes.Select(n => new LearningPoint(n, 0, 0))], Auc).Line, p => Assert.True(double.IsFinite(p.Low) && double.IsFinite(p.High)));
    }

    [Fact]
    public void Run_LargerErrors_WidenTheInterval()
    {
        double Width(double error) => Run([.. Sizes.Select(n => new LearningPoint(n, 0.8 - Math.Pow(n, -0.5), error))], Auc).Forecast is var f ? f.High - f.Low : 0;
        Assert.True(Width(0.004) > 2 * Width(0.001));
    }

    [Fact]
    public void Run_PointsFarFromAnyCurve_WidenTheInterval()
    {
        double Width(double away) => Run([.. Sizes.Select((n, i) => new LearningPoint(n, 0.8 - Math.Pow(n, -0.5) + (i % 2 == 0 ? away : -away), 0.001))], Auc).Forecast is var f ? f.High - f.Low : 0;
        Assert.True(Width(0.01) > 3 * Width(0));
    }

    [Fact]
    public void Run_Line_ReachesFromTheSmallestSizeToTheForecast()
    {
        var curve = Run([.. Sizes.Reverse().Select(n => new LearningPoint(n, 0.8 - Math.Pow(n, -0.5), 0.002))], Auc);
        Assert.Equal(Sizes, curve.Points.Select(p => p.Size));
        Assert.Equal((125, 4000), (curve.Line[0].Size, curve.Line[^1].Size));
        Assert.Equal(curve.Line.Select(p => p.Size).Distinct().Order(), curve.Line.Select(p => p.Size));
        Assert.All(curve.Line, p => Assert.True(p.Low <= p.Value && p.Value <= p.High && p.Value == curve.Fit.At(p.Size)));
        Assert.Equal(curve.Forecast, curve.Line[^1]);
    }

    [Fact]
    public void Run_MetricWithARange_StaysInside()
    {
        var (auc, loss) = (MetricCatalog.Get("auc", LearningTask.Binary), MetricCatalog.Get("logloss", LearningTask.Binary));
        var high = Run([.. Sizes.Select(n => new LearningPoint(n, 1.01 - 10 / (n + 900), 0.005))], auc).Forecast;
        var low = Run([.. Sizes.Select(n => new LearningPoint(n, 0.05 - 0.006 * Math.Log(n), 0.005))], loss).Forecast;
        Assert.Equal((1, 0), (high.High, low.Low));
        Assert.True(high.Low < high.Value && low.Value < low.High);
    }

    [Fact]
    public void Run_RoundsAndAnotherSize_AreNamed()
    {
        LearningPoint[] points = [.. Sizes.Select(n => new LearningPoint(n, 0.8 - Math.Pow(n, -0.5), 0.0005))];
        var curve = LearningCurveAnalysis.Run(points, Auc, "rounds", new Seed(1), 3000).Value!;
        Assert.StartsWith("3000 rounds would bring auc to about ", curve.Sentence);
    }

    [Fact]
    public void Run_SameSeed_SameAnswer()
    {
        LearningPoint[] points = [.. Sizes.Select(n => new LearningPoint(n, 0.8 - Math.Pow(n, -0.5), 0.002))];
        Assert.Equal(Run(points, Auc, 5).Forecast, Run(points, Auc, 5).Forecast);
        Assert.NotEqual(Run(points, Auc, 5).Forecast, Run(points, Auc, 6).Forecast);
    }

    [Fact]
    public void Run_FewerThanFourSizes_SaysSo()
    {
        LearningPoint[] points = [new(100, 0.7, 0.01), new(200, 0.75, 0.01), new(400, 0.77, 0.01), new(400, 0.78, 0.01), new(800, double.NaN, 0.01)];
        Assert.Equal("a learning curve needs scores at 4 numbers of rows or more, and there are 3", LearningCurveAnalysis.Run(points, Auc, "rows", new Seed(1)).NotYet);
        Assert.Contains("there are 0", LearningCurveAnalysis.Run([], Auc, "rows", new Seed(1)).NotYet);
    }

    [Fact]
    public void Run_ErrorsThatAreNotKnown_SaysSo()
        => Assert.Contains("which take at least two folds", LearningCurveAnalysis.Run([.. Sizes.Select(n => new LearningPoint(n, 0.8, double.NaN))], Auc, "rows", new Seed(1)).NotYet);

    private static LearningCurve Run(LearningPoint[] points, Objective objective, ulong seed = 1) => LearningCurveAnalysis.Run(points, objective, "rows", new Seed(seed)).Value!;
}
