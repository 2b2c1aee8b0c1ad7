using Quartz;

namespace TuneLab.Scheduling.Windows;

/// <summary>
/// Open in every minute that a cron expression names, by the wall clock: <c>* 1-4 * * sun</c> is 01:00 to 05:00. This is what Quartz's CronCalendar is for, which leaves out what its
/// expression names and knows single seconds only, so that an expression of minutes would leave out one second of each; here its <see cref="CronExpression"/> is asked on the wall clock.
/// </summary>
/// <param name="cron">The expression in UTC: it is shown what the wall clock shows.</param>
/// <param name="clock">The window's wall clock.</param>
internal sealed class CronMinutesPart(CronExpression cron, WallClock clock) : IWindowPart
{
    public bool Covers(DateTimeOffset at) => cron.IsSatisfiedBy(Minute(clock.At(at)));

    public IEnumerable<DateTimeOffset> EdgesOn(DateOnly date)
    {
        var start = Minute(date.ToDateTime(TimeOnly.MinValue));
        var end = start.AddDays(1);
        var edges = new List<DateTime> { start.DateTime };
        var before = DateTimeOffset.MinValue;
        for (var minute = cron.GetNextValidTimeAfter(start.AddSeconds(-1)); minute is { } at && at < end; minute = cron.GetNextValidTimeAfter(at))
        {
            if (at != before.AddMinutes(1))
            {
                edges.Add(before.DateTime.AddMinutes(1));
                edges.Add(at.DateTime);
            }

            before = at;
        }

        edges.Add(before.DateTime.AddMinutes(1));
        return edges.Where(e => e >= start.DateTime).SelectMany(clock.When);
    }

    private static DateTimeOffset Minute(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
