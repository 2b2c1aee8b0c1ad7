namespace TuneLab.Data;

/// <summary>A feature of a table.</summary>
/// <param name="Name">The column.</param>
/// <param name="Type">What its values are.</param>
public sealed record FeatureSummary(string Name, ColumnType Type);

/// <summary>What a <see cref="TaskTable"/> is, without its rows: what stores and reports keep of it. Immutable.</summary>
public sealed record TableSummary
{
    /// <summary>What is learned.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>Which column is what.</summary>
    public required DataRoles Roles { get; init; }

    /// <summary>The number of rows whose label is known.</summary>
    public required int RowCount { get; init; }

    /// <summary>How many rows of the file were left out because their label is missing.</summary>
    public required int RowsWithoutLabel { get; init; }

    /// <summary>The columns that are features, in ordinal order of their names.</summary>
    public required IReadOnlyList<FeatureSummary> Features { get; init; }

    /// <summary>The names of the classes by index; empty for regression.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>[classes] how many rows each has; empty for regression.</summary>
    public required IReadOnlyList<int> ClassRows { get; init; }

    /// <summary>Identifies the table.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Of a table.</summary>
    public static TableSummary Of(TaskTable table)
    {
        var rows = new int[table.Classes.Count];
        foreach (var target in table.Classes.Count == 0 ? [] : table.Target)
        {
            rows[(int)target]++;
        }

        return new TableSummary
        {
            Task = table.Task,
            Roles = table.Roles,
            RowCount = table.RowCount,
            RowsWithoutLabel = table.RowsWithoutLabel,
            Features = [.. table.Features.Select(f => new FeatureSummary(f.Name, f.Type))],
            Classes = table.Classes,
            ClassRows = rows,
            Fingerprint = table.Fingerprint,
        };
    }
}
