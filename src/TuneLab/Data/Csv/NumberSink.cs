namespace TuneLab.Data.Csv;

/// <summary>Numbers. Unless declared, one with a leading zero (<c>007</c>) makes the column codes, not numbers.</summary>
internal sealed class NumberSink(string name, int capacity, byte decimalMark, bool declared) : ColumnSink(name)
{
    private RowBuffer<double> _values = new(capacity);

    /// <inheritdoc/>
    public override bool TryAdd(ReadOnlySpan<byte> text)
    {
        if (!NumberText.TryParse(text, decimalMark, out var value) || (!declared && NumberText.HasLeadingZero(text)))
        {
            return false;
        }

        _values.Add(value);
        return true;
    }

    /// <inheritdoc/>
    public override void AddMissing() => _values.Add(double.NaN);

    /// <inheritdoc/>
    public override Column Finish() => new NumberColumn(Name, _values.ToArray());
}
