using Microsoft.ML.Data;
using TuneLab.Data.Encoding;
using TuneLab.Training;

namespace TuneLab.MLNet.Engine.Features;

/// <summary>The rows of a table as vectors, in memory: dense, or non-zero slots only. Immutable and thread-safe.</summary>
internal sealed class FeatureMatrix
{
    private readonly float[] _values;

    // sparse only: the slot of each value, ascending within a row, and where each row starts
    private readonly int[]? _slots;
    private readonly int[]? _starts;

    private FeatureMatrix(FeatureLayout layout, int rows, float[] values, int[]? slots, int[]? starts)
        => (Layout, Rows, _values, _slots, _starts) = (layout, rows, values, slots, starts);

    /// <summary>What the slots are.</summary>
    public FeatureLayout Layout { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>All rows of a fold's table, made once for all its runs.</summary>
    public static FeatureMatrix Of(PreparedFold fold, FeatureForm form, CancellationToken cancellation)
        => fold.Share("mlnet-matrix:" + form, (f, token) => Make(FeatureLayout.Of(f, form, token), f.Table, 0, f.Table.RowCount), cancellation);

    /// <summary>Some rows of a table.</summary>
    /// <exception cref="ArgumentException">The table has other columns than the layout.</exception>
    public static FeatureMatrix Make(FeatureLayout layout, FeatureTable table, int first, int count)
    {
        layout.Check(table);
        return layout.Sparse ? MakeSparse(layout, table, first, count) : MakeDense(layout, table, first, count);
    }

    /// <summary>Copies a range of a row's slots.</summary>
    /// <param name="row">Of this matrix.</param>
    /// <param name="first">The first slot.</param>
    /// <param name="count">How many.</param>
    /// <param name="vector">Overwritten; its memory is used again.</param>
    public void CopyTo(int row, int first, int count, ref VBuffer<float> vector)
    {
        if (_slots is null)
        {
            var dense = VBufferEditor.Create(ref vector, count);
            _values.AsSpan(row * Layout.Slots + first, count).CopyTo(dense.Values);
            vector = dense.Commit();
            return;
        }

        var (from, to) = (_starts![row], _starts[row + 1]);
        while (from < to && _slots[from] < first)
        {
            from++;
        }

        while (to > from && _slots[to - 1] >= first + count)
        {
            to--;
        }

        var sparse = VBufferEditor.Create(ref vector, count, to - from);
        _values.AsSpan(from, to - from).CopyTo(sparse.Values);
        for (var i = from; i < to; i++)
        {
            // a vector that has all its slots counts as dense and has no indices
            if (to - from < count)
            {
                sparse.Indices[i - from] = _slots[i] - first;
            }
        }

        vector = sparse.Commit();
    }

    /// <summary>Whether a row has a slot that is not 0.</summary>
    public bool HasValues(int row) => _slots is null ? _values.AsSpan(row * Layout.Slots, Layout.Slots).IndexOfAnyExcept(0f) >= 0 : _starts![row + 1] > _starts[row];

    /// <summary>Writes all slots of a row.</summary>
    /// <param name="row">Of this matrix.</param>
    /// <param name="slots">[slots], overwritten.</param>
    public void CopyTo(int row, Span<float> slots)
    {
        if (_slots is null)
        {
            _values.AsSpan(row * Layout.Slots, Layout.Slots).CopyTo(slots);
            return;
        }

        slots.Clear();
        for (var i = _starts![row]; i < _starts[row + 1]; i++)
        {
            slots[_slots[i]] = _values[i];
        }
    }

    private static FeatureMatrix MakeDense(FeatureLayout layout, FeatureTable table, int first, int count)
    {
        var values = new float[count * layout.Slots];
        for (var c = 0; c < layout.Columns.Count; c++)
        {
            var column = layout.Columns[c];
            for (var (row, at) = (first, column.First); row < first + count; row++, at += layout.Slots)
            {
                if (table.Columns[c] is NumericFeature numeric)
                {
                    values[at] = column.Value(numeric.Values[row]);
                    if (column.Mark >= 0)
                    {
                        values[at - column.First + column.Mark] = float.IsNaN(numeric.Values[row]) ? 1 : 0;
                    }
                }
                else if (((CategoricalFeature)table.Columns[c]).Codes[row] is var code and >= 0)
                {
                    values[at + code] = 1;
                }
            }
        }

        return new FeatureMatrix(layout, count, values, null, null);
    }

    private static FeatureMatrix MakeSparse(FeatureLayout layout, FeatureTable table, int first, int count)
    {
        var starts = new int[count + 1];
        var (values, slots) = (new List<float>(count * layout.Columns.Count), new List<int>(count * layout.Columns.Count));
        var columns = layout.Columns.Zip(table.Columns).ToArray();
        var numbers = columns.Where(c => !c.First.IsCategory).Select(c => (Column: c.First, ((NumericFeature)c.Second).Values)).ToArray();
        var marks = numbers.Where(c => c.Column.Mark >= 0).ToArray();
        var categories = columns.Where(c => c.First.IsCategory).Select(c => (Column: c.First, ((CategoricalFeature)c.Second).Codes)).ToArray();
        for (var row = first; row < first + count; row++)
        {
            foreach (var (column, of) in numbers)
            {
                Add(column.First, column.Value(of[row]));
            }

            foreach (var (column, of) in marks)
            {
                Add(column.Mark, float.IsNaN(of[row]) ? 1 : 0);
            }

            foreach (var (column, codes) in categories)
            {
                Add(column.First + codes[row], codes[row] < 0 ? 0 : 1);
            }

            starts[row - first + 1] = values.Count;
        }

        return new FeatureMatrix(layout, count, [.. values], [.. slots], starts);

        void Add(int slot, float value)
        {
            if (value != 0)
            {
                values.Add(value);
                slots.Add(slot);
            }
        }
    }
}
