using TuneLab.Data;
using TuneLab.Testing;

namespace TuneLab.Tests.Data;

/// <summary>Reader and task inference against what index.json, made by other means, says of the real tables. All twelve agree.</summary>
public class SharedTablesTests
{
    public static TheoryData<string> Names
        => [.. SharedData.Tables().Select(t => t.Name).DefaultIfEmpty("none")];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Read_RealTable_AgreesWithIndex(string name)
    {
        Skip.If(SharedData.Folder is null, SharedData.Missing);
        var table = SharedData.Tables().Single(t => t.Name == name);

        var data = CsvDatasetReader.Read(SharedData.Csv(name));

        Assert.Equal(table.Rows, data.RowCount);
        Assert.Equal(table.Columns, data.Columns.Count);
        var missing = data.Columns.ToDictionary(c => c.Name, c => Enumerable.Range(0, c.Count).Count(c.IsMissing));
        Assert.Equal(table.MissingCells, missing.Values.Sum());
        Assert.Equal(table.MissingColumns.Order(), missing.Where(m => m.Value > 0).Select(m => m.Key).Order());
        Assert.Equal(table.Categorical.Order(), data.Columns.Where(c => c.Type != ColumnType.Number && c.Name != table.Label).Select(c => c.Name).Order());
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Build_RealTable_InfersTaskAndClassesOfIndex(string name)
    {
        Skip.If(SharedData.Folder is null, SharedData.Missing);
        var table = SharedData.Tables().Single(t => t.Name == name);

        var built = TaskTableBuilder.Build(CsvDatasetReader.Read(SharedData.Csv(name)), new DataRoles { Label = table.Label });

        Assert.Equal(table.Task, built.Task.ToString().ToLowerInvariant());
        Assert.Equal(table.Rows, built.RowCount);
        Assert.Equal(table.Columns - 1, built.Features.Count);
        var counts = built.Target.GroupBy(t => t).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(table.ClassCounts ?? [], built.Classes.Index().ToDictionary(c => c.Item, c => counts[c.Index]));
    }
}
