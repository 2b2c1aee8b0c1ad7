namespace TuneLab.Data.Csv;

/// <summary>Gathers the values of one column, read as one <see cref="ColumnForm"/>.</summary>
internal abstract class ColumnSink(string name)
{
    /// <summary>The column's name.</summary>
    protected string Name { get; } = name;

    /// <summary>Takes a value that is not missing; false when it does not fit, after which the sink is of no use.</summary>
    /// <param name="text">UTF-8 without surrounding blanks, never empty.</param>
    public abstract bool TryAdd(ReadOnlySpan<byte> text);

    /// <summary>Takes a missing value.</summary>
    public abstract void AddMissing();

    /// <summary>The column, or null when the values leave open whether this form is the right one.</summary>
    public abstract Column? Finish();
}
