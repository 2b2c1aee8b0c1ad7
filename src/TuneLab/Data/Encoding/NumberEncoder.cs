namespace TuneLab.Data.Encoding;

/// <summary>Numbers as they are, in single precision.</summary>
internal sealed class NumberEncoder(InputColumn input) : ColumnEncoder(input)
{
    public static NumberEncoder? Fit(NumberColumn column, int[] rows)
    {
        if (rows.Length == 0)
        {
            return null;
        }

        // compared as floats: what differs only in double precision is the same to every learner
        var first = Single(column.Values[rows[0]]);
        foreach (var row in rows)
        {
            var value = Single(column.Values[row]);
            if (!value.Equals(first) && value != first) // Equals: NaN is itself; !=: -0 is 0
            {
                return new NumberEncoder(new InputColumn(column.Name, ColumnType.Number, []));
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override IEnumerable<FeatureColumn> Encode(Column column)
    {
        var source = ((NumberColumn)column).Values;
        var values = new float[source.Length];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = Single(source[row]);
        }

        yield return new NumericFeature(Input.Name, Input.Name, values);
    }

    /// <inheritdoc/>
    public override void Save(BinaryWriter writer)
    {
    }

    /// <summary>The nearest float, infinities and what overflows clamped to the largest finite one; NaN stays NaN.</summary>
    private static float Single(double value) => Math.Clamp((float)value, -float.MaxValue, float.MaxValue);
}
