using TuneLab.Metrics;
using TuneLab.Randomness;

namespace TuneLab.Analysis;

/// <summary>What a bootstrap of two models on the same rows finds.</summary>
/// <param name="Metric">What is measured.</param>
/// <param name="Winner">The winner's score.</param>
/// <param name="Rival">The rival's score.</param>
/// <param name="Effect">Winner minus rival, positive when the winner is better.</param>
public sealed record PairedEffect(Metric Metric, BootstrapScore Winner, BootstrapScore Rival, BootstrapScore Effect);

/// <summary>
/// Bootstraps scores over rows (Efron and Tibshirani 1993): rows are drawn with replacement, as many as there are, and both models are scored on the same draw. A row counts as often as it was drawn, times its own weight, so nothing
/// is sorted or predicted again. It speaks for new rows like these, not for models trained anew; groups and order in time are not kept together. Draws on which a score is not defined are left out.
/// </summary>
public static class PairedBootstrap
{
    /// <summary>How many resamples are drawn when nothing else is said.</summary>
    public const int Resamples = 2000;

    /// <summary>Two models on the same rows.</summary>
    /// <param name="metric">What is measured.</param>
    /// <param name="winner">Predictions of the one.</param>
    /// <param name="rival">Predictions of the other: same truth and weights, row by row.</param>
    /// <param name="seed">Resample i is drawn from its child i, whatever the number of threads.</param>
    /// <param name="resamples">How many.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">The predictions are not of the same rows, or of another task than the metric.</exception>
    public static PairedEffect Run(Metric metric, Predictions winner, Predictions rival, Seed seed, int resamples = Resamples, int threads = 1)
    {
        if (!winner.Truth.AsSpan().SequenceEqual(rival.Truth) || !(winner.Weights ?? []).AsSpan().SequenceEqual(rival.Weights))
        {
            throw new ArgumentException("A paired bootstrap needs two predictions of the same rows.", nameof(rival));
        }

        var draws = Draw(winner, [metric.Reweighted(winner), metric.Reweighted(rival)], seed, resamples, threads);
        var (a, b) = (metric.Score(winner), metric.Score(rival));
        return new PairedEffect(metric, new BootstrapScore(a, draws.Select(d => d[0])), new BootstrapScore(b, draws.Select(d => d[1])), new BootstrapScore(metric.Gain(a, b), draws.Select(d => metric.Gain(d[0], d[1]))) { Rows = winner.Count });
    }

    /// <summary>One model.</summary>
    /// <param name="metric">What is measured.</param>
    /// <param name="predictions">Its predictions.</param>
    /// <param name="seed">Resample i is drawn from its child i.</param>
    /// <param name="resamples">How many.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    public static BootstrapScore Single(Metric metric, Predictions predictions, Seed seed, int resamples = Resamples, int threads = 1)
        => new(metric.Score(predictions), Draw(predictions, [metric.Reweighted(predictions)], seed, resamples, threads).Select(d => d[0])) { Rows = predictions.Count };

    private static double[][] Draw(Predictions rows, Func<double[], double>[] scores, Seed seed, int resamples, int threads)
    {
        var draws = new double[resamples][];
        if (rows.Count == 0)
        {
            Array.Fill(draws, [double.NaN, double.NaN]);
            return draws;
        }

        Parallel.For(0, resamples, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, () => new double[rows.Count], (i, _, weights) =>
        {
            Resample(rows.Weights, weights, seed.Child(i).Random());
            draws[i] = Array.ConvertAll(scores, score => score(weights));
            return weights;
        }, _ => { });
        return draws;
    }

    private static void Resample(double[]? own, double[] weights, SeededRandom random)
    {
        Array.Clear(weights);
        for (var i = 0; i < weights.Length; i++)
        {
            weights[random.NextInt(weights.Length)]++;
        }

        for (var i = 0; own is not null && i < weights.Length; i++)
        {
            weights[i] *= own[i];
        }
    }
}
