namespace TuneLab.Learners.Binning;

/// <summary>The bins of one feature for the rows of a sample.</summary>
/// <param name="Bytes">The block's.</param>
/// <param name="At">The column in the block.</param>
/// <param name="Stride">From one table row to the next.</param>
/// <param name="Rows">The sample's rows of the table.</param>
/// <param name="BinOfCode">[256]: the bin for each code of the column.</param>
internal readonly record struct FeatureView(byte[] Bytes, int At, int Stride, int[] Rows, byte[] BinOfCode)
{
    /// <summary>The code of a row of the sample.</summary>
    public byte Code(int row) => Bytes[(long)Rows[row] * Stride + At];

    /// <summary>The bin of a row of the sample.</summary>
    public byte this[int row] => BinOfCode[Code(row)];
}
