using System.Text.Json;
using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Benchmarks.Learners;

/// <summary>Reads the real tables that lie beside the checkout.</summary>
internal static class BenchTables
{
    /// <summary>Reads tables, the smallest first.</summary>
    /// <param name="names">Which; empty: all of index.json.</param>
    /// <exception cref="InputException">The tables are not there, or not one of that name.</exception>
    public static IEnumerable<BenchTable> Read(IReadOnlyList<string> names)
    {
        var first = SharedTables.Find("iris") ?? throw new InputException("The real tables (../shared/data) are not beside this checkout.", "Put them there, or run from a checkout that has them.");
        var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(first)!, "index.json"))).RootElement.EnumerateArray().ToList();
        var known = index.ConvertAll(t => t.GetProperty("name").GetString()!);
        if (names.FirstOrDefault(n => !known.Contains(n)) is { } wrong)
        {
            throw new InputException($"There is no table '{wrong}'.", Nearest.Hint(wrong, known, "tables"));
        }

        return index.Where(t => names.Count == 0 || names.Contains(t.GetProperty("name").GetString()))
            .OrderBy(t => t.GetProperty("rows").GetInt32())
            .Select(t => Read(t.GetProperty("name").GetString()!, t.GetProperty("label").GetString()!, t.GetProperty("task").GetString()!));
    }

    private static BenchTable Read(string name, string label, string task)
    {
        var source = TaskTableBuilder.Build(CsvDatasetReader.Read(SharedTables.Find(name)!), new DataRoles { Label = label }, Enum.Parse<LearningTask>(task, ignoreCase: true));
        return new BenchTable(name, source, [.. source.Features.Select(Numbers)]);
    }

    /// <summary>A number as it is; anything else as the place of its text among the column's texts in ordinal order.</summary>
    private static float[] Numbers(Column column)
    {
        if (column is NumberColumn numbers)
        {
            return Array.ConvertAll(numbers.Values, v => (float)v);
        }

        var rows = Enumerable.Range(0, column.Count).ToArray();
        var codes = rows.Where(r => !column.IsMissing(r)).Select(column.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select((text, code) => (text, code)).ToDictionary(t => t.text, t => (float)t.code, StringComparer.Ordinal);
        return Array.ConvertAll(rows, r => column.IsMissing(r) ? float.NaN : codes[column.Text(r)]);
    }
}
