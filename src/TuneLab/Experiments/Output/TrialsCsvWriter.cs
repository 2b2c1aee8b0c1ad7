using System.Text;
using TuneLab.Storage;

namespace TuneLab.Experiments.Output;

/// <summary>One row per trial, every hyperparameter a column named <c>trainer.name</c>, numbers with round trip.</summary>
public sealed class TrialsCsvWriter : IResultWriter
{
    private static readonly string[] Fixed = ["number", "stage", "trainer", "status", "cached", "score", "std", "rows", "rounds", "folds", "started_s", "finished_s", "fit_s", "reason"];

    /// <inheritdoc/>
    public string Kind => "trials";

    /// <inheritdoc/>
    public string FileName => "trials.csv";

    /// <inheritdoc/>
    public void Write(RunRecord record, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        Write(record.Trials, writer);
    }

    /// <summary>Writes the table.</summary>
    /// <param name="trials">By number.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(IReadOnlyList<FinishedTrial> trials, TextWriter writer)
    {
        var parameters = trials.SelectMany(t => t.Configuration.Values.Keys.Select(k => (t.Configuration.Trainer, Name: k))).Distinct()
            .OrderBy(p => p.Trainer, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal).ToList();
        writer.WriteLine(string.Join(',', Fixed.Concat(parameters.Select(p => CsvText.Quote(p.Trainer + "." + p.Name)))));
        foreach (var trial in trials)
        {
            string[] start =
            [
                CsvText.Number(trial.Number), CsvText.Quote(trial.Stage), CsvText.Quote(trial.Configuration.Trainer), trial.Status.ToString().ToLowerInvariant(), trial.Cached ? "true" : "false", CsvText.Number(trial.Score),
                CsvText.Number(trial.Deviation), CsvText.Number(trial.Rows), CsvText.Number(trial.Rounds), CsvText.Number(trial.Scores.Length), Seconds(trial.StartedSeconds), Seconds(trial.FinishedSeconds), Seconds(trial.FitSeconds), CsvText.Quote(trial.Reason),
            ];
            var values = parameters.Select(p => p.Trainer == trial.Configuration.Trainer && trial.Configuration.Values.TryGetValue(p.Name, out var value) ? CsvText.Quote(value.ToString()) : "");
            writer.WriteLine(string.Join(',', start.Concat(values)));
        }
    }

    private static string Seconds(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
