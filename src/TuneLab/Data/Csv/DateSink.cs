namespace TuneLab.Data.Csv;

/// <summary>Dates in one order. Where day and month could be swapped in every value, the order is left open.</summary>
internal sealed class DateSink(string name, int capacity, DateOrder order) : ColumnSink(name)
{
    private RowBuffer<long> _ticks = new(capacity);
    private bool _settled = order is not (DateOrder.DayFirst or DateOrder.MonthFirst);

    /// <inheritdoc/>
    public override bool TryAdd(ReadOnlySpan<byte> text)
    {
        if (!DateText.TryParse(text, order, out var ticks, out var swappable))
        {
            return false;
        }

        _settled |= !swappable;
        _ticks.Add(ticks);
        return true;
    }

    /// <inheritdoc/>
    public override void AddMissing() => _ticks.Add(DateColumn.Missing);

    /// <inheritdoc/>
    public override Column? Finish() => _settled ? new DateColumn(Name, _ticks.ToArray()) : null;
}
