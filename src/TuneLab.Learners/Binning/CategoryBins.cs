using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Binning;

/// <summary>
/// Bins of category codes by falling frequency (ties by code). When there are more categories than bins, the rare ones share the last
/// value bin. A code that no training row has counts as missing.
/// </summary>
internal sealed class CategoryBins : FeatureBins
{
    /// <param name="binOfCode">[cardinality].</param>
    /// <param name="counts">[value bins + 1]: training rows in each, those without a value last.</param>
    public CategoryBins(byte[] binOfCode, int[] counts)
        : base(counts) => BinOfCode = binOfCode;

    /// <summary>[cardinality]: the bin of each code.</summary>
    public byte[] BinOfCode { get; }

    /// <summary>Fits the bins.</summary>
    /// <param name="feature">The column.</param>
    /// <param name="train">The rows to fit on.</param>
    /// <param name="maxBins">The most value bins, 2 to 255.</param>
    public static CategoryBins Fit(CategoricalFeature feature, int[] train, int maxBins)
    {
        var rows = new int[feature.Cardinality];
        var missing = 0;
        foreach (var row in train)
        {
            var code = feature.Codes[row];
            if ((uint)code < (uint)rows.Length)
            {
                rows[code]++;
            }
            else
            {
                missing++;
            }
        }

        var seen = Enumerable.Range(0, rows.Length).Where(c => rows[c] > 0).OrderByDescending(c => rows[c]).ToArray();
        var valueBins = Math.Min(seen.Length, maxBins);
        var (binOfCode, counts) = (new byte[rows.Length], new int[valueBins + 1]);
        Array.Fill(binOfCode, (byte)valueBins);
        counts[^1] = missing;
        for (var i = 0; i < seen.Length; i++)
        {
            var bin = Math.Min(i, valueBins - 1);
            binOfCode[seen[i]] = (byte)bin;
            counts[bin] += rows[seen[i]];
        }

        return new CategoryBins(binOfCode, counts);
    }

    /// <inheritdoc/>
    public override void Bin(FeatureColumn column, int from, Span<byte> bins)
    {
        var codes = ((CategoricalFeature)column).Codes.AsSpan(from, bins.Length);
        for (var row = 0; row < bins.Length; row++)
        {
            var code = codes[row];
            bins[row] = (uint)code < (uint)BinOfCode.Length ? BinOfCode[code] : (byte)MissingBin;
        }
    }

    /// <inheritdoc/>
    public override FeatureBins Coarsen(int maxBins, Span<byte> binOf)
    {
        var valueBins = Math.Min(ValueBins, maxBins);
        for (var bin = 0; bin < ValueBins; bin++)
        {
            binOf[bin] = (byte)Math.Min(bin, valueBins - 1);
        }

        binOf[MissingBin] = (byte)valueBins;
        if (valueBins == ValueBins)
        {
            return this;
        }

        var binOfCode = new byte[BinOfCode.Length];
        for (var code = 0; code < binOfCode.Length; code++)
        {
            binOfCode[code] = binOf[BinOfCode[code]];
        }

        return new CategoryBins(binOfCode, Merge(valueBins, binOf[..Count]));
    }
}
