using TuneLab.Analysis;
using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Testing;

namespace TuneLab.Tests.Analysis;

public sealed class PairedBootstrapTests
{
    [Theory]
    [InlineData(LearningTask.Binary)]
    [InlineData(LearningTask.Multiclass)]
    [InlineData(LearningTask.Regression)]
    public void Run_EveryMetric_BoundsHoldTheEffectAndAreTheSameOnAnyNumberOfThreads(LearningTask task)
    {
        var (a, b) = Pair(task, 150);
        foreach (var metric in MetricCatalog.ForTask(task))
        {
            var one = PairedBootstrap.Run(metric, a, b, new Seed(3), 300);
            var two = PairedBootstrap.Run(metric, a, b, new Seed(3), 300, threads: 2);
            Assert.Equal(one.Effect.Draws, two.Effect.Draws);
            Assert.Equal(metric.Gain(metric.Score(a), metric.Score(b)), one.Effect.Value);
            Assert.Equal((metric.Score(a), metric.Score(b)), (one.Winner.Value, one.Rival.Value));
            Assert.True(one.Effect.LowerBound <= one.Effect.Value && one.Effect.Value <= one.Effect.UpperBound, $"{metric.Id}: {one.Effect.Value} is not in {one.Effect.LowerBound} to {one.Effect.UpperBound}");
            Assert.NotEqual(one.Effect.Draws, PairedBootstrap.Run(metric, a, b, new Seed(4), 300).Effect.Draws);
        }
    }

    [Fact]
    public void Run_SamePredictions_NoEffectInAnyDraw()
    {
        var (a, _) = Pair(LearningTask.Binary, 80);
        var effect = PairedBootstrap.Run(MetricCatalog.Get("auc", LearningTask.Binary), a, a, new Seed(1), 200).Effect;
        Assert.Equal((0, 0, 0), (effect.Value, effect.LowerBound, effect.UpperBound));
        Assert.Equal(1, effect.PAtMost(0));
    }

    [Fact]
    public void Run_WholeWeights_SpreadLikeTheWeightedRows()
    {
        // a row of weight 2 is one row that counts double, not two rows: the draws of n rows stay draws of n rows
        var truth = new double[50];
        var values = Enumerable.Range(0, 50).Select(i => i % 2 == 0 ? 1.0 : 3.0).ToArray();
        var mae = MetricCatalog.Get("mae", LearningTask.Regression);
        var plain = PairedBootstrap.Single(mae, new Predictions(LearningTask.Regression, truth, values, 1), new Seed(1));
        var doubled = PairedBootstrap.Single(mae, new Predictions(LearningTask.Regression, truth, values, 1, [.. Enumerable.Repeat(2.0, 50)]), new Seed(1));
        Assert.Equal(plain.Draws, doubled.Draws);
        var rightOnly = PairedBootstrap.Single(mae, new Predictions(LearningTask.Regression, truth, values, 1, [.. Enumerable.Range(0, 50).Select(i => i % 2.0)]), new Seed(1));
        Assert.Equal((3, 3, 3), (rightOnly.Value, rightOnly.LowerBound, rightOnly.UpperBound));
    }

    [Fact]
    public void Run_DrawsWithoutThePositive_AreLeftOut()
    {
        double[] truth = [1, .. new double[19]];
        double[] values = [.. Enumerable.Range(0, 20).Select(i => i / 20.0)];
        var score = PairedBootstrap.Single(MetricCatalog.Get("auc", LearningTask.Binary), new Predictions(LearningTask.Binary, truth, values, 1), new Seed(1), 1000);
        Assert.InRange(score.Draws.Count, 580, 700); // the one positive is drawn with probability 1 - (19/20)^20 = 0.64
    }

    [Fact]
    public void Run_ScoreNotDefined_NoBoundsAndNoP()
    {
        var predictions = new Predictions(LearningTask.Binary, new double[30], new double[30], 1);
        var effect = PairedBootstrap.Run(MetricCatalog.Get("auc", LearningTask.Binary), predictions, predictions, new Seed(1), 200).Effect;
        Assert.Equal((double.NaN, double.NaN, double.NaN, double.NaN), (effect.Value, effect.LowerBound, effect.UpperBound, effect.PAtMost(0)));
    }

    [Fact]
    public void Run_PredictionsOfOtherRows_Throws()
    {
        var (a, _) = Pair(LearningTask.Binary, 80);
        var metric = MetricCatalog.Default(LearningTask.Binary);
        Assert.Throws<ArgumentException>(() => PairedBootstrap.Run(metric, a, RandomPredictions.Of(LearningTask.Binary, 80, 77), new Seed(1)));
        Assert.Throws<ArgumentException>(() => PairedBootstrap.Run(metric, a, a.WithWeights(null), new Seed(1)));
    }

    [Fact]
    [Trait("Category", "Statistics")]
    public void Single_ManySamples_IntervalHoldsTheTruthNearlyAsOftenAsItSays()
    {
        var held = 0;
        for (var seed = 1UL; seed <= 400; seed++)
        {
            var random = new SeededRandom(seed);
            double[] errors = [.. Enumerable.Range(0, 60).Select(_ => random.NextNormal())];
            var interval = PairedBootstrap.Single(MetricCatalog.Get("mae", LearningTask.Regression), new Predictions(LearningTask.Regression, new double[60], errors, 1), new Seed(seed), 400).Interval;
            held += interval.Low <= Math.Sqrt(2 / Math.PI) && Math.Sqrt(2 / Math.PI) <= interval.High ? 1 : 0;
        }

        Assert.InRange(held, 360, 393); // 95 % of 400 is 380; percentile intervals of 60 rows are a little short
    }

    private static (Predictions Winner, Predictions Rival) Pair(LearningTask task, int rows)
    {
        var winner = RandomPredictions.Of(task, rows, 5, weighted: true);
        var random = new SeededRandom(6);
        double[] values = [.. winner.Values];
        for (var i = 0; i < rows; i += 3)
        {
            // rival rows of every third row are those of another row
            winner.Values.AsSpan(random.NextInt(rows) * winner.Outputs, winner.Outputs).CopyTo(values.AsSpan(i * winner.Outputs));
        }

        return (winner, new Predictions(task, winner.Truth, values, winner.Outputs, winner.Weights));
    }
}
