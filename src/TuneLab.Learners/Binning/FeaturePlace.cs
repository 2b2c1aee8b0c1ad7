namespace TuneLab.Learners.Binning;

/// <summary>
/// Where a feature's bins lie in a <see cref="BinnedTable"/>. A column of its own holds the bins as they are. A bundled one holds several features of which a row has at most one
/// away from its usual bin: code 0 says that all are at theirs, and each feature has a range of codes for its other bins (the exclusive bundles of Ke et al. 2017, section 4,
/// without conflicts, so that nothing is lost).
/// </summary>
/// <param name="Column">The column's number; -1: nowhere, since no split can use the feature.</param>
/// <param name="Block">The block that the column is in.</param>
/// <param name="At">The column's place in the block's rows.</param>
/// <param name="First">Bundled: the code of its first bin that is not the usual one.</param>
/// <param name="Usual">Bundled: its usual bin; -1: the column is its own.</param>
internal readonly record struct FeaturePlace(int Column, int Block, int At, int First, int Usual)
{
    /// <summary>A feature that is nowhere.</summary>
    public static FeaturePlace Nowhere { get; } = new(-1, -1, 0, 0, -1);

    /// <summary>Whether other features are in the same column.</summary>
    public bool Bundled => Usual >= 0;

    /// <summary>The code of one of the feature's bins.</summary>
    public byte CodeOf(int bin) => (byte)(Usual < 0 ? bin : bin == Usual ? 0 : First + bin - (bin > Usual ? 1 : 0));
}
