using System.Text.Json;
using TuneLab.Analysis.Findings;
using TuneLab.Data;
using TuneLab.Experiments.Output;
using TuneLab.Reporting.Text;

namespace TuneLab.Cli.Output;

/// <summary>A table's profile, for <c>describe</c>.</summary>
internal static class ProfileView
{
    private const int MostColumns = 40;
    private const int LongestName = 40;
    private const int LongestValues = 48;

    /// <summary>A table's columns, and what there is to learn when a label is named.</summary>
    /// <param name="profile">The profile; of many columns those that go together with the label the most are shown.</param>
    /// <param name="task">The table with its label, or null.</param>
    /// <param name="all">Whether every column is shown, however many there are.</param>
    /// <param name="output">Where to.</param>
    public static void WriteText(DatasetProfile profile, TaskTable? task, bool all, TextWriter output)
    {
        output.WriteLine($"{profile.Source}: {profile.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows, {Words.Count(profile.Columns.Count, "column")}");
        output.WriteLine();
        var columns = all || profile.Columns.Count <= MostColumns ? profile.Columns : [.. profile.ByStrength().Take(MostColumns)];
        var table = new TextTable("column", "type", ">missing", ">distinct", "histogram", "values", ">outliers", task is null ? "note" : "with the label");
        foreach (var column in columns)
        {
            table.Add(
                ColumnText.Short(column.Name, LongestName), column.Type.ToString().ToLowerInvariant(), column.Missing == 0 ? "-" : ColumnText.Share(column.Missing, profile.Rows), column.Distinct.ToString(CultureInfo.InvariantCulture),
                ColumnText.Shape(column.Histogram), ColumnText.Short(ColumnText.Values(column, profile.Rows), LongestValues), column.Box is null ? "" : column.Box.Outliers == 0 ? "-" : ColumnText.Share(column.Box.Outliers, profile.Rows - column.Missing),
                column.Name == task?.Roles.Label ? "label" : column.Constant ? "constant" : column.Identifier ? "identifier?" : ColumnText.Relation(column.Relation, 1));
        }

        table.Write(output);
        if (columns.Count < profile.Columns.Count)
        {
            output.WriteLine($"and {profile.Columns.Count - columns.Count} more{(task is null ? "" : ", which go together with the label less")}; --verbose shows all");
        }

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
    public static void WriteJson(DatasetProfile profile, TaskTable? task, IReadOnlyList<Finding>? findings, Utf8JsonWriter json)
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
            WriteLevels("balance", profile.Label!.Classes, json);
            json.WriteEndObject();
            json.WritePropertyName("findings");
            json.WriteRawValue(FindingsJson.Of(findings ?? []).ToJsonString());
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

        if (column is { Histogram: { } histogram, Box: { } box })
        {
            json.WriteStartObject("histogram");
            json.WriteFinite("low", histogram.Low);
            json.WriteFinite("high", histogram.High);
            json.WriteStartArray("counts");
            foreach (var count in histogram.Counts)
            {
                json.WriteNumberValue(count);
            }

            json.WriteEndArray();
            json.WriteNumber("below", histogram.Below);
            json.WriteNumber("above", histogram.Above);
            json.WriteEndObject();
            json.WriteStartObject("box");
            json.WriteFinite("low", box.Low);
            json.WriteFinite("high", box.High);
            json.WriteNumber("below", box.Below);
            json.WriteNumber("above", box.Above);
            json.WriteNumber("outliers", box.Outliers);
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
            WriteLevels("top", column.Top, json);
        }

        json.WriteTexts("examples", column.Examples);
        if (column.Relation is { } relation)
        {
            WriteRelation(relation, json);
        }

        json.WriteEndObject();
    }

    private static void WriteRelation(LabelRelation relation, Utf8JsonWriter json)
    {
        json.WriteStartObject("relation");
        json.WriteNumber("rows", relation.Rows);
        (string Name, double? Value)[] measures = [("pearson", relation.Pearson), ("spearman", relation.Spearman), ("auc", relation.Auc), ("eta", relation.Ratio?.Eta), ("eta_adjusted", relation.Ratio?.Adjusted)];
        foreach (var (name, value) in measures.Where(m => m.Value is not null))
        {
            json.WriteFinite(name, value);
        }

        if (relation.ChiSquared is { } test)
        {
            json.WriteFinite("chi_squared", test.Statistic);
            json.WriteNumber("degrees_of_freedom", test.DegreesOfFreedom);
            json.WriteFinite("p", test.P);
            json.WriteFinite("cramers_v", test.CramersV);
            json.WriteFinite("cramers_v_adjusted", test.Adjusted);
        }

        json.WriteFinite("strength", relation.Strength);
        json.WriteFinite("alone", relation.Alone);
        json.WriteBoolean("copy", relation.Copy);
        json.WriteEndObject();
    }

    private static void WriteLevels(string name, IReadOnlyList<LevelCount> levels, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var level in levels)
        {
            json.WriteStartObject();
            json.WriteString("value", level.Level);
            json.WriteNumber("count", level.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
