using System.Text.Json;
using TuneLab.Experiments.Comparing;

namespace TuneLab.Cli.Output;

/// <summary>A comparison as text and as JSON.</summary>
internal static class ComparisonView
{
    public static void WriteText(ComparisonResult result, TextWriter output)
    {
        var direction = result.HigherIsBetter ? "more is better" : "less is better";
        if (result.Tables is { } tables)
        {
            Write(tables, result.Metric, direction, output);
        }
        else
        {
            var things = new TextTable("", "trainer", ">" + result.Metric, "");
            foreach (var thing in result.Things)
            {
                things.Add(thing.Name, thing.Trainer, Words.Score(thing.Score), thing.Of);
            }

            things.Write(output);
            output.WriteLine(direction + ".");
            output.WriteLine();
            var pairs = new TextTable("better", "worse", ">by", "95 % interval", ">p", ">adjusted", "test");
            foreach (var pair in result.Pairs)
            {
                pairs.Add(pair.First, pair.Second, Words.Difference(pair.Effect), double.IsNaN(pair.Low) ? "-" : $"{Words.Difference(pair.Low)} to {Words.Difference(pair.High)}", P(pair.P), P(pair.Adjusted), pair.Without is null ? pair.Ground : pair.Ground + ": " + pair.Without);
            }

            pairs.Write(output);
            if (result.Pairs.Count > 1)
            {
                output.WriteLine("adjusted: p for all pairs together (Holm).");
            }
        }

        foreach (var note in result.Notes)
        {
            output.WriteLine(note);
        }
    }

    public static void WriteJson(ComparisonResult result, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("metric", result.Metric);
        json.WriteBoolean("higher_is_better", result.HigherIsBetter);
        json.WriteStartArray("compared");
        foreach (var thing in result.Things)
        {
            json.WriteStartObject();
            json.WriteString("name", thing.Name);
            json.WriteString("trainer", thing.Trainer);
            json.WriteFinite("score", thing.Score);
            json.WriteString("of", thing.Of);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("pairs");
        foreach (var pair in result.Pairs)
        {
            json.WriteStartObject();
            json.WriteString("better", pair.First);
            json.WriteString("worse", pair.Second);
            json.WriteFinite("effect", pair.Effect);
            json.WriteFinite("low", pair.Low);
            json.WriteFinite("high", pair.High);
            json.WriteFinite("p", pair.P);
            json.WriteFinite("adjusted", pair.Adjusted);
            json.WriteString("test", pair.Ground);
            json.WriteString("without", pair.Without);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (result.Tables is { } tables)
        {
            WriteJson(tables, json);
        }

        json.WriteTexts("notes", result.Notes);
        json.WriteEndObject();
    }

    private static void Write(TableRanks tables, string metric, string direction, TextWriter output)
    {
        var scores = new TextTable(["", .. tables.Trainers.Select(t => ">" + t)]);
        for (var i = 0; i < tables.Experiments.Count; i++)
        {
            scores.Add([tables.Experiments[i], .. tables.Scores[i].Select(Words.Score)]);
        }

        if (tables.Test is { } test)
        {
            scores.Add(["mean rank", .. test.MeanRanks.Select(r => r.ToString("0.00", CultureInfo.InvariantCulture))]);
        }

        scores.Write(output);
        output.WriteLine($"Best validation {metric} on all rows of each trainer; {direction}.");
        if (tables.Test is not { } friedman)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine($"That they do not differ: p {P(friedman.PF)} (Friedman). Mean ranks at least {friedman.CriticalDifference.ToString("0.00", CultureInfo.InvariantCulture)} apart differ at the 5 % level (Nemenyi):");
        var pairs = new TextTable("better", "worse", ">p");
        for (var i = 0; i < tables.Trainers.Count; i++)
        {
            for (var j = i + 1; j < tables.Trainers.Count; j++)
            {
                pairs.Add(tables.Trainers[i], tables.Trainers[j], P(friedman.Pairwise[i][j]));
            }
        }

        pairs.Write(output, "  ");
        if (tables.Anova is { } anova)
        {
            output.WriteLine(anova.Holds
                ? string.Create(CultureInfo.InvariantCulture, $"That they do not differ by the scores themselves: p {P(anova.P)} (analysis of variance with repeated measures, F {anova.F:0.00}, Greenhouse and Geisser's correction {anova.Epsilon:0.00}). Its residuals may be normal (p {P(anova.NormalP)}, Anderson and Darling).")
                : $"No analysis of variance by the scores themselves: its residuals are not normal (p {P(anova.NormalP)}, Anderson and Darling).");
        }
    }

    private static void WriteJson(TableRanks tables, Utf8JsonWriter json)
    {
        json.WriteStartObject("tables");
        json.WriteTexts("trainers", tables.Trainers);
        json.WriteStartArray("scores");
        for (var i = 0; i < tables.Experiments.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("experiment", tables.Experiments[i]);
            Numbers(json, "scores", tables.Scores[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (tables.Test is { } test)
        {
            Numbers(json, "mean_ranks", test.MeanRanks);
            json.WriteFinite("chi_squared", test.ChiSquared);
            json.WriteFinite("p", test.PF);
            json.WriteFinite("critical_difference", test.CriticalDifference);
            json.WriteStartArray("pairwise_p");
            foreach (var row in test.Pairwise)
            {
                Numbers(json, null, row);
            }

            json.WriteEndArray();
        }

        if (tables.Anova is { } anova)
        {
            json.WriteStartObject("anova");
            json.WriteBoolean("holds", anova.Holds);
            json.WriteFinite("f", anova.F);
            json.WriteFinite("epsilon", anova.Epsilon);
            json.WriteFinite("p", anova.P);
            json.WriteFinite("residuals_normal_p", anova.NormalP);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string? name, IReadOnlyList<double> numbers)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static string P(double p) => double.IsNaN(p) ? "-" : p < 0.001 ? "<0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);
}
