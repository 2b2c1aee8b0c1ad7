namespace TuneLab.Data;

/// <summary>What the values of one column are like.</summary>
public sealed record ColumnProfile
{
    /// <summary>The column's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its type.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>How many values are missing.</summary>
    public required int Missing { get; init; }

    /// <summary>How many different values there are, missing ones aside.</summary>
    public required int Distinct { get; init; }

    /// <summary>Numbers: where they lie; null for other types and when all are missing.</summary>
    public NumberSummary? Numbers { get; init; }

    /// <summary>Numbers: how many lie where; null for other types and when none is finite.</summary>
    public Histogram? Histogram { get; init; }

    /// <summary>Numbers: whiskers and outliers; null for other types and when none is finite.</summary>
    public BoxSummary? Box { get; init; }

    /// <summary>Dates: the first and the last; null for other types and when all are missing.</summary>
    public DateSummary? Dates { get; init; }

    /// <summary>Categories and booleans: the most frequent levels, at most ten, by falling count, equal ones in ordinal order; empty for other types.</summary>
    public IReadOnlyList<LevelCount> Top { get; init; } = [];

    /// <summary>The first different values of the file as text, at most three.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>Whether all values are the same, or all are missing: there is nothing to learn from it.</summary>
    public required bool Constant { get; init; }

    /// <summary>
    /// Whether it looks like a row's name: no value is missing, all differ, and they are whole numbers or levels of a category. Below 100 rows numbers must also leave no gap; below 20
    /// rows nothing looks like one.
    /// </summary>
    public required bool Identifier { get; init; }

    /// <summary>How it goes together with the label; null for the label itself and where none is named.</summary>
    public LabelRelation? Relation { get; init; }
}
