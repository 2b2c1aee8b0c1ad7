using Microsoft.ML;
using Microsoft.ML.Data;

namespace TuneLab.MLNet.Engine.Features;

/// <summary>Some rows of a <see cref="FeatureMatrix"/>, with label and weight where there are any, as ML.NET reads data. It shuffles itself, by the generator that it is handed. Immutable and thread-safe.</summary>
internal sealed class FeatureView : IDataView
{
    /// <summary>The name of the feature vector.</summary>
    public const string Features = "Features";

    /// <summary>The name of the label.</summary>
    public const string Label = "Label";

    /// <summary>The name of the row weights.</summary>
    public const string Weight = "Weight";

    private readonly int[] _rows;
    private readonly ViewColumn[] _columns;

    /// <param name="rows">The matrix's rows, in the order of the view.</param>
    /// <param name="columns">What it has.</param>
    public FeatureView(int[] rows, params ViewColumn[] columns)
    {
        (_rows, _columns) = (rows, columns);
        var schema = new DataViewSchema.Builder();
        foreach (var column in columns)
        {
            schema.AddColumn(column.Name, column.Type, column.Annotations);
        }

        Schema = schema.ToSchema();
    }

    /// <inheritdoc/>
    public bool CanShuffle => true;

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public long? GetRowCount() => _rows.Length;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var order = Enumerable.Range(0, _rows.Length).ToArray();
        for (var i = order.Length - 1; rand is not null && i > 0; i--)
        {
            var j = rand.Next(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return new Cursor(this, order, [.. columnsNeeded.Select(c => c.Index)]);
    }

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>Walks the rows in an order.</summary>
    internal sealed class Cursor : DataViewRowCursor
    {
        private readonly FeatureView _view;
        private readonly int[] _order;
        private readonly Delegate?[] _getters;
        private int _position = -1;

        public Cursor(FeatureView view, int[] order, int[] needed)
        {
            (_view, _order, _getters) = (view, order, new Delegate?[view._columns.Length]);
            foreach (var column in needed)
            {
                _getters[column] = view._columns[column].Getter(this);
            }
        }

        /// <summary>The number of the row in the view.</summary>
        public int Index => _order[_position];

        /// <summary>The number of the row in the matrix.</summary>
        public int Row => _view._rows[_order[_position]];

        /// <inheritdoc/>
        public override long Position => _position;

        /// <inheritdoc/>
        public override long Batch => 0;

        /// <inheritdoc/>
        public override DataViewSchema Schema => _view.Schema;

        /// <inheritdoc/>
        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        /// <inheritdoc/>
        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => _getters[column.Index] as ValueGetter<TValue> ?? throw new ArgumentException($"The column '{column.Name}' was not asked for, or has another type than {typeof(TValue).Name}.", nameof(column));

        /// <inheritdoc/>
        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Index, 0);

        /// <inheritdoc/>
        public override bool MoveNext() => _position < _order.Length && ++_position < _order.Length;
    }
}
