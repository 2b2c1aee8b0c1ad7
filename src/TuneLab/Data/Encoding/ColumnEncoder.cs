namespace TuneLab.Data.Encoding;

/// <summary>
/// Makes features from one column. One class per kind of column; each has a static <c>Fit(column, rows)</c>, which answers null when the column says nothing on those rows, and
/// <see cref="ColumnEncoders"/> one line each to fit and to load it. Immutable.
/// </summary>
internal abstract class ColumnEncoder(InputColumn input)
{
    /// <summary>The column that it reads.</summary>
    public InputColumn Input { get; } = input;

    /// <summary>What the fit learned.</summary>
    public virtual EncodedColumn Description => new(Input, [], []);

    /// <summary>The features of all rows; their number and names are fixed by the fit.</summary>
    /// <param name="column">Of the kind that <see cref="ColumnConversion"/> answers for <see cref="Input"/>.</param>
    public abstract IEnumerable<FeatureColumn> Encode(Column column);

    /// <summary>Writes what the fit learned beyond <see cref="Input"/>.</summary>
    public abstract void Save(BinaryWriter writer);
}
