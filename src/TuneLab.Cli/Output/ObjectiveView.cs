using System.Text.Json;
using TuneLab.Analysis.ToyTruth;

namespace TuneLab.Cli.Output;

/// <summary>The check of an objective as text and as JSON.</summary>
internal static class ObjectiveView
{
    public static void WriteText(ObjectiveReport report, TextWriter output)
    {
        output.WriteLine($"Does {report.Metric} rank the function that made the labels ({Words.Score(report.Truth)}) above others, on {Words.Count(report.Rows, "row")}?");
        var table = new TextTable("held against", ">" + report.Metric, ">truth above in");
        foreach (var other in report.Alternatives)
        {
            table.Add(other.Name, Words.Score(other.Score), Percent(other.Above));
        }

        table.Write(output, "  ");
        var missed = report.Alternatives.Where(a => a.Above < ObjectiveReport.Enough).ToList();
        output.WriteLine(missed.Count == 0 ? "It does, in 95 of 100 resamples or more."
            : $"It does not tell it for sure from: {string.Join("; ", missed.Select(m => m.Name))}. About 50 % means that it can't see the difference at all, as ranks can't see how sure probabilities are.");
        if (report.Noise.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine("With labels made worse (share of rows whose label is drawn anew; for numbers, noise in deviations of the label), against the nearest of those that it does tell:");
        var noise = new TextTable(">noise", ">truth above in", "nearest");
        foreach (var level in report.Noise)
        {
            noise.Add(level.Noise.ToString("0.##", CultureInfo.InvariantCulture), Percent(level.Above), level.Nearest);
        }

        noise.Write(output, "  ");
        output.WriteLine(report.Breaks is { } breaks ? $"From noise of {breaks.ToString("0.##", CultureInfo.InvariantCulture)} on it ranks them for sure no more." : "None of these is too much.");
    }

    public static void WriteJson(ObjectiveReport report, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("metric", report.Metric);
        json.WriteNumber("rows", report.Rows);
        json.WriteFinite("truth", report.Truth);
        json.WriteStartArray("alternatives");
        foreach (var other in report.Alternatives)
        {
            json.WriteStartObject();
            json.WriteString("name", other.Name);
            json.WriteFinite("score", other.Score);
            json.WriteFinite("truth_above", other.Above);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("noise");
        foreach (var level in report.Noise)
        {
            json.WriteStartObject();
            json.WriteNumber("noise", level.Noise);
            json.WriteFinite("truth_above", level.Above);
            json.WriteString("nearest", level.Nearest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteFinite("breaks", report.Breaks);
        json.WriteEndObject();
    }

    private static string Percent(double share) => double.IsNaN(share) ? "-" : (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
