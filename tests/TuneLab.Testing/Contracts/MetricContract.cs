using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Randomness;

namespace TuneLab.Testing.Contracts;

/// <summary>What every <see cref="Metric"/> promises.</summary>
public abstract class MetricContract(Metric metric)
{
    private const int Seeds = 20;

    [Fact]
    public void Score_RandomPredictions_IsWithinRange()
        => ForEach(p => Assert.InRange(metric.Score(p), metric.Range.Low, metric.Range.High));

    [Fact]
    public void Score_PerfectPredictions_IsBest()
        => ForEach(p =>
        {
            var best = metric.Score(RandomPredictions.Perfect(p));
            Assert.Equal(metric.HigherIsBetter ? metric.Range.High : metric.Range.Low, best, 1e-12);
            Assert.True(metric.Compare(best, metric.Score(p)) <= 0);
        });

    [Fact]
    public void Score_ShuffledRows_IsTheSame()
        => ForEach(p =>
        {
            int[] rows = [.. Enumerable.Range(0, p.Count)];
            new SeededRandom(5).Shuffle<int>(rows);
            Near(metric.Score(p), metric.Score(RandomPredictions.Rows(p, rows)));
        });

    [Fact]
    public void Score_ScaledWeights_IsTheSame()
        => ForEach(p => Near(metric.Score(p), metric.Score(p.WithWeights([.. Enumerable.Range(0, p.Count).Select(i => 0.3 * p.Weight(i))]))));

    [Fact]
    public void Score_WholeWeights_IsTheSameAsRepeatedRows()
        => ForEach(p =>
        {
            var times = Times(p.Count);
            var repeated = RandomPredictions.Rows(p.WithWeights(null), [.. Enumerable.Range(0, p.Count).SelectMany(i => Enumerable.Repeat(i, (int)times[i]))]);
            Near(metric.Score(repeated), metric.Score(p.WithWeights(times)));
        });

    [Fact]
    public void Score_RowsOfZeroWeight_AreAsIfNotThere()
        => ForEach(p =>
        {
            int[] kept = [.. Enumerable.Range(0, p.Count).Where(i => i % 3 != 2)];
            double[] weights = [.. Enumerable.Range(0, p.Count).Select(i => i % 3 == 2 ? 0 : p.Weight(i))];
            var expected = metric.Score(RandomPredictions.Rows(p, kept));
            Near(expected, metric.Score(p.WithWeights(weights)));
            Near(expected, metric.Score(WithValue(p.WithWeights(weights), row: 2, double.NaN)));
        });

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Score_PredictionThatIsNoNumber_IsNaN(double value)
        => ForEach(p =>
        {
            var spoilt = WithValue(p, row: 1, value);
            Assert.Equal(double.NaN, metric.Score(spoilt));
            Assert.Equal(double.NaN, metric.Reweighted(spoilt)(Ones(p.Count)));
        });

    [Fact]
    public void Score_NothingToScore_IsNaN()
    {
        var p = RandomPredictions.Of(metric.Task, 10, 1);
        Assert.Equal(double.NaN, metric.Score(RandomPredictions.Rows(p, [])));
        Assert.Equal(double.NaN, metric.Score(p.WithWeights(new double[p.Count])));
        Assert.Equal(double.NaN, metric.Reweighted(p)(new double[p.Count]));
    }

    [Fact]
    public void Score_OneClassOrOneRow_IsWithinRangeOrNaN()
        => ForEach(p =>
        {
            foreach (var label in p.Truth.Distinct())
            {
                int[] rows = [.. Enumerable.Range(0, p.Count).Where(i => p.Truth[i] == label)];
                foreach (var some in (int[][])[rows, [rows[0]]])
                {
                    var score = metric.Score(RandomPredictions.Rows(p, some));
                    Assert.True(double.IsNaN(score) || (score >= metric.Range.Low && score <= metric.Range.High), $"{metric.Id} of class {label} alone is {score}");
                }
            }
        });

    [Fact]
    public void Reweighted_AnyWeights_IsTheScoreUnderThem()
        => ForEach(p =>
        {
            var reweighted = metric.Reweighted(p);
            foreach (var weights in (double[][])[Times(p.Count), Ones(p.Count), [.. Times(p.Count).Reverse()]])
            {
                Near(metric.Score(p.WithWeights(weights)), reweighted(weights));
            }
        });

    [Fact]
    public void Reweighted_ManyThreads_AgreeWithOne()
    {
        var p = RandomPredictions.Of(metric.Task, 200, 3);
        var reweighted = metric.Reweighted(p);
        double[][] weights = [.. Enumerable.Range(0, 50).Select(i => Enumerable.Range(0, p.Count).Select(r => (double)((r + i) % 3)).ToArray())];
        Assert.Equal(weights.Select(reweighted), weights.AsParallel().AsOrdered().Select(reweighted));
    }

    [Fact]
    public void Score_Predictions_AreNotWritten()
    {
        var p = RandomPredictions.Of(metric.Task, 40, 9, weighted: true);
        var (truth, values, weights) = ((double[])p.Truth.Clone(), (double[])p.Values.Clone(), (double[])p.Weights!.Clone());
        metric.Score(p);
        metric.Reweighted(p)(weights);
        Assert.Equal(truth, p.Truth);
        Assert.Equal(values, p.Values);
        Assert.Equal(weights, p.Weights);
    }

    [Fact]
    public void Score_PredictionsOfAnotherTask_Throws()
    {
        var other = metric.Task == LearningTask.Regression ? LearningTask.Binary : LearningTask.Regression;
        Assert.Throws<ArgumentException>(() => metric.Score(RandomPredictions.Of(other, 10, 1)));
    }

    [Fact]
    public void Compare_BetterWorseAndNaN_OrdersBestFirstAndNaNLast()
    {
        var (better, worse) = metric.HigherIsBetter ? (0.9, 0.2) : (0.2, 0.9);
        double[] scores = [double.NaN, worse, better, double.NaN];
        Array.Sort(scores, metric.Compare);
        Assert.Equal([better, worse, double.NaN, double.NaN], scores);
        Assert.Equal(0.7, metric.Gain(better, worse), 1e-12);
        Assert.Equal(double.NaN, metric.Gain(better, double.NaN));
    }

    [Fact]
    public void Id_LowerCaseWithUnderscores() => Assert.Matches("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", metric.Id);

    private void ForEach(Action<Predictions> check)
    {
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            try
            {
                check(RandomPredictions.Of(metric.Task, 20 + (int)seed, seed, weighted: seed % 2 == 0));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{metric.Id} fails for seed {seed}: {e.Message}", e);
            }
        }
    }

    private static void Near(double expected, double actual)
    {
        if (double.IsNaN(expected) || double.IsNaN(actual))
        {
            Assert.Equal(expected, actual);
            return;
        }

        Assert.InRange(actual, expected - 1e-9 * Math.Max(1, Math.Abs(expected)), expected + 1e-9 * Math.Max(1, Math.Abs(expected)));
    }

    private static double[] Times(int rows) => [.. Enumerable.Range(0, rows).Select(i => (double)(i * 7 % 4))];

    private static double[] Ones(int rows) => [.. Enumerable.Repeat(1.0, rows)];

    private static Predictions WithValue(Predictions predictions, int row, double value)
    {
        var values = (double[])predictions.Values.Clone();
        values[row * predictions.Outputs] = value;
        return new Predictions(predictions.Task, predictions.Truth, values, predictions.Outputs, predictions.Weights);
    }
}
