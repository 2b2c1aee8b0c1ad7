namespace TuneLab.Data;

/// <summary>The known values of a number or date column in rising order; dates as ticks.</summary>
/// <param name="Values">[known rows]: rising.</param>
/// <param name="Rows">[known rows]: the row that each stands in; equal values in any order.</param>
internal sealed record NumberOrder(double[] Values, int[] Rows)
{
    /// <summary>The order of a column; null for other types.</summary>
    public static NumberOrder? Of(Column column) => column switch
    {
        NumberColumn numbers => Sorted(numbers.Values, row => !double.IsNaN(numbers.Values[row])),
        DateColumn dates => Sorted(Array.ConvertAll(dates.Ticks, t => (double)t), row => dates.Ticks[row] != DateColumn.Missing),
        _ => null,
    };

    private static NumberOrder Sorted(double[] all, Func<int, bool> known)
    {
        var (values, rows) = (new double[all.Length], new int[all.Length]);
        var count = 0;
        for (var row = 0; row < all.Length; row++)
        {
            if (known(row))
            {
                (values[count], rows[count++]) = (all[row], row);
            }
        }

        Array.Resize(ref values, count);
        Array.Resize(ref rows, count);
        Array.Sort(values, rows);
        return new NumberOrder(values, rows);
    }
}
