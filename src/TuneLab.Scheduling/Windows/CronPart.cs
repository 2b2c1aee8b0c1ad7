using Quartz;

namespace TuneLab.Scheduling.Windows;

/// <summary>
/// Opens when a cron expression says, for a length of real time. Quartz's <see cref="CronExpression"/> decides about the clock's changes: an opening that the clock leaves out is at
/// the moment of the change, one that it shows twice is the first (an expression of every so many minutes opens in both).
/// </summary>
/// <param name="cron">When it opens, in the window's zone.</param>
/// <param name="length">How long; real time, so that a change of the clock does not alter it.</param>
internal sealed class CronPart(CronExpression cron, TimeSpan length) : IWindowPart
{
    private sealed record Search(DateTimeOffset After, DateTimeOffset? Next);

    // the last search: most questions are about the same gap between two openings, and an expression without any searches long
    private volatile Search? _last;

    public bool Covers(DateTimeOffset at) => Next(at - length) is { } opening && opening <= at;

    public IEnumerable<DateTimeOffset> EdgesOn(DateOnly date)
    {
        // the day in UTC: dates are asked for one after another without a gap, which is all that matters
        var from = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var to = from.AddDays(1);
        return Between(from, to).Concat(Between(from - length, to - length).Select(o => o + length));
    }

    private IEnumerable<DateTimeOffset> Between(DateTimeOffset from, DateTimeOffset to)
    {
        for (var opening = Next(from - TimeSpan.FromSeconds(1)); opening is { } at && at < to; opening = Next(at))
        {
            if (at >= from)
            {
                yield return at;
            }
        }
    }

    private DateTimeOffset? Next(DateTimeOffset after)
    {
        if (_last is { } last && last.After <= after && (last.Next is null || after < last.Next))
        {
            return last.Next;
        }

        var next = cron.GetNextValidTimeAfter(after);
        _last = new Search(after, next);
        return next;
    }
}
