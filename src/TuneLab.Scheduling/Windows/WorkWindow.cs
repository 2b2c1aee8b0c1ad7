using Quartz;
using TuneLab.Errors;

namespace TuneLab.Scheduling.Windows;

/// <summary>
/// When background work may run, as half-open intervals [opens, closes). It goes by the clock on the wall of its time zone: it is open whenever that clock shows a time of its span. So a night over the
/// change to summer time is an hour shorter in real time, one over the change back an hour longer; an opening time that the clock leaves out is at the moment of the change; where the clock shows an
/// opening or closing time twice, the window opens or closes at both. Only <c>for</c> of a cron window is real time (<see cref="CronPart"/>). Immutable and pure; any thread.
/// </summary>
public sealed class WorkWindow
{
    /// <summary>How far <see cref="NextOpening"/> looks: a window that does not open within it never opens.</summary>
    public static readonly TimeSpan OpeningHorizon = TimeSpan.FromDays((5 * 366) + 1);

    /// <summary>How far <see cref="NextClosing"/> looks.</summary>
    public static readonly TimeSpan ClosingHorizon = TimeSpan.FromDays(400);

    private readonly List<IWindowPart> _parts = [];
    private readonly WallClock _clock;
    private readonly DaySet _closed;
    private readonly DaySet _open;
    private readonly DaySet _holidays;
    private readonly HolidayRule _onHolidays;

    /// <param name="plan">The window as it is written.</param>
    /// <exception cref="InputException">Its cron expression is none, or with seconds and without <c>for</c>.</exception>
    public WorkWindow(WindowPlan plan)
    {
        Name = plan.Name;
        _clock = new WallClock(plan.Zone);
        (_closed, _open, _holidays, _onHolidays) = (new DaySet(plan.Closed, plan.Zone), new DaySet(plan.Open, plan.Zone), new DaySet(plan.OnHolidays == HolidayRule.Ignore ? [] : plan.Holidays, plan.Zone), plan.OnHolidays);
        if (plan.Times.Count > 0)
        {
            var week = new WeekPart(plan.Times, _clock);
            _parts.Add(week);
            IsAlways = week.IsAlways && _closed.IsEmpty && (_holidays.IsEmpty || _onHolidays == HolidayRule.Open);
        }

        if (plan.Cron is { } cron)
        {
            _parts.Add(Part(plan, cron));
        }
    }

    /// <summary>Its name in the file and in <c>--when</c>.</summary>
    public string Name { get; }

    /// <summary>Whose clock it goes by.</summary>
    public TimeZoneInfo Zone => _clock.Zone;

    /// <summary>Whether it never closes.</summary>
    public bool IsAlways { get; }

    /// <summary>Whether it is open.</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        // Quartz's calendars know whole milliseconds; openings and closings are whole seconds
        at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
        if (_closed.Contains(at))
        {
            return false;
        }

        if (_open.Contains(at))
        {
            return true;
        }

        return _holidays.Contains(at) ? _onHolidays == HolidayRule.Open : _parts.Exists(p => p.Covers(at));
    }

    /// <summary>The first opening after an instant, in UTC; where the window is open then, the opening after its next closing.</summary>
    /// <returns>Null where there is none within <see cref="OpeningHorizon"/>.</returns>
    public DateTimeOffset? NextOpening(DateTimeOffset at)
    {
        if (IsAlways)
        {
            return null;
        }

        var closed = IsOpen(at) ? NextChange(at, true, ClosingHorizon) : at;
        return closed is { } from ? NextChange(from, false, OpeningHorizon) : null;
    }

    /// <summary>The first closing after an instant, in UTC; where the window is closed then, the closing after its next opening.</summary>
    /// <returns>Null where it is always open, never opens, or does not close within <see cref="ClosingHorizon"/> of its opening.</returns>
    public DateTimeOffset? NextClosing(DateTimeOffset at)
    {
        if (IsAlways)
        {
            return null;
        }

        var opened = IsOpen(at) ? at : NextChange(at, false, OpeningHorizon);
        return opened is { } from ? NextChange(from, true, ClosingHorizon) : null;
    }

    /// <summary>The first instant after <paramref name="at"/> at which the state is another one: nothing but the parts' edges, midnights and the clock's changes alters it.</summary>
    private DateTimeOffset? NextChange(DateTimeOffset at, bool open, TimeSpan horizon)
    {
        var until = at > DateTimeOffset.MaxValue - horizon ? DateTimeOffset.MaxValue : at + horizon;

        // an edge of a local date may lie in the UTC day before or after it; dates are put together before they are ordered, since the clock may be put back over midnight
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        var dates = new List<List<DateTimeOffset>> { Edges(day.AddDays(-1)), Edges(day), Edges(day.AddDays(1)) };
        for (; day.Year < 9999; day = day.AddDays(1))
        {
            foreach (var edge in dates.SelectMany(d => d).Where(e => e > at && DateOnly.FromDateTime(e.UtcDateTime) == day).Distinct().Order())
            {
                if (edge > until)
                {
                    return null;
                }

                if (IsOpen(edge) != open)
                {
                    return edge;
                }
            }

            if (new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) > until)
            {
                return null;
            }

            dates.RemoveAt(0);
            dates.Add(Edges(day.AddDays(2)));
        }

        return null;
    }

    private List<DateTimeOffset> Edges(DateOnly date)
        => [.. _parts.SelectMany(p => p.EdgesOn(date)).Concat(_clock.When(date.ToDateTime(TimeOnly.MinValue))).Concat(_clock.ChangesAround(date))];

    private IWindowPart Part(WindowPlan plan, string text)
    {
        if (!CronText.TryParse(text, plan.Zone, out var cron, out var fault))
        {
            throw new InputException($"The window '{plan.Name}': '{text}' {fault}.");
        }

        if (plan.For is { } length)
        {
            return new CronPart(cron, length);
        }

        return CronMinutes(cron) is { } minutes
            ? new CronMinutesPart(minutes, _clock)
            : throw new InputException($"The window '{plan.Name}': '{text}' names seconds, and without 'for' it says in which minutes the window is open.", "Write it with five fields, or add 'for': how long it is open.");
    }

    /// <summary>The expression on what a wall clock shows; null where its seconds are more than 0 or every one.</summary>
    internal static CronExpression? CronMinutes(CronExpression cron)
    {
        var fields = cron.CronExpressionString.Split(' ');
        return fields[0] is "0" or "*" ? CronExpression.Parse("0 " + string.Join(' ', fields[1..])).WithTimeZone(TimeZoneInfo.Utc) : null;
    }
}
