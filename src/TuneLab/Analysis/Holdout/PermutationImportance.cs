using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Randomness;

namespace TuneLab.Analysis.Holdout;

/// <summary>
/// Permutation importance on rows that the model has not seen (Breiman 2001, section 10; Fisher, Rudin and Dominici 2019), with intervals by a bootstrap over rows in which each draw takes one of the shuffles. Columns that say nearly the
/// same are shuffled together: one alone would seem unimportant because the other stands in for it.
/// </summary>
public static class PermutationImportance
{
    /// <summary>How often each group is shuffled.</summary>
    public const int Shuffles = 5;

    /// <summary>How many rows are predicted for each shuffle at most.</summary>
    public const int MostRows = 5000;

    private const int Draws = 300;

    /// <summary>The importances, largest first. All groups are shuffled once, then once more, until all is done or there is no more time; a group that was never reached is left out.</summary>
    /// <param name="table">The data.</param>
    /// <param name="rows">Row indexes to predict; a random part of them where there are more than <see cref="MostRows"/>.</param>
    /// <param name="groups">Columns that are shuffled together.</param>
    /// <param name="metric">What is measured.</param>
    /// <param name="predict">From a table of these columns to [rows x outputs] predictions; thread-safe.</param>
    /// <param name="seed">Draws rows, shuffles and resamples.</param>
    /// <param name="more">Whether there is time for another shuffle or interval; asked from several threads. A column for which there is none is left out.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it as long as there is time.</param>
    public static IReadOnlyList<FeatureImportance> Of(TaskTable table, int[] rows, IReadOnlyList<IReadOnlyList<string>> groups, Metric metric, Func<Dataset, double[]> predict, Seed seed, Func<bool> more, int threads = 1)
    {
        rows = Sample(rows, seed.Child("rows").Random());
        var data = table.Data.Select(rows);
        var whole = Scored(predict(data));
        var (score, scores) = (metric.Score(whole), groups.Select(_ => new Predictions?[Shuffles]).ToArray());
        Parallel.For(0, groups.Count * Shuffles, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, at =>
        {
            var (shuffle, g) = Math.DivRem(at, groups.Count);
            if (more())
            {
                scores[g][shuffle] = Scored(predict(Shuffled(data, groups[g], seed.Child("shuffle").Child(g).Child(shuffle).Random())));
            }
        });
        var found = new FeatureImportance?[groups.Count];
        Parallel.For(0, groups.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, g =>
        {
            Predictions[] shuffled = [.. scores[g].OfType<Predictions>()];
            if (shuffled.Length > 0 && more())
            {
                var (low, high) = Interval(metric, metric.Reweighted(whole), Array.ConvertAll(shuffled, metric.Reweighted), whole.Weights, rows.Length, seed.Child("draws").Child(g).Random());
                found[g] = new FeatureImportance(groups[g], shuffled.Average(s => metric.Gain(score, metric.Score(s))), low, high);
            }
        });
        return [.. found.OfType<FeatureImportance>().OrderByDescending(f => f.Effect).ThenBy(f => f.Columns[0], StringComparer.Ordinal)];

        Predictions Scored(double[] values) => new(table.Task, [.. rows.Select(r => table.Target[r])], values, table.Outputs, table.Weights is null ? null : [.. rows.Select(r => table.Weights[r])]);
    }

    private static (double Low, double High) Interval(Metric metric, Func<double[], double> whole, Func<double[], double>[] shuffled, double[]? own, int count, SeededRandom random)
    {
        var draws = new double[Draws];
        var weights = new double[count];
        for (var d = 0; d < Draws; d++)
        {
            Array.Clear(weights);
            for (var i = 0; i < count; i++)
            {
                weights[random.NextInt(count)]++;
            }

            for (var i = 0; own is not null && i < count; i++)
            {
                weights[i] *= own[i];
            }

            draws[d] = metric.Gain(whole(weights), shuffled[random.NextInt(shuffled.Length)](weights));
        }

        var score = new BootstrapScore(0, draws);
        return (score.Quantile(0.025), score.Quantile(0.975));
    }

    private static Dataset Shuffled(Dataset data, IReadOnlyList<string> columns, SeededRandom random)
    {
        var order = Enumerable.Range(0, data.RowCount).ToArray();
        random.Shuffle(order);

        return new Dataset(data.Source, [.. data.Columns.Select(c => columns.Contains(c.Name) ? c.Select(order) : c)]);
    }

    private static int[] Sample(int[] rows, SeededRandom random)
    {
        if (rows.Length <= MostRows)
        {
            return rows;
        }

        var drawn = (int[])rows.Clone();
        for (var i = 0; i < MostRows; i++)
        {
            var other = i + random.NextInt(drawn.Length - i);
            (drawn[i], drawn[other]) = (drawn[other], drawn[i]);
        }

        return [.. drawn.Take(MostRows).Order()];
    }
}
