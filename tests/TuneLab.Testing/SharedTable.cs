using System.Text.Json.Serialization;

namespace TuneLab.Testing;

/// <summary>What index.json of the shared data says of one table.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The number of columns, the label among them.</param>
/// <param name="Categorical">The columns that hold names.</param>
/// <param name="MissingCells">How many values are missing.</param>
/// <param name="MissingColumns">The columns that lack values.</param>
/// <param name="Task">binary, multiclass or regression.</param>
/// <param name="Label">The label column.</param>
/// <param name="ClassCounts">Rows by class; null for a regression.</param>
public sealed record SharedTable(
    string Name,
    int Rows,
    int Columns,
    string[] Categorical,
    [property: JsonPropertyName("missing_cells")] int MissingCells,
    [property: JsonPropertyName("missing_columns")] string[] MissingColumns,
    string Task,
    string Label,
    [property: JsonPropertyName("class_counts")] Dictionary<string, int>? ClassCounts);
