using TuneLab.Analysis.ToyTruth;
using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Randomness;

namespace TuneLab.Tests.Analysis;

public sealed class ObjectiveCheckTests
{
    [Fact]
    public void Run_LogLoss_PutsTheTruthAboveEverythingWorse()
    {
        var report = ObjectiveCheck.Run(MetricCatalog.Get("logloss", LearningTask.Binary), Binary(4000), 1000, new Seed(1));
        Assert.All(report.Alternatives, a => Assert.InRange(a.Above, 0.95, 1));
        Assert.True(report.Noise[0].Above >= 0.95 && report.Noise[^1].Above < 0.6);
        Assert.NotNull(report.Breaks);
    }

    [Fact]
    public void Run_Auc_DoesNotSeeHowSureProbabilitiesAre()
    {
        var report = ObjectiveCheck.Run(MetricCatalog.Get("auc", LearningTask.Binary), Binary(4000), 1000, new Seed(1));
        Assert.All(report.Alternatives.Where(a => a.Name.StartsWith("the truth, ", StringComparison.Ordinal)), a => Assert.Equal(0.5, a.Above));
        Assert.True(report.Alternatives.Single(a => a.Name == "one answer for all rows").Above > 0.99);
    }

    [Fact]
    public void Run_FewRows_TellLessApart()
    {
        var metric = MetricCatalog.Get("accuracy", LearningTask.Binary);
        var (many, few) = (ObjectiveCheck.Run(metric, Binary(4000), 2000, new Seed(1)), ObjectiveCheck.Run(metric, Binary(4000), 30, new Seed(1)));
        Assert.True(few.Alternatives.Sum(a => a.Above) < many.Alternatives.Sum(a => a.Above));
    }

    [Fact]
    public void Run_Multiclass_AndRegression_HaveAnAnswerToo()
    {
        var random = new Seed(3).Random();
        double[] x = [.. Enumerable.Range(0, 3000).Select(_ => random.NextNormal())];
        double[] probabilities = [.. x.SelectMany(v => { var s = Math.Exp(v) + Math.Exp(-v) + 1; return new[] { Math.Exp(v) / s, Math.Exp(-v) / s, 1 / s }; })];
        double[] classes = [.. x.Select((_, i) => { var u = random.NextDouble(); return u < probabilities[3 * i] ? 0.0 : u < probabilities[3 * i] + probabilities[(3 * i) + 1] ? 1 : 2; })];
        var multiclass = ObjectiveCheck.Run(MetricCatalog.Get("logloss", LearningTask.Multiclass), new Predictions(LearningTask.Multiclass, classes, probabilities, 3), 1000, new Seed(1));
        Assert.All(multiclass.Alternatives, a => Assert.InRange(a.Above, 0.9, 1));
        var numbers = ObjectiveCheck.Run(MetricCatalog.Get("rmse", LearningTask.Regression), new Predictions(LearningTask.Regression, [.. x.Select(v => v + random.NextNormal())], x, 1), 1000, new Seed(1));
        Assert.All(numbers.Alternatives, a => Assert.InRange(a.Above, 0.95, 1));
    }

    private static Predictions Binary(int rows)
    {
        var random = new Seed(2).Random();
        double[] p = [.. Enumerable.Range(0, rows).Select(_ => 1 / (1 + Math.Exp(-1.5 * random.NextNormal())))];
        return new Predictions(LearningTask.Binary, [.. p.Select(v => random.NextDouble() < v ? 1.0 : 0.0)], p, 1);
    }
}
