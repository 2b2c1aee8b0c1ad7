using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Binning;

/// <summary>
/// Bins of category codes by falling frequency (ties by code). When there are more categories than bins, the rare ones share the last
/// value bin. A code that no training row has counts as missing.
/// </summary>
internal sealed class CategoryBins : FeatureBins
{
    /// <param name="binOfCode">[cardinality].</param>
    /// <param name="valueBins">The number of value bins.</param>
    /// <param name="missingSeen">Whether a training row has no value here.</param>
    public CategoryBins(byte[] binOfCode, int valueBins, bool missingSeen)
        : base(valueBins, missingSeen) => BinOfCode = binOfCode;

    /// <summary>[cardinality]: the bin of each code.</summary>
    public byte[] BinOfCode { get; }

    /// <summary>Fits the bins.</summary>
    /// <param name="feature">The column.</param>
    /// <param name="train">The rows to fit on.</param>
    /// <param name="maxBins">The most value bins, 2 to 255.</param>
    public static CategoryBins Fit(CategoricalFeature feature, int[] train, int maxBins)
    {
        var counts = new int[feature.Cardinality];
        var missing = false;
        foreach (var row in train)
        {
            var code = feature.Codes[row];
            if ((uint)code < (uint)counts.Length)
            {
                counts[code]++;
            }
            else
            {
                missing = true;
            }
        }

        var seen = Enumerable.Range(0, counts.Length).Where(c => counts[c] > 0).OrderByDescending(c => counts[c]).ToArray();
        var valueBins = Math.Min(seen.Length, maxBins);
        var binOfCode = new byte[counts.Length];
        Array.Fill(binOfCode, (byte)valueBins);
        for (var i = 0; i < seen.Length; i++)
        {
            binOfCode[seen[i]] = (byte)Math.Min(i, valueBins - 1);
        }

        return new CategoryBins(binOfCode, valueBins, missing);
    }

    /// <inheritdoc/>
    public override void Bin(FeatureColumn column, Span<byte> bins)
    {
        var codes = ((CategoricalFeature)column).Codes;
        for (var row = 0; row < bins.Length; row++)
        {
            var code = codes[row];
            bins[row] = (uint)code < (uint)BinOfCode.Length ? BinOfCode[code] : (byte)MissingBin;
        }
    }
}
