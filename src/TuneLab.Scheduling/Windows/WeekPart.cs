using Quartz;
using Quartz.Impl.Calendar;

namespace TuneLab.Scheduling.Windows;

/// <summary>
/// Spans of the week, on Quartz's <see cref="DailyCalendar"/> over <see cref="WeeklyCalendar"/>: the week is cut at midnights, and equal parts of several days are one calendar. A calendar
/// goes by the wall clock, so that what the clock shows twice is open twice, and what it leaves out is not.
/// </summary>
/// <remarks>
/// Worked around in Quartz 4.7.3: a <see cref="DailyCalendar"/> can't go over midnight or to 24:00, and both its ends are in, so that 12:00-13:00 would be open at 13:00; a part ends a
/// millisecond sooner here and is asked in whole milliseconds. A <see cref="WeeklyCalendar"/> begins with Saturday and Sunday taken out. The calendars' own search for the next time is not used:
/// they can't be joined by "or", and there is none for the next closing.
/// </remarks>
internal sealed class WeekPart : IWindowPart
{
    private readonly List<ICalendar> _calendars = [];
    private readonly List<int> _edges;
    private readonly WallClock _clock;

    public WeekPart(IReadOnlyList<WeekSpan> spans, WallClock clock)
    {
        _clock = clock;
        var parts = Days(spans);
        IsAlways = parts.Count == 1 && parts[0] is { From: 0, To: WeekSpan.Day, Days.Count: 7 };
        _calendars.AddRange(parts.Select(p => Calendar(p.From, p.To, p.Days, clock.Zone)));
        _edges = [.. parts.SelectMany(p => new[] { p.From, p.To }).Append(0).Select(e => e % WeekSpan.Day).Distinct().Order()];
    }

    /// <summary>Whether the whole week is covered.</summary>
    public bool IsAlways { get; }

    public bool Covers(DateTimeOffset at) => _calendars.Exists(c => c.IsTimeIncluded(at));

    public IEnumerable<DateTimeOffset> EdgesOn(DateOnly date) => _edges.SelectMany(e => _clock.When(date.ToDateTime(TimeOnly.MinValue).AddMinutes(e)));

    /// <summary>The spans cut at midnights and joined where they meet; the same minutes of several days are one.</summary>
    private static List<(int From, int To, List<DayOfWeek> Days)> Days(IReadOnlyList<WeekSpan> spans)
    {
        var open = new bool[WeekSpan.Week];
        foreach (var (span, day) in spans.SelectMany(s => s.Days.Select(d => (s, d))))
        {
            for (var i = 0; i < span.Length; i++)
            {
                open[(((int)day * WeekSpan.Day) + span.Opens + i) % WeekSpan.Week] = true;
            }
        }

        var found = new List<(int From, int To, DayOfWeek Day)>();
        for (var day = 0; day < 7; day++)
        {
            var minutes = open.AsSpan(day * WeekSpan.Day, WeekSpan.Day);
            for (var from = 0; from < WeekSpan.Day; from++)
            {
                if (minutes[from])
                {
                    var length = minutes[from..].IndexOf(false);
                    var to = length < 0 ? WeekSpan.Day : from + length;
                    found.Add((from, to, (DayOfWeek)day));
                    from = to;
                }
            }
        }

        return [.. found.GroupBy(f => (f.From, f.To)).Select(g => (g.Key.From, g.Key.To, g.Select(f => f.Day).ToList()))];
    }

    private static ICalendar Calendar(int from, int to, List<DayOfWeek> days, TimeZoneInfo zone)
    {
        var week = new WeeklyCalendar { TimeZone = zone };
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            if (days.Contains(day))
            {
                week.RemoveExcludedDay(day);
            }
            else
            {
                week.AddExcludedDay(day);
            }
        }

        return from == 0 && to == WeekSpan.Day
            ? week
            : new DailyCalendar(TimeOnly.MinValue.AddMinutes(from), new TimeOnly(TimeSpan.FromMinutes(to).Ticks - TimeSpan.TicksPerMillisecond), week) { InvertTimeRange = true, TimeZone = zone };
    }
}
