using System.Text.Json;
using TuneLab.Experiments.Journal;

namespace TuneLab.Cli.Output;

/// <summary>The journal as text and as JSON.</summary>
internal static class JournalView
{
    public static void WriteText(IReadOnlyList<JournalEntry> entries, TextWriter output)
    {
        foreach (var entry in entries)
        {
            var when = entry.When.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            if (entry.Note is { } note)
            {
                output.WriteLine($"{when}  note{(entry.Experiment is { } about ? " about " + about : "")}: {note}");
            }
            else
            {
                output.WriteLine($"{when}  {entry.Experiment} (data {entry.Data ?? "unknown"})");
                WriteIndented(output, entry.Question is { } question ? "asked: " + question : null);
                WriteIndented(output, entry.Hypothesis is { } hypothesis ? "believed: " + hypothesis : null);
                WriteIndented(output, entry.Verdict!.Sentence);
                var winner = entry.Winner!;
                WriteIndented(output, $"winner: {winner.Trainer}, {winner.Metric} {(winner.Holdout is { } holdout ? Words.Score(holdout.Value) + " on the holdout" : Words.Score(winner.Validation.Mean) + " in validation")}; {Words.Hyperparameters(winner.Settled)}");
            }

            output.WriteLine();
        }
    }

    public static void WriteJson(IReadOnlyList<JournalEntry> entries, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("kind", entry.Note is null ? "answer" : "note");
            json.WriteString("when", entry.When);
            json.WriteString("experiment", entry.Experiment);
            json.WriteFinite("id", entry.ExperimentId);
            if (entry.Note is { } note)
            {
                json.WriteString("note", note);
            }
            else
            {
                json.WriteString("question", entry.Question);
                json.WriteString("hypothesis", entry.Hypothesis);
                json.WriteString("outcome", entry.Verdict!.Outcome.ToString().ToLowerInvariant());
                json.WriteFinite("effect", entry.Verdict.Effect);
                json.WriteString("sentence", entry.Verdict.Sentence);
                json.WriteString("metric", entry.Metric);
                json.WriteString("data", entry.Data);
                json.WriteString("fingerprint", entry.Fingerprint);
                json.WriteString("winner", entry.Winner!.Trainer);
                json.WriteFinite("validation", entry.Winner.Validation.Mean);
                json.WriteFinite("holdout", entry.Winner.Holdout?.Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteIndented(TextWriter output, string? text)
    {
        if (text is not null)
        {
            output.WriteLine("  " + text);
        }
    }
}
