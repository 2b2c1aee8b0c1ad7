namespace TuneLab.Learners.Binning;

/// <summary>Some rows of a binned table, as a list of their numbers: what a run fits on. Rows of a sample are called by their place in the list.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">[rows of the sample], ascending; not to be written.</param>
internal sealed record TableSample(BinnedTable Table, int[] Rows)
{
    /// <summary>How many.</summary>
    public int Count => Rows.Length;

    /// <summary>One feature of these rows; it must have a place.</summary>
    public FeatureView Feature(int feature)
    {
        var place = Table.Places[feature];
        var block = Table.Blocks[place.Block];
        return new FeatureView(block.Bytes, place.At, block.Width, Rows, Table.BinOfCode(feature));
    }
}
