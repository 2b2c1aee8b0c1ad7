using System.Collections.ObjectModel;

namespace TuneLab.Data;

/// <summary>Which column is what.</summary>
public sealed record DataRoles
{
    /// <summary>The column to predict.</summary>
    public required string Label { get; init; }

    /// <summary>The class that counts as 1 in a binary task. <value>Null: the last one in sorted order.</value></summary>
    public string? Positive { get; init; }

    /// <summary>The column of row weights (at least 0), or null: every row weighs 1.</summary>
    public string? Weight { get; init; }

    /// <summary>The column whose equal values must not be parted by a split, or null.</summary>
    public string? Group { get; init; }

    /// <summary>The column that orders the rows in time, or null.</summary>
    public string? Time { get; init; }

    /// <summary>The column that says <c>train</c> or <c>valid</c> for <c>validate.kind: given</c>, or null.</summary>
    public string? Split { get; init; }

    /// <summary>Columns that are no features. <value>Empty.</value></summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Features that predictions must follow in one direction, by column: numbers and booleans (false before true), for binary tasks and regressions. <value>Empty.</value></summary>
    public IReadOnlyDictionary<string, MonotoneDirection> Monotone { get; init; } = ReadOnlyDictionary<string, MonotoneDirection>.Empty;
}
