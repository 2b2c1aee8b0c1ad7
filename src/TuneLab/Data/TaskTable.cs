namespace TuneLab.Data;

/// <summary>
/// A dataset seen as something to learn: which columns are features, and the label, weights, groups and times as
/// arrays over the rows whose label is known. Immutable, shared by all threads; the arrays must not be written.
/// Built by <c>TaskTableBuilder</c>, which checks the roles.
/// </summary>
public sealed class TaskTable
{
    /// <summary>The rows whose label is known, in the order of the file; row indexes everywhere else count in this one.</summary>
    public required Dataset Data { get; init; }

    /// <summary>What is learned.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>Which column is what.</summary>
    public required DataRoles Roles { get; init; }

    /// <summary>The columns that are features, in ordinal order of their names.</summary>
    public required IReadOnlyList<Column> Features { get; init; }

    /// <summary>[rows]: the class index (0-based; binary: 1 is the positive class) or the number to predict.</summary>
    public required double[] Target { get; init; }

    /// <summary>The names of the classes by index; empty for regression. Binary: the negative class, then the positive one.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>[rows]: weights of at least 0, or null: all 1.</summary>
    public double[]? Weights { get; init; }

    /// <summary>[rows]: a group number from 0, or null.</summary>
    public int[]? Groups { get; init; }

    /// <summary>[rows]: a value that grows with time, or null.</summary>
    public double[]? Times { get; init; }

    /// <summary>[rows]: true where the given split says <c>valid</c>, or null when no split column is named.</summary>
    public bool[]? GivenValid { get; init; }

    /// <summary>How many rows of the file were left out because their label is missing.</summary>
    public int RowsWithoutLabel { get; init; }

    /// <summary>
    /// SHA-256 (hex, 64 characters) of names, types and values of the columns used, and the roles, monotone directions among them. Neither the file's name nor the
    /// order of its columns matters.
    /// </summary>
    public required string Fingerprint { get; init; }

    /// <summary>The number of rows.</summary>
    public int RowCount => Target.Length;

    /// <summary>How many numbers a model gives per row: the number of classes for multiclass, else 1.</summary>
    public int Outputs => Task == LearningTask.Multiclass ? Classes.Count : 1;
}
