using System.Text;
using TuneLab.Data;
using TuneLab.Data.Csv;

namespace TuneLab.Analysis.Findings;

/// <summary>A column that tells when a row came to be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Order">Its rows by rising time.</param>
/// <param name="Reads">How it tells, where it is not of type date: <c>its texts are dates</c>; null: it is a date.</param>
internal sealed record TimeColumn(string Name, NumberOrder Order, string? Reads)
{
    /// <summary>Whether its type has to be changed before rows can be parted by it.</summary>
    public bool IsText { get; init; }
}

/// <summary>
/// Finds columns that tell when, whatever their type: dates; texts of which nearly all are dates written one way; whole numbers that are days as yyyymmdd, or seconds or milliseconds since 1970. Numbers that merely count or name things must not be
/// taken for times: they have to lie between 2000 and 2040 all of them, over two days at least, and must neither follow each other without gaps nor be called an identifier.
/// </summary>
internal static class TimeColumns
{
    private const double NearlyAll = 0.95;
    private const int MostTries = 200; // of texts, before a way to write dates is given up
    private const double FirstSecond = 946_684_800, LastSecond = 2_208_988_800; // 2000 and 2040
    private const double Day = 86_400;
    private const double Dense = 0.5; // of the numbers between the least and the largest: they count

    private static readonly string[] Identifiers = ["id", "ids", "key", "code", "no", "nr", "num", "number", "index", "phone", "hash", "zip", "uuid"];

    public static IEnumerable<TimeColumn> Of(TaskTable table)
        => table.Data.Columns
            .Where(c => c.Name != table.Roles.Label && !c.Name.Contains("birth", StringComparison.OrdinalIgnoreCase)) // a birthday says who somebody is, not when the row came to be
            .Select(Find).OfType<TimeColumn>();

    private static TimeColumn? Find(Column column) => column switch
    {
        DateColumn => new TimeColumn(column.Name, NumberOrder.Of(column)!, null),
        NumberColumn numbers => OfNumbers(numbers),
        TextColumn or CategoryColumn { Type: ColumnType.Category } => OfTexts(column),
        _ => null,
    };

    private static TimeColumn? OfNumbers(NumberColumn column)
    {
        var order = NumberOrder.Of(column)!;
        var values = order.Values;
        if (values.Length == 0 || values[0] < 0 || values.Any(v => v != Math.Floor(v)) || IsIdentifier(column.Name))
        {
            return null;
        }

        var (least, largest) = (values[0], values[^1]);
        var distinct = 1 + values.Zip(values.Skip(1)).Count(p => p.First != p.Second);
        return values.All(IsDay) ? new TimeColumn(column.Name, order, "its numbers are days as yyyymmdd")
            : Counts(1) ? null
            : Within(1) ? new TimeColumn(column.Name, order, "its numbers are seconds since 1970")
            : Within(1000) && !Counts(1000) ? new TimeColumn(column.Name, order, "its numbers are milliseconds since 1970")
            : null;

        bool Within(double unit) => least >= FirstSecond * unit && largest < LastSecond * unit && largest - least >= 2 * Day * unit;
        bool Counts(double unit) => distinct > Dense * (largest - least + unit) / unit;
    }

    private static bool IsDay(double value)
    {
        var (year, month, day) = ((int)(value / 10_000), (int)(value / 100 % 100), (int)(value % 100));
        return value is >= 19_000_101 and < 21_000_101 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    // customer_id, CustomerID, orderNo
    private static bool IsIdentifier(string name)
    {
        var words = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1]))
            {
                words.Append(' ');
            }

            words.Append(char.IsLetter(name[i]) ? char.ToLowerInvariant(name[i]) : ' ');
        }

        return words.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(w => Identifiers.Contains(w));
    }

    private static TimeColumn? OfTexts(Column column)
    {
        int[] known = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row))];
        foreach (var order in Enum.GetValues<DateOrder>())
        {
            if (known.Take(MostTries).Count(row => Ticks(column.Text(row), order) is not null) < NearlyAll * Math.Min(MostTries, known.Length))
            {
                continue;
            }

            var dated = known.Select(row => (Row: row, Ticks: Ticks(column.Text(row), order))).Where(d => d.Ticks is not null).OrderBy(d => d.Ticks).ToList();
            if (known.Length > 0 && dated.Count >= NearlyAll * known.Length)
            {
                return new TimeColumn(column.Name, new NumberOrder([.. dated.Select(d => (double)d.Ticks!.Value)], [.. dated.Select(d => d.Row)]), "its texts are dates") { IsText = true };
            }
        }

        return null;
    }

    private static long? Ticks(string text, DateOrder order) => DateText.TryParse(Encoding.UTF8.GetBytes(text.Trim()), order, out var ticks, out _) ? ticks : null;
}
