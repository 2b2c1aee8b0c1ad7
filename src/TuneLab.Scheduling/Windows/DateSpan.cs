using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace TuneLab.Scheduling.Windows;

/// <summary>Whole days: a date, a range of dates, or the same of every year.</summary>
/// <param name="First">The first day; of a yearly span its year does not count (it is a leap year).</param>
/// <param name="Last">The last day, itself in; of a yearly span it may be before <paramref name="First"/>, which goes over the turn of the year.</param>
/// <param name="Yearly">Whether it comes every year. 02-29 comes in leap years.</param>
public sealed record DateSpan(DateOnly First, DateOnly Last, bool Yearly)
{
    /// <summary>What is allowed, in words that follow "allowed is".</summary>
    public const string Allowed = "a date like 2026-12-24, a yearly one like 12-25, or a range like 2026-12-24..2027-01-01 or 12-24..01-01";

    /// <summary>A regular expression of the notation: what an editor checks.</summary>
    public const string Pattern = "^(([0-9]{4}-)?[0-9]{2}-[0-9]{2})(\\.\\.(([0-9]{4}-)?[0-9]{2}-[0-9]{2}))?$";

    // a leap year: 02-29 can be written
    private const string AnyYear = "2000-";

    // a range of more years is a slipped digit, and every day of it is kept
    private const int MostDays = 3660;

    /// <summary>Reads a span.</summary>
    /// <param name="text">As <see cref="Allowed"/> says.</param>
    /// <param name="span">The days.</param>
    /// <param name="fault">What is wrong, as a sentence without its subject.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out DateSpan? span, [NotNullWhen(false)] out string? fault)
    {
        span = null;
        var match = Regex.Match(text, Pattern, RegexOptions.CultureInvariant);
        if (!match.Success)
        {
            fault = "is no date; allowed is " + Allowed;
            return false;
        }

        var (first, last) = (match.Groups[1].Value, match.Groups[3].Success ? match.Groups[4].Value : match.Groups[1].Value);
        var yearly = first.Length == 5;
        if (yearly != (last.Length == 5))
        {
            fault = "has a year on one side only; write it on both, or on none";
            return false;
        }

        if (!TryDate(yearly ? AnyYear + first : first, out var from) || !TryDate(yearly ? AnyYear + last : last, out var to))
        {
            fault = "has a day that no calendar shows";
            return false;
        }

        if (!yearly && (from > to || to.DayNumber - from.DayNumber > MostDays))
        {
            fault = from > to ? "ends before it begins; swap its dates" : "is longer than ten years";
            return false;
        }

        span = new DateSpan(from, to, yearly);
        fault = null;
        return true;
    }

    /// <summary>Every day of the span, of a yearly one with any year, in order.</summary>
    public IEnumerable<DateOnly> Days()
    {
        for (var day = First; ; day = day == new DateOnly(First.Year, 12, 31) && Yearly ? new DateOnly(First.Year, 1, 1) : day.AddDays(1))
        {
            yield return day;
            if (day == Last)
            {
                yield break;
            }
        }
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => First == Last ? Text(First) : Text(First) + ".." + Text(Last);

    private string Text(DateOnly day) => day.ToString(Yearly ? "MM-dd" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool TryDate(string text, out DateOnly date) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
