namespace TuneLab.Data.Encoding;

/// <summary>Fits encodings.</summary>
public static class FeatureEncoder
{
    /// <summary>
    /// Learns how to make features from columns: levels, parts and words that occur. Columns that are the same on all the rows are left out and not needed later.
    /// </summary>
    /// <param name="features">The columns, in the order that the features shall have.</param>
    /// <param name="rows">The rows that may be looked at: the training rows of a fold.</param>
    /// <returns>An encoding, without features when no column varies. A pure function of the arguments.</returns>
    public static FeatureEncoding Fit(IReadOnlyList<Column> features, int[] rows)
        => new([.. features.Select(column => ColumnEncoders.Fit(column, rows)).OfType<ColumnEncoder>()]);
}
