namespace TuneLab.Data.Encoding;

/// <summary>The kinds of column there are and who encodes them.</summary>
internal static class ColumnEncoders
{
    /// <summary>Fits the encoder of the column's kind.</summary>
    public static ColumnEncoder? Fit(Column column, int[] rows) => column switch
    {
        NumberColumn number => NumberEncoder.Fit(number, rows),
        CategoryColumn { Type: ColumnType.Boolean } boolean => BooleanEncoder.Fit(boolean, rows),
        CategoryColumn category => CategoryEncoder.Fit(category, rows),
        DateColumn date => DateEncoder.Fit(date, rows),
        TextColumn text => TextEncoder.Fit(text, rows),
        _ => throw new ArgumentException($"Column '{column.Name}': there is no encoder for {column.GetType().Name}.", nameof(column)),
    };

    /// <summary>Reads back what <see cref="ColumnEncoder.Save"/> wrote.</summary>
    public static ColumnEncoder Load(InputColumn input, BinaryReader reader) => input.Type switch
    {
        ColumnType.Number => new NumberEncoder(input),
        ColumnType.Boolean => new BooleanEncoder(input),
        ColumnType.Category => CategoryEncoder.Load(input, reader),
        ColumnType.Date => DateEncoder.Load(input, reader),
        ColumnType.Text => TextEncoder.Load(input, reader),
        _ => throw new InvalidDataException($"The encoding of column '{input.Name}' is of the unknown kind {input.Type}."),
    };
}
