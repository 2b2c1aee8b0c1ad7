using TuneLab.Scheduling.Queue;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Review;

/// <summary>An entry that workers had under way.</summary>
/// <param name="Entry">As it is now.</param>
/// <param name="WorkedSeconds">Seconds that they worked on it within the review; of a slice under way, those since it began.</param>
public sealed record ReviewedEntry(QueueEntry Entry, double WorkedSeconds);

/// <summary>What became of the queue lately: what ran, what failed, what comes next.</summary>
/// <param name="Since">Where the review begins.</param>
/// <param name="Ran">What workers had under way since, in the order in which it began.</param>
/// <param name="Failed">What failed since or missed its deadline.</param>
/// <param name="Next">What has not ended, in the order in which it will run.</param>
/// <param name="Open">How long the windows were open.</param>
/// <param name="Used">How long of that something was worked on; of a slice that rested in between, the part of its time that it worked.</param>
public sealed record WorkReview(DateTimeOffset Since, IReadOnlyList<ReviewedEntry> Ran, IReadOnlyList<QueueEntry> Failed, IReadOnlyList<QueueEntry> Next, TimeSpan Open, TimeSpan Used)
{
    /// <summary>What waited through a whole opening of its window since and was not worked on. <value>None.</value></summary>
    public IReadOnlyList<MissedOpening> Missed { get; init; } = [];

    /// <summary>Seconds that all workers together worked.</summary>
    public double WorkedSeconds => Ran.Sum(r => r.WorkedSeconds);

    /// <summary>Whether there is nothing to tell.</summary>
    public bool IsEmpty => Ran.Count == 0 && Failed.Count == 0 && Next.Count == 0;

    /// <summary>Looks back. Entries that were removed since are left out.</summary>
    /// <param name="store">The queue.</param>
    /// <param name="permits">The windows that entries have of their own, and the worker's.</param>
    /// <param name="openings">When the windows were open since, up to now; empty: there are none.</param>
    /// <param name="living">The ids of the workers that live: a slice of another one ended when that was last seen.</param>
    /// <param name="since">From when on.</param>
    /// <param name="now">The clock.</param>
    public static WorkReview Of(IWorkStore store, IPermits permits, IReadOnlyList<Opening> openings, IReadOnlyCollection<string> living, DateTimeOffset since, DateTimeOffset now)
    {
        var seen = store.Workers().ToDictionary(w => w.Id, w => w.Seen, StringComparer.Ordinal);
        IReadOnlyList<Slice> slices = [.. store.Slices(since).Select(s => s.Ended is not null || living.Contains(s.Worker) ? s : s with { Ended = seen.GetValueOrDefault(s.Worker, s.Began), Outcome = SliceOutcome.Died }).Where(s => s.Ended is not { } end || end >= since)];
        var entries = store.Entries();
        var byId = entries.ToDictionary(e => e.Id);
        var ran = slices.Where(s => byId.ContainsKey(s.Entry)).GroupBy(s => s.Entry).Select(g => new ReviewedEntry(byId[g.Key], g.Sum(s => Worked(s, since, now))));
        return new WorkReview(since, [.. ran], [.. entries.Where(e => QueueWords.HasFailed(e) && e.Updated >= since).OrderBy(e => e.Updated)], QueueOrder.Of(entries),
            Sum(openings.Select(o => o.Length)), Sum(openings.Select(o => Covered(o, slices, now)))) { Missed = MissedOpening.Of(store, entries, permits, null, since, now) };
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> spans) => spans.Aggregate(TimeSpan.Zero, (a, b) => a + b);

    // several workers at one time count once, as the one that rested least
    private static TimeSpan Covered(Opening opening, IReadOnlyList<Slice> slices, DateTimeOffset now)
    {
        var within = slices.Select(s => (From: s.Began > opening.From ? s.Began : opening.From, To: (s.Ended ?? now) < opening.To ? s.Ended ?? now : opening.To, Share: Share(s))).Where(s => s.To > s.From).ToList();
        var edges = within.SelectMany(s => new[] { s.From, s.To }).Distinct().Order().ToList();
        return Sum(edges.Zip(edges.Skip(1), (from, to) => (to - from) * within.Where(s => s.From <= from && s.To >= to).Select(s => s.Share).DefaultIfEmpty(0).Max()));
    }

    // of a slice that began before, the part that lies within
    private static double Worked(Slice slice, DateTimeOffset since, DateTimeOffset now)
        => Math.Max(0, ((slice.Ended ?? now) - (slice.Began > since ? slice.Began : since)).TotalSeconds) * Share(slice);

    // the part of its time that it worked, and did not rest; not known of one under way or that died
    private static double Share(Slice slice)
        => slice.Ended is { } end && slice.Outcome != SliceOutcome.Died && (end - slice.Began).TotalSeconds is > 0 and var all ? Math.Clamp(slice.ActiveSeconds / all, 0, 1) : 1;
}
