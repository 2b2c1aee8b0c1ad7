using System.Runtime.CompilerServices;
using TuneLab.Data.Encoding;
using TuneLab.Training;

namespace TuneLab.Learners.Binning;

/// <summary>
/// All rows of a fold's table as bins, a byte a cell: fitted on the fold's training rows (row weights are ignored), shared by every trial with the same
/// number of bins. Immutable and thread-safe.
/// </summary>
internal sealed class BinnedTable
{
    private readonly byte[][] _columns;
    private readonly ConditionalWeakTable<int[], BinnedRows> _selections = [];

    private BinnedTable(FeatureBins[] features, byte[][] columns, int rows) => (Features, _columns, All) = (features, columns, new BinnedRows(features, columns, rows));

    /// <summary>The bins of each feature.</summary>
    public FeatureBins[] Features { get; }

    /// <summary>Every row of the table, by its number.</summary>
    public BinnedRows All { get; }

    /// <summary>The fold's table in bins; made once.</summary>
    /// <param name="fold">The fold.</param>
    /// <param name="maxBins">The most value bins of a feature, 2 to 255.</param>
    /// <param name="threads">How many threads may help when it is made now; does not change it.</param>
    public static BinnedTable Of(PreparedFold fold, int maxBins, int threads)
        => fold.Share(string.Create(CultureInfo.InvariantCulture, $"bins:{maxBins}"), f => Make(f, maxBins, threads));

    /// <summary>Some rows packed together, numbered from 0; kept as long as the array of rows lives.</summary>
    /// <param name="rows">Rows of the table; not to be written.</param>
    public BinnedRows Select(int[] rows) => _selections.GetValue(rows, r => All.Select(r));

    private static BinnedTable Make(PreparedFold fold, int maxBins, int threads)
    {
        var table = fold.Table;
        var features = new FeatureBins[table.Columns.Count];
        var columns = new byte[features.Length][];
        Workers.For(features.Length, threads, f =>
        {
            features[f] = table.Columns[f] switch
            {
                NumericFeature numeric => NumericBins.Fit(numeric.Values, fold.Train, maxBins),
                CategoricalFeature category => CategoryBins.Fit(category, fold.Train, maxBins),
                var other => throw new NotSupportedException($"Feature '{other.Name}' is neither numeric nor categorical."),
            };
            columns[f] = new byte[table.RowCount];
            features[f].Bin(table.Columns[f], columns[f]);
        });
        return new BinnedTable(features, columns, table.RowCount);
    }
}
