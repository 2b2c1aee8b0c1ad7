using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Binning;

/// <summary>
/// How the values of one feature map to small whole numbers: value bins 0 to <see cref="ValueBins"/> - 1, then one bin for missing. Immutable.
/// </summary>
internal abstract class FeatureBins
{
    /// <summary>The most value bins that a byte can number beside the one for missing.</summary>
    public const int Most = 255;

    /// <param name="counts">[value bins + 1]: training rows in each, those without a value last.</param>
    protected FeatureBins(int[] counts) => Counts = counts;

    /// <summary>[bins]: training rows in each, those without a value last.</summary>
    public int[] Counts { get; }

    /// <summary>Bins of known values, 0 to 255; 0 when every training value is missing.</summary>
    public int ValueBins => Counts.Length - 1;

    /// <summary>Whether a training row has no value here.</summary>
    public bool MissingSeen => Counts[^1] > 0;

    /// <summary>The bin of missing values: the last one.</summary>
    public int MissingBin => ValueBins;

    /// <summary>All bins.</summary>
    public int Count => Counts.Length;

    /// <summary>Whether any split on this feature can part the training rows.</summary>
    public bool Splittable => ValueBins + (MissingSeen ? 1 : 0) > 1;

    /// <summary>The bin of each row of a column of the same kind.</summary>
    /// <param name="column">The column, any rows.</param>
    /// <param name="from">The first row.</param>
    /// <param name="bins">One for each row from there on, overwritten.</param>
    public abstract void Bin(FeatureColumn column, int from, Span<byte> bins);

    /// <summary>Fewer bins, each made of some of these; this itself when there are few enough.</summary>
    /// <param name="maxBins">The most value bins, at least 2.</param>
    /// <param name="binOf">[bins]: the new bin of each of these, overwritten.</param>
    public abstract FeatureBins Coarsen(int maxBins, Span<byte> binOf);

    /// <summary>The counts of new bins that are made of these.</summary>
    protected int[] Merge(int valueBins, ReadOnlySpan<byte> binOf)
    {
        var counts = new int[valueBins + 1];
        for (var bin = 0; bin < binOf.Length; bin++)
        {
            counts[binOf[bin]] += Counts[bin];
        }

        return counts;
    }
}
