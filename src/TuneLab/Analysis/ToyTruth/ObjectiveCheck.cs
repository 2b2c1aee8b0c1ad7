using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Randomness;

namespace TuneLab.Analysis.ToyTruth;

/// <summary>How often a metric ranks the function that made the labels above something worse.</summary>
/// <param name="Name">What it is held against.</param>
/// <param name="Score">The score of that on all rows.</param>
/// <param name="Above">The share of resamples in which the truth scores better; equal scores count half. About 0.5 where the metric does not tell them apart.</param>
public sealed record TruthRank(string Name, double Score, double Above);

/// <summary>The same with labels made worse.</summary>
/// <param name="Noise">The share of rows whose class was drawn anew; for a regression the deviation of what was added, in deviations of the label.</param>
/// <param name="Above">The share of resamples in which the truth scores better than the one that comes nearest of those that it beats without noise.</param>
/// <param name="Nearest">Which one that is.</param>
public sealed record TruthUnderNoise(double Noise, double Above, string Nearest);

/// <summary>Whether a metric asks for the right thing, on data whose truth is known.</summary>
/// <param name="Metric">The metric's id.</param>
/// <param name="Rows">Rows in each resample.</param>
/// <param name="Truth">The score of the function that made the labels.</param>
/// <param name="Alternatives">What it was held against, the best score first.</param>
/// <param name="Noise">By rising noise; empty where the metric tells the truth from nothing.</param>
public sealed record ObjectiveReport(string Metric, int Rows, double Truth, IReadOnlyList<TruthRank> Alternatives, IReadOnlyList<TruthUnderNoise> Noise)
{
    /// <summary>A metric that ranks the truth above something in so many resamples can be searched by.</summary>
    public const double Enough = 0.95;

    /// <summary>The least noise at which it does so no more; null when it always does, or never did.</summary>
    public double? Breaks => Noise.FirstOrDefault(n => n.Above < Enough)?.Noise;
}

/// <summary>
/// Holds the function that made the labels of a toy table against functions that are known to be worse: one that knows nothing, one that knows only which half a row is in, the truth with noise, and the truth drawn towards the middle or
/// away from it, which ranks alike but is wrong. Each is scored on resamples of as many rows as the holdout will have.
/// </summary>
public static class ObjectiveCheck
{
    private const int Resamples = 400;
    private static readonly double[] Spreads = [0.5, 1];
    private static readonly double[] Levels = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1];

    /// <summary>The check.</summary>
    /// <param name="metric">What is checked.</param>
    /// <param name="truth">The labels, and as predictions what they were drawn around: probabilities, or the expectation.</param>
    /// <param name="rows">Rows in each resample, at least 2.</param>
    /// <param name="seed">Draws resamples and noise.</param>
    public static ObjectiveReport Run(Metric metric, Predictions truth, int rows, Seed seed)
    {
        var others = Alternatives(truth, seed.Child("alternatives")).ToList();
        var ranks = Ranks(metric, truth, others, rows, seed.Child("resamples"));
        ranks = [.. ranks.OrderBy(r => r.Score, Comparer<double>.Create(metric.Compare)).ThenBy(r => r.Name, StringComparer.Ordinal)];
        var beaten = others.Where(o => ranks.Any(r => r.Name == o.Name && r.Above >= ObjectiveReport.Enough)).ToList();
        return new ObjectiveReport(metric.Id, rows, metric.Score(truth), ranks, beaten.Count == 0 ? [] : [.. Levels.Select(Under)]);

        TruthUnderNoise Under(double level, int i)
        {
            var noisy = new Predictions(truth.Task, Worsened(truth, level, seed.Child("noise").Child(i).Random()), truth.Values, truth.Outputs);
            var worst = Ranks(metric, noisy, beaten, rows, seed.Child("resamples")).MinBy(r => r.Above)!;
            return new TruthUnderNoise(level, worst.Above, worst.Name);
        }
    }

    private static List<TruthRank> Ranks(Metric metric, Predictions truth, IReadOnlyList<(string Name, double[] Values)> others, int rows, Seed seed)
    {
        var own = metric.Reweighted(truth);
        var scored = others.Select(o => new Predictions(truth.Task, truth.Truth, o.Values, truth.Outputs)).ToList();
        var scores = scored.ConvertAll(metric.Reweighted);
        var (above, drawn) = (new double[others.Count], new int[others.Count]);
        var weights = new double[truth.Count];
        for (var r = 0; r < Resamples; r++)
        {
            var random = seed.Child(r).Random();
            Array.Clear(weights);
            for (var i = 0; i < rows; i++)
            {
                weights[random.NextInt(weights.Length)]++;
            }

            var best = own(weights);
            for (var o = 0; o < scores.Count; o++)
            {
                var gain = metric.Gain(best, scores[o](weights));
                if (!double.IsNaN(gain))
                {
                    drawn[o]++;
                    above[o] += Math.Abs(gain) < 1e-12 ? 0.5 : gain > 0 ? 1 : 0;
                }
            }
        }

        return [.. others.Select((o, i) => new TruthRank(o.Name, metric.Score(scored[i]), drawn[i] == 0 ? double.NaN : above[i] / drawn[i]))];
    }

    private static IEnumerable<(string Name, double[] Values)> Alternatives(Predictions truth, Seed seed)
    {
        var mean = Mean(truth);
        yield return ("one answer for all rows", Each(truth, (_, c) => mean[c]));
        yield return ("which half a row is in", Halves(truth, mean));
        foreach (var share in Spreads)
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"the truth with noise of {share:0.0} of its spread"), Noisy(truth, mean, share, seed.Child((long)(10 * share)).Random()));
        }

        yield return ("the truth, half as sure", Each(truth, (i, c) => mean[c] + (0.5 * (truth.Values[(i * truth.Outputs) + c] - mean[c]))));
        yield return ("the truth, surer than it is", Surer(truth, mean));
    }

    private static double[] Each(Predictions truth, Func<int, int, double> value)
    {
        var values = new double[truth.Values.Length];
        for (var i = 0; i < truth.Count; i++)
        {
            for (var c = 0; c < truth.Outputs; c++)
            {
                values[(i * truth.Outputs) + c] = value(i, c);
            }
        }

        return values;
    }

    private static double[] Mean(Predictions truth)
        => [.. Enumerable.Range(0, truth.Outputs).Select(c => Enumerable.Range(0, truth.Count).Average(i => truth.Values[(i * truth.Outputs) + c]))];

    private static double[] Halves(Predictions truth, double[] mean)
    {
        var first = Enumerable.Range(0, truth.Count).Select(i => truth.Values[i * truth.Outputs]).Order().ToArray()[truth.Count / 2];
        bool Upper(int row) => truth.Values[row * truth.Outputs] >= first;
        double[][] halves = [Half(false), Half(true)];
        return Each(truth, (i, c) => halves[Upper(i) ? 1 : 0][c]);

        double[] Half(bool upper) => [.. Enumerable.Range(0, truth.Outputs)
            .Select(c => Enumerable.Range(0, truth.Count).Where(i => Upper(i) == upper).Select(i => truth.Values[(i * truth.Outputs) + c]).DefaultIfEmpty(mean[c]).Average())];
    }

    // on the scale of logits, classes made to add up again
    private static double[] Noisy(Predictions truth, double[] mean, double share, SeededRandom random)
    {
        if (truth.Task == LearningTask.Regression)
        {
            var spread = Math.Sqrt(truth.Values.Average(v => (v - mean[0]) * (v - mean[0])));
            return [.. truth.Values.Select(v => v + (share * spread * random.NextNormal()))];
        }

        var logits = Each(truth, (i, c) => Math.Log(Math.Max(1e-9, truth.Values[(i * truth.Outputs) + c])) - (truth.Outputs == 1 ? Math.Log(Math.Max(1e-9, 1 - truth.Values[i])) : 0));
        var middle = logits.Average();
        var deviation = Math.Sqrt(logits.Average(l => (l - middle) * (l - middle)));
        return Probabilities(truth, [.. logits.Select(l => l + (share * deviation * random.NextNormal()))]);
    }

    private static double[] Surer(Predictions truth, double[] mean)
        => truth.Task == LearningTask.Regression ? Each(truth, (i, c) => mean[c] + (1.5 * (truth.Values[i] - mean[c])))
            : Probabilities(truth, Each(truth, (i, c) => 2 * (Math.Log(Math.Max(1e-9, truth.Values[(i * truth.Outputs) + c])) - (truth.Outputs == 1 ? Math.Log(Math.Max(1e-9, 1 - truth.Values[i])) : 0))));

    private static double[] Probabilities(Predictions truth, double[] logits)
    {
        if (truth.Outputs == 1)
        {
            return [.. logits.Select(l => 1 / (1 + Math.Exp(-l)))];
        }

        var values = new double[logits.Length];
        for (var i = 0; i < truth.Count; i++)
        {
            var row = logits.AsSpan(i * truth.Outputs, truth.Outputs);
            var (largest, sum) = (double.NegativeInfinity, 0.0);
            foreach (var logit in row)
            {
                largest = Math.Max(largest, logit);
            }

            for (var c = 0; c < row.Length; c++)
            {
                sum += values[(i * truth.Outputs) + c] = Math.Exp(row[c] - largest);
            }

            for (var c = 0; c < row.Length; c++)
            {
                values[(i * truth.Outputs) + c] /= sum;
            }
        }

        return values;
    }

    private static double[] Worsened(Predictions truth, double level, SeededRandom random)
    {
        var labels = (double[])truth.Truth.Clone();
        if (truth.Task == LearningTask.Regression)
        {
            var mean = labels.Average();
            var spread = Math.Sqrt(labels.Average(v => (v - mean) * (v - mean)));
            return [.. labels.Select(v => v + (level * spread * random.NextNormal()))];
        }

        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = random.NextDouble() < level ? truth.Truth[random.NextInt(labels.Length)] : labels[i];
        }

        return labels;
    }
}
