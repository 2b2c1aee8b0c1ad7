using TuneLab.Errors;

namespace TuneLab.Data;

/// <summary>A table of typed columns, as read. Immutable and safe to share between threads.</summary>
public sealed class Dataset
{
    private readonly Dictionary<string, Column> _byName;

    /// <param name="source">Where it came from, for messages: a file's name.</param>
    /// <param name="columns">Columns of equal length with distinct names (ordinal); at least one.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a name occurs twice.</exception>
    public Dataset(string source, IReadOnlyList<Column> columns)
    {
        (Source, Columns, RowCount) = (source, columns, columns.Count == 0 ? 0 : columns[0].Count);
        _byName = new Dictionary<string, Column>(columns.Count, StringComparer.Ordinal);
        foreach (var column in columns)
        {
            if (column.Count != RowCount)
            {
                throw new ArgumentException($"Column '{column.Name}' has {column.Count} rows, the first one {RowCount}.", nameof(columns));
            }

            if (!_byName.TryAdd(column.Name, column))
            {
                throw new ArgumentException($"Column '{column.Name}' occurs twice.", nameof(columns));
            }
        }
    }

    /// <summary>Where it came from, for messages.</summary>
    public string Source { get; }

    /// <summary>The columns in the order of the file.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The column of that name, or null.</summary>
    public Column? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The column of that name.</summary>
    /// <exception cref="InputException">There is none; the message names the nearest and lists those there.</exception>
    public Column this[string name] => Find(name)
        ?? throw new InputException($"{Source} has no column '{name}'.", Nearest.Hint(name, [.. Columns.Select(c => c.Name)], "columns"));

    /// <summary>The same columns with these rows only, in this order.</summary>
    /// <param name="rows">Row indexes; one may occur several times.</param>
    public Dataset Select(int[] rows) => new(Source, [.. Columns.Select(c => c.Select(rows))]);
}
