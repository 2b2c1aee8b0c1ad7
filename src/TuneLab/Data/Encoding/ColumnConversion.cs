using TuneLab.Errors;

namespace TuneLab.Data.Encoding;

/// <summary>
/// Reads a column as the kind that an encoding was fitted on, where that is unambiguous: a small file to predict may well look like whole numbers where
/// the training file had names. Everything can be read as category or text; texts that all are numbers or dates as such.
/// </summary>
internal static class ColumnConversion
{
    /// <summary>The column as <paramref name="wanted"/>; a category stands for a boolean and the other way round.</summary>
    /// <exception cref="InputException">Some value can't be read so; the message names the first.</exception>
    public static Column To(Column column, ColumnType wanted, string source) => wanted switch
    {
        ColumnType.Number => column as NumberColumn ?? ToNumber(column, source),
        ColumnType.Date => column as DateColumn ?? ToDate(column, source),
        ColumnType.Text => column as TextColumn ?? ToText(column),
        _ => column as CategoryColumn ?? ToCategory(column),
    };

    private static NumberColumn ToNumber(Column column, string source)
    {
        var values = new double[column.Count];
        for (var row = 0; row < values.Length; row++)
        {
            if (column.IsMissing(row))
            {
                values[row] = double.NaN;
            }
            else if (column is DateColumn || !double.TryParse(column.Text(row), NumberStyles.Float, CultureInfo.InvariantCulture, out values[row]))
            {
                throw Unreadable(column, row, "numbers", source);
            }
        }

        return new NumberColumn(column.Name, values);
    }

    private static DateColumn ToDate(Column column, string source)
    {
        var ticks = new long[column.Count];
        for (var row = 0; row < ticks.Length; row++)
        {
            if (column.IsMissing(row))
            {
                ticks[row] = DateColumn.Missing;
            }
            else if (column is not NumberColumn && DateTime.TryParse(column.Text(row), CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var date))
            {
                ticks[row] = date.Ticks;
            }
            else
            {
                throw Unreadable(column, row, "dates", source);
            }
        }

        return new DateColumn(column.Name, ticks);
    }

    private static TextColumn ToText(Column column)
    {
        var values = new string?[column.Count];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = column.IsMissing(row) ? null : column.Text(row);
        }

        return new TextColumn(column.Name, values);
    }

    private static CategoryColumn ToCategory(Column column)
    {
        var texts = ToText(column).Values;
        string[] levels = [.. texts.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new CategoryColumn(column.Name, Array.ConvertAll(texts, text => text is null ? -1 : Array.BinarySearch(levels, text, StringComparer.Ordinal)), levels);
    }

    private static InputException Unreadable(Column column, int row, string wanted, string source)
        => new($"{source}: column '{column.Name}' held {wanted} when the model was fitted, here it has '{column.Text(row)}' (row {row + 1}).",
            "correct the value, leave it empty (missing), or fit the model on a table where the column has this type.");
}
