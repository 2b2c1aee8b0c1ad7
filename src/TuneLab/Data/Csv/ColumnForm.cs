namespace TuneLab.Data.Csv;

/// <summary>A way to read a column's texts: its type, and for numbers and dates how they are written.</summary>
/// <param name="Type">The type of the column that comes out. For an inferred category a text may come out.</param>
/// <param name="Declared">Whether the type was asked for, so that everything that can be read as it is.</param>
/// <param name="DecimalMark">Numbers: a point or a comma.</param>
/// <param name="Order">Dates: the order of the parts.</param>
internal sealed record ColumnForm(ColumnType Type, bool Declared, char DecimalMark = '.', DateOrder Order = DateOrder.YearFirst)
{
    /// <summary>The forms to try, in this order: the first that fits all values is the column's.</summary>
    /// <param name="declared">The type asked for, or null to infer it.</param>
    /// <param name="separator">The field separator: after a semicolon, numbers may have a decimal comma.</param>
    public static ColumnForm[] Candidates(ColumnType? declared, char separator)
    {
        var asked = declared is not null;
        ColumnForm[] booleans = [new(ColumnType.Boolean, asked)];
        ColumnForm[] numbers = separator == ';' ? [new(ColumnType.Number, asked), new(ColumnType.Number, asked, ',')] : [new(ColumnType.Number, asked)];
        ColumnForm[] dates = [.. Enum.GetValues<DateOrder>().Select(order => new ColumnForm(ColumnType.Date, asked, Order: order))];
        return declared switch
        {
            null => [.. booleans, .. numbers, .. dates, new(ColumnType.Category, false)],
            ColumnType.Boolean => booleans,
            ColumnType.Number => numbers,
            ColumnType.Date => dates,
            _ => [new(declared.Value, true)],
        };
    }

    /// <summary>An empty sink for this form.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="capacity">How many rows are expected.</param>
    public ColumnSink NewSink(string name, int capacity) => Type switch
    {
        ColumnType.Boolean => new BooleanSink(name, capacity, Declared),
        ColumnType.Number => new NumberSink(name, capacity, (byte)DecimalMark, Declared),
        ColumnType.Date => new DateSink(name, capacity, Order),
        _ => new LevelSink(name, capacity, Declared ? Type : null),
    };
}
