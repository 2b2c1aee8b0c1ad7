using Microsoft.ML;
using Microsoft.ML.Data;

namespace TuneLab.MLNet.Engine.Models;

/// <summary>A view of a schema without rows that remembers which of its columns were asked for.</summary>
/// <param name="schema">Its columns.</param>
internal sealed class AskedView(DataViewSchema schema) : IDataView
{
    /// <summary>The indexes of the columns that a cursor was asked for.</summary>
    public HashSet<int> Asked { get; } = [];

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public DataViewSchema Schema => schema;

    /// <inheritdoc/>
    public long? GetRowCount() => 0;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = columnsNeeded.Select(c => c.Index).ToHashSet();
        Asked.UnionWith(needed);
        return new Cursor(schema, needed);
    }

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewSchema schema, HashSet<int> needed) : DataViewRowCursor
    {
        public override long Position => -1;

        public override long Batch => 0;

        public override DataViewSchema Schema => schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => needed.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ref TValue value) => throw new InvalidOperationException("There is no row.");

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = default;

        public override bool MoveNext() => false;
    }
}
