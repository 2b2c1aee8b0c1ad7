namespace TuneLab.Learners.Binning;

/// <summary>
/// Columns of codes that lie row by row in one array. A block holds as many columns as have cells in the nearest cache together: for features with many bins that is a few columns,
/// so that the table is summed almost column by column; for features with few bins it is up to a cache line of them, row by row.
/// </summary>
/// <param name="Bytes">[rows x columns], row-major.</param>
/// <param name="Codes">[columns]: how many codes each has.</param>
internal sealed record BinBlock(byte[] Bytes, int[] Codes)
{
    /// <summary>How many columns, which is also how far apart the rows are.</summary>
    public int Width => Codes.Length;
}
