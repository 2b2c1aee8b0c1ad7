using TuneLab.Data;
using TuneLab.Metrics;

namespace TuneLab.Analysis.Holdout;

/// <summary>A holdout row that the model gets badly wrong.</summary>
/// <param name="Row">Its number among the rows whose label is known, in the order of the file, from 1.</param>
/// <param name="Truth">The label, as text.</param>
/// <param name="Predicted">The prediction: the class with its probability, or the number.</param>
/// <param name="Loss">Its own loss, as <see cref="RowLosses"/> has it.</param>
/// <param name="Values">Names and values of its features, as text; at most <see cref="MostValues"/>.</param>
public sealed record WorstRow(int Row, string Truth, string Predicted, double Loss, IReadOnlyList<KeyValuePair<string, string>> Values)
{
    /// <summary>How many features are kept.</summary>
    public const int MostValues = 12;

    private const int Shown = 10;

    /// <summary>The ten rows of the largest loss, worst first; ties by number.</summary>
    /// <param name="table">The data.</param>
    /// <param name="rows">[holdout] row indexes.</param>
    /// <param name="predictions">Of these rows.</param>
    /// <param name="losses">[holdout] of them.</param>
    public static IReadOnlyList<WorstRow> Of(TaskTable table, int[] rows, Predictions predictions, double[] losses)
        => [.. Enumerable.Range(0, rows.Length).Where(i => predictions.Weight(i) > 0 && !double.IsNaN(losses[i])).OrderByDescending(i => losses[i]).ThenBy(i => i).Take(Shown)
            .Select(i => new WorstRow(rows[i] + 1, TruthOf(table, predictions.Truth[i]), PredictedOf(table, predictions, i), losses[i],
                [.. table.Features.Take(MostValues).Select(c => new KeyValuePair<string, string>(c.Name, c.Text(rows[i])))]))];

    private static string TruthOf(TaskTable table, double truth)
        => table.Task == LearningTask.Regression ? truth.ToString("G6", CultureInfo.InvariantCulture) : table.Classes[(int)truth];

    private static string PredictedOf(TaskTable table, Predictions predictions, int row)
    {
        if (table.Task == LearningTask.Regression)
        {
            return predictions.Values[row].ToString("G6", CultureInfo.InvariantCulture);
        }

        var label = predictions.Labels[row];
        var probability = predictions.Outputs > 1 ? predictions.Values[(row * predictions.Outputs) + label] : label == 1 ? predictions.Values[row] : 1 - predictions.Values[row];
        return table.Classes[label] + " (" + probability.ToString("0.000", CultureInfo.InvariantCulture) + ")";
    }
}
