using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Randomness;

namespace TuneLab.Testing;

/// <summary>Predictions that are right more often than not, with ties, and with every class in the truth: made of a seed.</summary>
public static class RandomPredictions
{
    /// <param name="task">Multiclass has four classes; regression a truth of at least 1, which every metric is defined for.</param>
    /// <param name="rows">At least 8.</param>
    /// <param name="seed">Draws them.</param>
    /// <param name="weighted">Whether rows weigh between 0.5 and 2.5.</param>
    public static Predictions Of(LearningTask task, int rows, ulong seed, bool weighted = false)
    {
        var random = new SeededRandom(seed);
        var outputs = task == LearningTask.Multiclass ? 4 : 1;
        var truth = new double[rows];
        var values = new double[rows * outputs];
        for (var i = 0; i < rows; i++)
        {
            switch (task)
            {
                case LearningTask.Binary:
                    truth[i] = i < 4 ? i % 2 : random.NextInt(3) == 0 ? 1 : 0;
                    values[i] = Math.Round(Math.Clamp(0.35 + 0.3 * truth[i] + 0.2 * random.NextNormal(), 0.01, 0.99), 2);
                    break;
                case LearningTask.Multiclass:
                    truth[i] = i < 8 ? i % 4 : random.NextInt(4);
                    Tickets(values.AsSpan(i * 4, 4), (int)truth[i], random);
                    break;
                default:
                    truth[i] = Math.Round(1 + Math.Abs(5 * random.NextNormal()), 2);
                    values[i] = Math.Round(truth[i] + random.NextNormal(), 2);
                    break;
            }
        }

        double[]? weights = weighted ? [.. Enumerable.Range(0, rows).Select(_ => 0.5 + 2 * random.NextDouble())] : null;
        return new Predictions(task, truth, values, outputs, weights);
    }

    /// <summary>The same truth, predicted without a mistake and with certainty.</summary>
    public static Predictions Perfect(Predictions predictions)
    {
        var values = new double[predictions.Values.Length];
        for (var i = 0; i < predictions.Count; i++)
        {
            if (predictions.Outputs > 1)
            {
                values[i * predictions.Outputs + (int)predictions.Truth[i]] = 1;
            }
            else
            {
                values[i] = predictions.Truth[i];
            }
        }

        return new Predictions(predictions.Task, predictions.Truth, values, predictions.Outputs, predictions.Weights);
    }

    /// <summary>Some of the rows, in any order and any number of times.</summary>
    public static Predictions Rows(Predictions predictions, IReadOnlyList<int> rows) => new(
        predictions.Task,
        [.. rows.Select(r => predictions.Truth[r])],
        [.. rows.SelectMany(r => predictions.Values.Skip(r * predictions.Outputs).Take(predictions.Outputs))],
        predictions.Outputs,
        predictions.Weights is { } weights ? [.. rows.Select(r => weights[r])] : null);

    /// <summary>Ten tickets over four classes, three of them to the true one: ties and zeros, and the row sums to 1.</summary>
    private static void Tickets(Span<double> row, int truth, SeededRandom random)
    {
        row[truth] += 0.3;
        for (var i = 0; i < 7; i++)
        {
            row[random.NextInt(row.Length)] += 0.1;
        }
    }
}
