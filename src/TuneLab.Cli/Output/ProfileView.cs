using System.Text.Json;
using TuneLab.Data;

namespace TuneLab.Cli.Output;

/// <summary>A table's profile, for <c>describe</c>.</summary>
internal static class ProfileView
{
    private const int LongestValue = 24;
    private const int LevelsShown = 4;

    /// <summary>A row per column, and what there is to learn when a label is named.</summary>
    public static void WriteText(DatasetProfile profile, TaskTable? task, TextWriter output)
    {
        output.WriteLine($"{profile.Source}: {profile.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows, {Words.Count(profile.Columns.Count, "column")}");
        output.WriteLine();
        var table = new TextTable("column", "type", ">missing", ">distinct", "values", "note");
        foreach (var column in profile.Columns)
        {
            table.Add(
                column.Name, column.Type.ToString().ToLowerInvariant(), column.Missing == 0 ? "-" : Share(column.Missing, profile.Rows), column.Distinct.ToString(CultureInfo.InvariantCulture), Values(column, profile.Rows),
                column.Name == task?.Roles.Label ? "label" : column.Constant ? "constant" : column.Identifier ? "identifier?" : "");
        }

        table.Write(output);
        if (task is null)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine($"Predicting '{task.Roles.Label}' is a {task.Task.ToString().ToLowerInvariant()} task with {Words.Count(task.Features.Count, "feature")} and {task.RowCount.ToString("N0", CultureInfo.InvariantCulture)} rows"
            + (task.RowsWithoutLabel > 0 ? $"; {Words.Count(task.RowsWithoutLabel, "row")} without a label {(task.RowsWithoutLabel == 1 ? "is" : "are")} left out." : "."));
        if (task.Task == LearningTask.Binary)
        {
            output.WriteLine($"'{task.Classes[1]}' counts as positive.");
        }
    }

    /// <summary>The same as an object.</summary>
    public static void WriteJson(DatasetProfile profile, TaskTable? task, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("source", profile.Source);
        json.WriteNumber("rows", profile.Rows);
        json.WriteStartArray("columns");
        foreach (var column in profile.Columns)
        {
            WriteColumn(column, json);
        }

        json.WriteEndArray();
        if (task is not null)
        {
            json.WriteStartObject("label");
            json.WriteString("name", task.Roles.Label);
            json.WriteString("task", task.Task.ToString().ToLowerInvariant());
            json.WriteTexts("classes", task.Classes);
            json.WriteNumber("rows", task.RowCount);
            json.WriteNumber("rows_without_label", task.RowsWithoutLabel);
            json.WriteNumber("features", task.Features.Count);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteColumn(ColumnProfile column, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("type", column.Type.ToString().ToLowerInvariant());
        json.WriteNumber("missing", column.Missing);
        json.WriteNumber("distinct", column.Distinct);
        json.WriteBoolean("constant", column.Constant);
        json.WriteBoolean("identifier", column.Identifier);
        if (column.Numbers is { } numbers)
        {
            json.WriteStartObject("numbers");
            json.WriteFinite("min", numbers.Min);
            json.WriteFinite("lower", numbers.Lower);
            json.WriteFinite("median", numbers.Median);
            json.WriteFinite("upper", numbers.Upper);
            json.WriteFinite("max", numbers.Max);
            json.WriteFinite("mean", numbers.Mean);
            json.WriteEndObject();
        }

        if (column.Dates is { } dates)
        {
            json.WriteStartObject("dates");
            json.WriteString("first", dates.First.ToString("s", CultureInfo.InvariantCulture));
            json.WriteString("last", dates.Last.ToString("s", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        if (column.Top.Count > 0)
        {
            json.WriteStartArray("top");
            foreach (var level in column.Top)
            {
                json.WriteStartObject();
                json.WriteString("value", level.Level);
                json.WriteNumber("count", level.Count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteTexts("examples", column.Examples);
        json.WriteEndObject();
    }

    private static string Values(ColumnProfile column, int rows) => column switch
    {
        { Numbers: { } numbers } => $"{Number(numbers.Min)} to {Number(numbers.Max)}, median {Number(numbers.Median)}",
        { Dates: { } dates } => $"{dates.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} to {dates.Last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
        { Top.Count: > 0 } => string.Join(", ", column.Top.Take(LevelsShown).Select(l => $"{Short(l.Level)} {Share(l.Count, rows)}")) + (column.Distinct > LevelsShown ? ", ..." : ""),
        _ => string.Join(", ", column.Examples.Take(1).Select(Short)),
    };

    private static string Number(double value)
        => value.ToString(Math.Abs(value) is >= 1e4 and < 1e15 ? "N0" : "G5", CultureInfo.InvariantCulture);

    private static string Share(int count, int rows) => (100.0 * count / rows).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private static string Short(string text) => text.ReplaceLineEndings(" ") is var line && line.Length <= LongestValue ? line : string.Concat(line.AsSpan(0, LongestValue - 3), "...");
}
