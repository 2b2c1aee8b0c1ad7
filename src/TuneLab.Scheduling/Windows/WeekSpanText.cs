using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace TuneLab.Scheduling.Windows;

/// <summary>
/// Reads spans of the week: <c>22:00-07:00</c> (over midnight), <c>00:00-24:00</c> (the whole day), <c>mon-fri 12:00-13:00</c>, <c>sat 08:00-20:00</c>,
/// <c>fri 18:00-mon 07:00</c>. Days are English, in full or by their first three letters, in any case.
/// </summary>
public static class WeekSpanText
{
    /// <summary>What is allowed, in words that follow "allowed is".</summary>
    public const string Allowed = "times of day like 22:00-07:00, mon-fri 12:00-13:00 or fri 18:00-mon 07:00";

    /// <summary>A regular expression of the notation: what an editor checks.</summary>
    public const string Pattern = "^\\s*(?:" + Name + "(?:\\s*-\\s*" + Name + ")?\\s+)?" + Time + "\\s*-\\s*(?:" + Name + "\\s+)?" + Time + "\\s*$";

    private const string Name = "([A-Za-z]+)";
    private const string Time = "([0-9]{1,2}:[0-9]{2})";

    private static readonly string[] DayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    /// <summary>Whether a text is meant as a span, right or wrong: it has a time of day in it.</summary>
    public static bool LooksLikeOne(string text) => Regex.IsMatch(text, "[0-9]:[0-9]", RegexOptions.CultureInvariant);

    /// <summary>Reads a span.</summary>
    /// <param name="text">The text.</param>
    /// <param name="days">The days on which it begins where the text names none; null: every day.</param>
    /// <param name="span">The span.</param>
    /// <param name="fault">What is wrong, as a sentence without its subject: <c>is empty: it closes when it opens</c>.</param>
    public static bool TryParse(string text, IReadOnlyList<DayOfWeek>? days, [NotNullWhen(true)] out WeekSpan? span, [NotNullWhen(false)] out string? fault)
    {
        span = null;
        var match = Regex.Match(text, Pattern, RegexOptions.CultureInvariant);
        if (!match.Success)
        {
            fault = "is no span of time; allowed is " + Allowed;
            return false;
        }

        var (first, last, closing) = (match.Groups[1], match.Groups[2], match.Groups[4]);
        DayOfWeek opensOn = default, untilDay = default, closesOn = default;
        foreach (var (group, assign) in new (Group, Action<DayOfWeek>)[] { (first, d => opensOn = d), (last, d => untilDay = d), (closing, d => closesOn = d) })
        {
            if (group.Success && !TryDay(group.Value, out var day))
            {
                fault = $"has the day '{group.Value}'; days are mon, tue, wed, thu, fri, sat and sun";
                return false;
            }
            else if (group.Success)
            {
                TryDay(group.Value, out day);
                assign(day);
            }
        }

        if (!TryMinute(match.Groups[3].Value, out var opens) || !TryMinute(match.Groups[5].Value, out var closes) || opens == WeekSpan.Day)
        {
            fault = "has a time that no clock shows; times go from 00:00 to 23:59, and 24:00 is the end of a day";
            return false;
        }

        if (closing.Success && (!first.Success || last.Success))
        {
            fault = "names the day it closes on, which needs one day that it opens on, like fri 18:00-mon 07:00";
            return false;
        }

        if (first.Success && days is not null)
        {
            fault = "names days, and so does 'days'; take one of them out";
            return false;
        }

        var length = closing.Success ? Wrap((closesOn - opensOn) * WeekSpan.Day + closes - opens, WeekSpan.Week) : Wrap(closes - opens, WeekSpan.Day);
        if (length == 0 && !(opens == 0 && closes == WeekSpan.Day && !closing.Success))
        {
            fault = "is empty: it closes when it opens" + (closing.Success ? "; 'always' is the whole week" : "; the whole day is 00:00-24:00");
            return false;
        }

        span = new WeekSpan(first.Success ? DaysBetween(opensOn, last.Success ? untilDay : opensOn) : days ?? WeekSpan.Always.Days, opens, length == 0 ? WeekSpan.Day : length);
        fault = null;
        return true;
    }

    /// <summary>Reads a day or a range of days: <c>mon</c>, <c>fri-mon</c>.</summary>
    public static bool TryDays(string text, [NotNullWhen(true)] out IReadOnlyList<DayOfWeek>? days)
    {
        var parts = text.Split('-', 2, StringSplitOptions.TrimEntries);
        days = TryDay(parts[0], out var first) & TryDay(parts[^1], out var last) ? DaysBetween(first, last) : null;
        return days is not null;
    }

    private static List<DayOfWeek> DaysBetween(DayOfWeek first, DayOfWeek last)
        => [.. Enumerable.Range(0, Wrap(last - first, 7) + 1).Select(i => (DayOfWeek)(((int)first + i) % 7))];

    private static bool TryDay(string text, out DayOfWeek day)
    {
        var index = Array.FindIndex(DayNames, n => n.Equals(text, StringComparison.OrdinalIgnoreCase) || n[..3].Equals(text, StringComparison.OrdinalIgnoreCase));
        day = (DayOfWeek)Math.Max(index, 0);
        return index >= 0;
    }

    private static bool TryMinute(string text, out int minute)
    {
        var parts = text.Split(':');
        var (hours, minutes) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        minute = (hours * 60) + minutes;
        return minutes < 60 && minute <= WeekSpan.Day;
    }

    private static int Wrap(int value, int cycle) => ((value % cycle) + cycle) % cycle;
}
