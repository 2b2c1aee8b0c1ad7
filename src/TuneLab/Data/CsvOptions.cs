namespace TuneLab.Data;

/// <summary>How a CSV file is read. What is left out is found from the file.</summary>
public sealed record CsvOptions
{
    /// <summary>The field separator, an ASCII character. <value>Null: found from the first lines among comma, semicolon, tab and bar.</value></summary>
    public char? Separator { get; init; }

    /// <summary>Whether the first line names the columns; without one they are <c>column1</c>, <c>column2</c>, ... <value>Null: found from the first lines.</value></summary>
    public bool? Header { get; init; }

    /// <summary>
    /// The texts that stand for a missing value, matched exactly; the empty text always does.
    /// <value>Null: <c>?</c>, and in any case <c>NA</c>, <c>NaN</c>, <c>null</c>.</value>
    /// </summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>Types by column that override the inferred ones. <value>Empty.</value></summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>The columns to read; others are skipped unparsed. <value>Null: all.</value></summary>
    public IReadOnlyCollection<string>? Columns { get; init; }
}
