namespace TuneLab.Learners.Binning;

/// <summary>
/// Rows of a binned table, twice: column by column (for parting rows by one feature) and row by row (for histograms of all features
/// and for walking trees). Immutable.
/// </summary>
internal sealed class BinnedRows
{
    private readonly byte[][] _columns;

    public BinnedRows(FeatureBins[] features, byte[][] columns, int count)
    {
        (Features, _columns, Count) = (features, columns, count);
        RowMajor = new byte[(long)count * features.Length];
        const int block = 256; // rows at a time, so that what is written stays in the cache
        for (var start = 0; start < count; start += block)
        {
            var end = Math.Min(count, start + block);
            for (var f = 0; f < features.Length; f++)
            {
                var column = columns[f];
                var at = (long)start * features.Length + f;
                for (var row = start; row < end; row++, at += features.Length)
                {
                    RowMajor[at] = column[row];
                }
            }
        }
    }

    /// <summary>The bins of each feature.</summary>
    public FeatureBins[] Features { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>[rows x features], row-major.</summary>
    public byte[] RowMajor { get; }

    /// <summary>[rows]: one feature.</summary>
    public byte[] Column(int feature) => _columns[feature];

    /// <summary>Some of these rows, packed together.</summary>
    public BinnedRows Select(int[] rows)
    {
        var columns = new byte[_columns.Length][];
        for (var f = 0; f < columns.Length; f++)
        {
            var from = _columns[f];
            var to = columns[f] = new byte[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                to[i] = from[rows[i]];
            }
        }

        return new BinnedRows(Features, columns, rows.Length);
    }
}
