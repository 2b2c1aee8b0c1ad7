using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Randomness;

namespace TuneLab.Analysis.Holdout;

/// <summary>How a model's predictions of the holdout are right and wrong. Immutable.</summary>
public sealed record HoldoutAnalysis
{
    /// <summary>How many rows.</summary>
    public required int Rows { get; init; }

    /// <summary>ROC and precision-recall; null unless binary with both classes.</summary>
    public RankingCurves? Ranking { get; init; }

    /// <summary>Predicted and observed probabilities; null unless binary with enough rows.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>True and predicted classes; null for a regression.</summary>
    public ConfusionTable? Confusion { get; init; }

    /// <summary>Predicted and true numbers; null unless it is a regression.</summary>
    public Residuals? Residuals { get; init; }

    /// <summary>What <see cref="Worst"/> and <see cref="Slices"/> count: <c>log-loss</c> or <c>absolute error</c>.</summary>
    public required string Loss { get; init; }

    /// <summary>The mean of it over all rows.</summary>
    public required double MeanLoss { get; init; }

    /// <summary>The rows of the largest loss, worst first.</summary>
    public required IReadOnlyList<WorstRow> Worst { get; init; }

    /// <summary>Parts of the rows that are worse than the rest, worst first; empty where none is for sure.</summary>
    public required IReadOnlyList<ErrorSlice> Slices { get; init; }

    /// <summary>Analyses predictions: milliseconds for thousands of rows.</summary>
    /// <param name="table">The data.</param>
    /// <param name="rows">[holdout] row indexes.</param>
    /// <param name="predictions">Of these rows.</param>
    /// <param name="seed">Draws what is shown, and parts the rows that slices are found and measured on.</param>
    public static HoldoutAnalysis Of(TaskTable table, int[] rows, Predictions predictions, Seed seed)
    {
        var losses = RowLosses.Of(predictions);
        var known = losses.Where(l => !double.IsNaN(l)).ToList();
        return new HoldoutAnalysis
        {
            Rows = rows.Length,
            Ranking = RankingCurves.Of(predictions),
            Calibration = Calibration.Of(predictions),
            Confusion = table.Task == LearningTask.Regression ? null : ConfusionTable.Of(predictions, table.Classes),
            Residuals = table.Task == LearningTask.Regression ? Residuals.Of(predictions, seed.Child("residuals")) : null,
            Loss = RowLosses.Name(table.Task),
            MeanLoss = known.Count == 0 ? double.NaN : known.Average(),
            Worst = WorstRow.Of(table, rows, predictions, losses),
            Slices = ErrorSlices.Find(table, rows, losses, seed.Child("slices")),
        };
    }
}
