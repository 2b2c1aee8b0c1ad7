using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Binning;

/// <summary>
/// How the values of one feature map to small whole numbers: value bins 0 to <see cref="ValueBins"/> - 1, then one bin for missing. Immutable.
/// </summary>
internal abstract class FeatureBins
{
    /// <summary>The most value bins that a byte can number beside the one for missing.</summary>
    public const int Most = 255;

    protected FeatureBins(int valueBins, bool missingSeen) => (ValueBins, MissingSeen) = (valueBins, missingSeen);

    /// <summary>Bins of known values, 0 to 255; 0 when every training value is missing.</summary>
    public int ValueBins { get; }

    /// <summary>Whether a training row has no value here.</summary>
    public bool MissingSeen { get; }

    /// <summary>The bin of missing values: the last one.</summary>
    public int MissingBin => ValueBins;

    /// <summary>All bins.</summary>
    public int Count => ValueBins + 1;

    /// <summary>Whether any split on this feature can part the training rows.</summary>
    public bool Splittable => ValueBins + (MissingSeen ? 1 : 0) > 1;

    /// <summary>The bin of each row of a column of the same kind.</summary>
    /// <param name="column">The column, any rows.</param>
    /// <param name="bins">[rows], overwritten.</param>
    public abstract void Bin(FeatureColumn column, Span<byte> bins);
}
