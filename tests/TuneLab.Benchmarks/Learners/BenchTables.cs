using System.Text.Json;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Errors;

namespace TuneLab.Benchmarks.Learners;

/// <summary>Reads the real tables that lie beside the checkout.</summary>
internal static class BenchTables
{
    private static readonly Dictionary<string, TaskTable> Known = new(StringComparer.Ordinal);

    /// <summary>Reads tables, the smallest first, names as ordinal codes.</summary>
    /// <param name="names">Which; empty: all of index.json.</param>
    /// <exception cref="InputException">The tables are not there, or not one of that name.</exception>
    public static IReadOnlyList<BenchTable> Read(IReadOnlyList<string> names) => Read(names, "", ColumnForms.Ordinal);

    /// <summary>Reads tables, the smallest first.</summary>
    /// <param name="names">Which; empty: all of index.json.</param>
    /// <param name="suffix">What is put behind their names.</param>
    /// <param name="form">How a column becomes features.</param>
    /// <exception cref="InputException">The tables are not there, or not one of that name.</exception>
    public static IReadOnlyList<BenchTable> Read(IReadOnlyList<string> names, string suffix, Func<Column, IEnumerable<FeatureColumn>> form)
    {
        var first = SharedTables.Find("iris") ?? throw new InputException("The real tables (../shared/data) are not beside this checkout.", "Put them there, or run from a checkout that has them.");
        var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(first)!, "index.json"))).RootElement.EnumerateArray().ToList();
        var known = index.ConvertAll(t => t.GetProperty("name").GetString()!);
        if (names.FirstOrDefault(n => !known.Contains(n)) is { } wrong)
        {
            throw new InputException($"There is no table '{wrong}'.", Nearest.Hint(wrong, known, "tables"));
        }

        return [.. index.Where(t => names.Count == 0 || names.Contains(t.GetProperty("name").GetString()))
            .OrderBy(t => t.GetProperty("rows").GetInt32())
            .Select(t => Source(t.GetProperty("name").GetString()!, t.GetProperty("label").GetString()!, t.GetProperty("task").GetString()!))
            .Select(s => new BenchTable(s.Name + suffix, s.Table, [.. s.Table.Features.SelectMany(form)]))];
    }

    private static (string Name, TaskTable Table) Source(string name, string label, string task)
    {
        if (!Known.TryGetValue(name, out var table))
        {
            Known[name] = table = TaskTableBuilder.Build(CsvDatasetReader.Read(SharedTables.Find(name)!), new DataRoles { Label = label }, Enum.Parse<LearningTask>(task, ignoreCase: true));
        }

        return (name, table);
    }
}
