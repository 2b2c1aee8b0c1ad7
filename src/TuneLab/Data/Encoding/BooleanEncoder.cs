namespace TuneLab.Data.Encoding;

/// <summary>Booleans as 0 and 1. Levels are found by text, without regard to case (<c>True</c> is <c>true</c>); others count as missing.</summary>
internal sealed class BooleanEncoder(InputColumn input) : ColumnEncoder(input)
{
    public static BooleanEncoder? Fit(CategoryColumn column, int[] rows)
        => Variation.Varies(column.Codes, rows) ? new BooleanEncoder(new InputColumn(column.Name, ColumnType.Boolean, [.. column.Levels])) : null;

    /// <inheritdoc/>
    public override IEnumerable<FeatureColumn> Encode(Column column)
    {
        var source = (CategoryColumn)column;
        var byCode = Array.ConvertAll(source.Levels, Value);
        var values = new float[source.Count];
        for (var row = 0; row < values.Length; row++)
        {
            var code = source.Codes[row];
            values[row] = code < 0 ? float.NaN : byCode[code];
        }

        yield return new NumericFeature(Input.Name, Input.Name, values);
    }

    /// <inheritdoc/>
    public override void Save(BinaryWriter writer)
    {
    }

    private float Value(string level)
    {
        for (var i = 0; i < Input.Levels.Count; i++)
        {
            if (Input.Levels[i].Equals(level, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return float.NaN;
    }
}
