namespace TuneLab.Data.Csv;

/// <summary>A column whose form is being found: it is read as the first candidate, and as the next one when a value does not fit.</summary>
internal sealed class PendingColumn(int index, string name, ColumnForm[] candidates)
{
    private int _candidate;
    private ColumnSink? _sink;

    /// <summary>Its place in the file, from 0.</summary>
    public int Index => index;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>The type that is tried, or was last.</summary>
    public ColumnType Type => candidates[Math.Min(_candidate, candidates.Length - 1)].Type;

    /// <summary>Whether a value did not fit in this pass.</summary>
    public bool Failed => _sink is null;

    /// <summary>Whether no candidate is left: a declared type that does not fit.</summary>
    public bool Exhausted => _candidate == candidates.Length;

    /// <summary>Whether a candidate took all values but left open how they are meant.</summary>
    public bool LeftOpen { get; private set; }

    /// <summary>The data record (from 1) that the most patient candidate did not take, and its text.</summary>
    public (long Record, string Text) Culprit { get; private set; }

    /// <summary>The column, once finished.</summary>
    public Column? Column { get; private set; }

    /// <summary>Starts a pass.</summary>
    public void Begin(int capacity) => _sink = candidates[_candidate].NewSink(name, capacity);

    /// <summary>Takes the field of a record; a value that does not fit ends the pass for this column.</summary>
    /// <param name="record">The data record, from 1.</param>
    /// <param name="text">UTF-8 without surrounding blanks.</param>
    /// <param name="missing">What stands for a missing value.</param>
    public void Take(long record, ReadOnlySpan<byte> text, MissingTokens missing)
    {
        if (_sink is null)
        {
            return;
        }

        if (missing.Contains(text))
        {
            _sink.AddMissing();
        }
        else if (!_sink.TryAdd(text))
        {
            if (record > Culprit.Record)
            {
                Culprit = (record, System.Text.Encoding.UTF8.GetString(text));
            }

            Advance();
        }
    }

    /// <summary>Makes the column after a pass over the whole file; false when another pass is needed.</summary>
    public bool TryFinish()
    {
        Column = _sink?.Finish();
        if (Column is null && _sink is not null)
        {
            LeftOpen = true;
            Advance();
        }

        _sink = null;
        return Column is not null;
    }

    private void Advance() => (_sink, _candidate) = (null, _candidate + 1);
}
