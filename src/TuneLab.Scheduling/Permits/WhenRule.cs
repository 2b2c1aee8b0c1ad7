using TuneLab.Scheduling.Presence;

namespace TuneLab.Scheduling.Permits;

/// <summary>When work may run, as <see cref="WhenText"/> reads it: in any of its ways. Pure in what it says; any thread.</summary>
public sealed class WhenRule
{
    // unions of windows are followed over so many openings to find where they close
    private const int MostSteps = 100;
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    private sealed record Answer(DateTimeOffset From, DateTimeOffset To, IdleState Idle, Permit Permit);

    private readonly IReadOnlyList<WhenTerm> _terms;

    // the last answer: it stays the same until a window opens or closes or idle changes, and is asked for many times a second
    private volatile Answer? _last;

    internal WhenRule(string text, IReadOnlyList<WhenTerm> terms)
    {
        (Text, _terms) = (text, terms);
        UsesIdle = terms.Any(t => t.Idle) && !IsAlways;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it holds at any time.</summary>
    public bool IsAlways => _terms.Any(t => !t.Idle && t.Times.IsAlways);

    /// <summary>Whether it has to be known whether the machine is idle.</summary>
    public bool UsesIdle { get; }

    private IEnumerable<WhenTerm> Timed => _terms.Where(t => !t.Idle);

    /// <summary>Whether work may run.</summary>
    /// <param name="now">The clock.</param>
    /// <param name="idle">Whether the machine is idle; not looked at unless <see cref="UsesIdle"/>.</param>
    /// <param name="words">An instant for people; always the same.</param>
    public Permit At(DateTimeOffset now, IdleState idle, Func<DateTimeOffset, string> words)
    {
        if (_last is { } last && last.From <= now && now < last.To && last.Idle == idle)
        {
            return last.Permit;
        }

        var permit = Find(now, idle, words);
        _last = new Answer(now, NextChange(now) ?? now + Fresh, idle, permit);
        return permit;
    }

    /// <summary>The next instant at which windows open it; null: none, or at any moment.</summary>
    /// <param name="now">The clock; where the windows are open now, it is the opening after their closing.</param>
    public DateTimeOffset? NextOpening(DateTimeOffset now)
    {
        if (_terms.Any(t => t.Times.IsAlways))
        {
            return null;
        }

        return IsTime(now, _terms) ? Follow(now, _terms) is { } closed ? First(closed) : null : First(now);

        DateTimeOffset? First(DateTimeOffset from) => _terms.Min(t => t.Times.NextChange(from));
    }

    /// <summary>The next instant at which one of its windows opens or closes, together with those that it is tied to; null: none.</summary>
    /// <param name="now">The clock.</param>
    public DateTimeOffset? NextChange(DateTimeOffset now) => _terms.Min(t => t.Times.NextChange(now));

    /// <summary>The times at which windows alone open it, in order, cut to a span.</summary>
    /// <param name="from">Where the span begins.</param>
    /// <param name="to">Where it ends.</param>
    public IEnumerable<Opening> Openings(DateTimeOffset from, DateTimeOffset to) => Openings([.. Timed], from, to);

    /// <summary>The same where the machine is taken to be idle at any moment.</summary>
    /// <param name="from">Where the span begins.</param>
    /// <param name="to">Where it ends.</param>
    public IEnumerable<Opening> PossibleOpenings(DateTimeOffset from, DateTimeOffset to) => Openings(_terms, from, to);

    /// <summary>A way that is never open: its text; null where there is none.</summary>
    /// <param name="now">From when on.</param>
    public string? NeverOpen(DateTimeOffset now) => _terms.FirstOrDefault(t => !t.Times.IsOpen(now) && t.Times.NextChange(now) is null)?.Text;

    /// <summary>What of it is said twice, each a sentence.</summary>
    /// <param name="now">From when on.</param>
    public IEnumerable<string> Overlaps(DateTimeOffset now)
    {
        if (_terms.Count > 1 && Timed.FirstOrDefault(t => t.Times.IsAlways) is { } always)
        {
            yield return $"'{always.Text}' is always open, so that the others say nothing.";
            yield break;
        }

        var timed = Timed.ToList();
        for (var i = 0; i < timed.Count; i++)
        {
            for (var k = i + 1; k < timed.Count; k++)
            {
                var both = new WindowsTogether([.. timed[i].Times.Windows, .. timed[k].Times.Windows]);
                if ((both.IsOpen(now) ? now : both.NextChange(now)) is { } at)
                {
                    var zone = both.Windows[0].Zone;
                    yield return string.Create(CultureInfo.InvariantCulture, $"'{timed[i].Text}' and '{timed[k].Text}' overlap, the next time at {TimeZoneInfo.ConvertTime(at, zone):yyyy-MM-dd HH:mm}; work runs while any of them is open.");
                }
            }
        }
    }

    private Permit Find(DateTimeOffset now, IdleState idle, Func<DateTimeOffset, string> words)
    {
        if (IsAlways)
        {
            return new Permit(true, "it may always", null, null);
        }

        if (Timed.FirstOrDefault(t => t.Times.IsOpen(now)) is { } open)
        {
            var until = Closing(now);
            return new Permit(true, until is { } end ? $"{open.Text} is open until {words(end)}" : $"{open.Text} is open", until, null);
        }

        if (_terms.FirstOrDefault(t => t.Idle && idle.Holds && t.Times.IsOpen(now)) is { } quiet)
        {
            return new Permit(true, quiet.Times.Windows.Count == 0 ? idle.Why : $"{quiet.Text}: {idle.Why}", null, null);
        }

        var ways = _terms.Select(t => t.Times.IsOpen(now) ? $"{t.Text} ({idle.Why})" : t.Times.NextChange(now) is { } opens ? $"{t.Text} (opens {words(opens)})" : t.Text + " (never opens)");
        return new Permit(false, "waits for " + string.Join(" or ", ways), null, Opening(now));
    }

    private static IEnumerable<Opening> Openings(IReadOnlyList<WhenTerm> terms, DateTimeOffset from, DateTimeOffset to)
    {
        DateTimeOffset? opened = null;
        for (var at = from; at < to && terms.Count > 0;)
        {
            var next = terms.Min(t => t.Times.NextChange(at)) is { } change && change < to ? change : to;
            opened = IsTime(at, terms) ? opened ?? at : null;
            if (opened is { } begin && (next == to || !IsTime(next, terms)))
            {
                yield return new Opening(begin, next);
            }

            at = next;
        }
    }

    private static bool IsTime(DateTimeOffset at, IEnumerable<WhenTerm> terms) => terms.Any(t => t.Times.IsOpen(at));

    // when the last of the windows closes that are open one after another; null where that is not known
    private static DateTimeOffset? Follow(DateTimeOffset now, IEnumerable<WhenTerm> terms)
    {
        var all = terms.ToList();
        DateTimeOffset? at = now;
        for (var step = 0; step < MostSteps && at is { } open; step++)
        {
            if (!IsTime(open, all))
            {
                return open;
            }

            // a window that closes later carries the others over
            var closings = all.Where(t => t.Times.IsOpen(open)).Select(t => t.Times.NextChange(open)).ToList();
            at = closings.Contains(null) ? null : closings.Max();
        }

        return null;
    }

    private DateTimeOffset? Closing(DateTimeOffset now) => Follow(now, Timed);

    // a way without idle opens for sure; of the others it is only known before when they do not
    private DateTimeOffset? Opening(DateTimeOffset now)
        => Timed.Any() ? Timed.Min(t => t.Times.NextChange(now)) : _terms.Any(t => t.Times.IsOpen(now)) ? null : _terms.Min(t => t.Times.NextChange(now));
}
