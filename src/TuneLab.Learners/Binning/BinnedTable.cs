using TuneLab.Data.Encoding;
using TuneLab.Training;

namespace TuneLab.Learners.Binning;

/// <summary>
/// All rows of a fold's table as bins, a byte a cell: fitted on the fold's training rows (row weights are ignored), shared by every trial with the same
/// number of bins. Fewer bins than the most are made from the most by merging, without another look at the values. Immutable and thread-safe.
/// </summary>
internal sealed class BinnedTable
{
    private static readonly byte[] Same = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    private readonly byte[]?[] _binOfCode;

    private BinnedTable(FeatureBins[] features, bool[] hasMissing, FeaturePlace[] places, BinBlock[] blocks, int rows)
    {
        (Features, HasMissing, Places, Blocks, RowCount) = (features, hasMissing, places, blocks, rows);
        _binOfCode = new byte[features.Length][];
        for (var f = 0; f < features.Length; f++)
        {
            _binOfCode[f] = places[f].Bundled ? Decode(places[f], features[f].Count) : null;
        }
    }

    /// <summary>The bins of each feature.</summary>
    public FeatureBins[] Features { get; }

    /// <summary>[features]: whether any row of the table, training or not, has no value.</summary>
    public bool[] HasMissing { get; }

    /// <summary>Where each feature's bins lie.</summary>
    public FeaturePlace[] Places { get; }

    /// <summary>The columns.</summary>
    public BinBlock[] Blocks { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The fold's table in bins; made once.</summary>
    /// <param name="fold">The fold.</param>
    /// <param name="maxBins">The most value bins of a feature, 2 to 255.</param>
    /// <param name="threads">How many threads may help when it is made now; does not change it.</param>
    /// <param name="cancellation">Looked at between features.</param>
    public static BinnedTable Of(PreparedFold fold, int maxBins, int threads, CancellationToken cancellation = default)
        => fold.Share(string.Create(CultureInfo.InvariantCulture, $"bins:{maxBins}"), (f, stop) => maxBins == FeatureBins.Most ? Make(f, threads, stop) : Of(f, FeatureBins.Most, threads, stop).Coarsen(maxBins, stop), cancellation);

    /// <summary>[256]: the feature's bin for each code of its column.</summary>
    public byte[] BinOfCode(int feature) => _binOfCode[feature] ?? Same;

    /// <summary>The bin of a feature that has a place.</summary>
    public byte Bin(int feature, int row)
    {
        var place = Places[feature];
        var block = Blocks[place.Block];
        return BinOfCode(feature)[block.Bytes[(long)row * block.Width + place.At]];
    }

    private static BinnedTable Make(PreparedFold fold, int threads, CancellationToken cancellation)
    {
        var columns = fold.Table.Columns;
        var features = new FeatureBins[columns.Count];
        var team = new Team(threads);
        team.For(features.Length, f =>
        {
            cancellation.ThrowIfCancellationRequested();
            features[f] = columns[f] switch
            {
                NumericFeature numeric => NumericBins.Fit(numeric.Values, fold.Train, FeatureBins.Most),
                CategoricalFeature category => CategoryBins.Fit(category, fold.Train, FeatureBins.Most),
                var other => throw new NotSupportedException($"Feature '{other.Name}' is neither numeric nor categorical."),
            };
        });
        var plan = new ColumnPlan(fold.Table, features, Bundles.Find(fold.Table, features, cancellation));
        plan.Fill(team, cancellation);
        return new BinnedTable(features, plan.HasMissing, plan.Places, plan.Blocks, fold.Table.RowCount);
    }

    private static byte[] Decode(FeaturePlace place, int bins)
    {
        var decode = new byte[256];
        Array.Fill(decode, (byte)place.Usual);
        for (var bin = 0; bin < bins; bin++)
        {
            decode[place.CodeOf(bin)] = (byte)bin;
        }

        return decode;
    }

    /// <summary>The table with fewer bins; blocks where nothing changes are shared.</summary>
    private BinnedTable Coarsen(int maxBins, CancellationToken cancellation)
    {
        var features = new FeatureBins[Features.Length];
        var places = (FeaturePlace[])Places.Clone();
        var maps = Array.ConvertAll(Blocks, b => Array.ConvertAll(b.Codes, _ => (byte[])Same.Clone()));
        var codes = Array.ConvertAll(Blocks, b => (int[])b.Codes.Clone());
        var changed = new bool[Blocks.Length];
        Span<byte> binOf = stackalloc byte[256];
        for (var f = 0; f < features.Length; f++)
        {
            var place = Places[f];
            features[f] = Features[f].Coarsen(maxBins, binOf);
            if (features[f] == Features[f] || place.Column < 0)
            {
                continue;
            }

            changed[place.Block] = true;
            places[f] = place.Bundled ? place with { Usual = binOf[place.Usual] } : place;
            codes[place.Block][place.At] = place.Bundled ? codes[place.Block][place.At] : features[f].Count;
            for (var bin = 0; bin < Features[f].Count; bin++)
            {
                maps[place.Block][place.At][place.CodeOf(bin)] = places[f].CodeOf(binOf[bin]);
            }
        }

        var blocks = new BinBlock[Blocks.Length];
        for (var b = 0; b < blocks.Length; b++)
        {
            cancellation.ThrowIfCancellationRequested();
            blocks[b] = changed[b] ? new BinBlock(Map(Blocks[b], maps[b]), codes[b]) : Blocks[b];
        }

        return new BinnedTable(features, HasMissing, places, blocks, RowCount);
    }

    private static byte[] Map(BinBlock block, byte[][] maps)
    {
        var mapped = new byte[block.Bytes.Length];
        for (var at = 0; at < block.Width; at++)
        {
            var map = maps[at];
            for (long i = at; i < mapped.Length; i += block.Width)
            {
                mapped[i] = map[block.Bytes[i]];
            }
        }

        return mapped;
    }
}
