using TuneLab.Experiments.Output;
using TuneLab.Experiments.Running;
using TuneLab.Storage;

namespace TuneLab.Experiments.Exporting;

/// <summary>
/// One row per fold of a trial, numbers with round trip: <c>trial, stage, trainer, fold, key, train_rows, valid_rows, rounds, fit_s, score_s, peak_memory_bytes, stopped, loss</c>, then every metric of the task, all at the trial's round count.
/// </summary>
public static class EvaluationsCsv
{
    private static readonly string[] Fixed = ["trial", "stage", "trainer", "fold", "key", "train_rows", "valid_rows", "rounds", "fit_s", "score_s", "peak_memory_bytes", "stopped", "loss"];

    /// <summary>Writes the table.</summary>
    /// <param name="store">Has the evaluations.</param>
    /// <param name="trials">By number.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(ITrialStore store, IReadOnlyList<FinishedTrial> trials, TextWriter writer)
    {
        string[]? metrics = null;
        foreach (var trial in trials.Where(t => t.Evaluations.Length > 0))
        {
            var evaluations = store.FindEvaluations(trial.Evaluations);
            for (var fold = 0; fold < trial.Evaluations.Length; fold++)
            {
                if (!evaluations.TryGetValue(trial.Evaluations[fold], out var evaluation))
                {
                    continue;
                }

                if (metrics is null)
                {
                    metrics = evaluation.Metrics;
                    writer.WriteLine(string.Join(',', Fixed.Concat(metrics.Select(CsvText.Quote))));
                }

                var at = RoundChoice.Checkpoint(evaluation, trial.Rounds);
                string[] start =
                [
                    CsvText.Number(trial.Number), CsvText.Quote(trial.Stage), CsvText.Quote(trial.Configuration.Trainer), CsvText.Number(fold + 1), evaluation.Key, CsvText.Number(evaluation.TrainRows), CsvText.Number(evaluation.ValidRows),
                    CsvText.Number(evaluation.Rounds[at]), CsvText.Number(evaluation.FitSeconds), CsvText.Number(evaluation.ScoreSeconds), evaluation.PeakMemoryBytes.ToString(CultureInfo.InvariantCulture), CsvText.Quote(evaluation.Stopped), CsvText.Number(evaluation.Losses[at]),
                ];
                writer.WriteLine(string.Join(',', start.Concat(metrics.Select(m => CsvText.Number(evaluation.Score(m, at))))));
            }
        }

        if (metrics is null)
        {
            writer.WriteLine(string.Join(',', Fixed));
        }
    }
}
