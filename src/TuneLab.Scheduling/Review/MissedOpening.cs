using TuneLab.Errors;
using TuneLab.Scheduling.Queue;
using TuneLab.Scheduling.Worker;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Review;

/// <summary>A time at which the windows of an entry were open, all of which it waited through and in which nobody worked on it: what Quartz.NET calls a misfire.</summary>
/// <param name="Entry">The entry as it is now.</param>
/// <param name="Opening">The whole of it.</param>
/// <param name="Reason">What was in the way, as far as the store tells, as a clause.</param>
public sealed record MissedOpening(QueueEntry Entry, Opening Opening, string Reason)
{
    private const int MostNames = 3;

    // a weekend is open for longer than whoever looks back looks; nothing that is whole is longer than a week
    private static readonly TimeSpan Longest = TimeSpan.FromDays(8);
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Of all entries that wait for windows of their own, and of the most urgent of the others, which could have had the worker's windows when nobody worked on anything in them (behind others it is no more than
    /// that). Those are left out that are held back or that somebody has paused, or that were changed since the opening began (released, say), and all of them where the queue is paused, or was when it began. What holds at any moment (<c>idle</c>, <c>always</c>) has no opening to miss.
    /// </summary>
    /// <param name="store">The queue.</param>
    /// <param name="entries">All entries.</param>
    /// <param name="permits">The windows; those that are not known (the file has changed) are missed by nobody.</param>
    /// <param name="told">When somebody was first told of anything: openings from then on. <value>Null: all.</value></param>
    /// <param name="after">Closed after that.</param>
    /// <param name="now">Closed by then.</param>
    public static IReadOnlyList<MissedOpening> Of(IWorkStore store, IReadOnlyList<QueueEntry> entries, IPermits permits, DateTimeOffset? told, DateTimeOffset after, DateTimeOffset now)
    {
        var found = new List<MissedOpening>();
        if (store.QueuePaused)
        {
            return found;
        }

        var known = new Dictionary<string, IReadOnlyList<Opening>>(StringComparer.Ordinal);
        var requests = store.Requests();
        DateTimeOffset since = new[] { after - Longest, told ?? DateTimeOffset.MinValue, store.QueueResumed ?? DateTimeOffset.MinValue }.Max();
        var slices = store.Slices(since);
        foreach (var entry in QueueOrder.Of(entries).Where(e => e.State is QueueState.Waiting or QueueState.Paused or QueueState.Running && !QueueOrder.IsPausedBySomebody(e, requests)))
        {
            var from = entry.NotBefore is { } begin && begin > entry.Added ? begin : entry.Added;
            foreach (var opening in Openings(entry.Window).Where(o => o.From >= since && o.From >= from && o.To > after && o.To < now && (entry.State == QueueState.Running || entry.Updated <= o.From)))
            {
                var within = slices.Where(s => s.Began < opening.To && End(s) >= opening.From).ToList();
                if (entry.Window is not null ? within.TrueForAll(s => s.Entry != entry.Id) : within.Count == 0 && First(entry) is null && !found.Exists(m => m.Entry.Window is null && m.Opening == opening))
                {
                    found.Add(new MissedOpening(entry, opening, First(entry) is { } before ? $"it waits for number {before.Id} ({before.Name})" : Others(entries, within)));
                }
            }
        }

        return found;

        // one that nobody saw end is under way, or ended with its worker
        DateTimeOffset End(Slice slice) => slice.Ended ?? DeadSlices.LastSeen(store, slice);

        // what has to be done before it
        QueueEntry? First(QueueEntry entry) => entries.FirstOrDefault(e => entry.After.Contains(e.Id) && e.State != QueueState.Done);

        IReadOnlyList<Opening> Openings(string? window)
        {
            if (known.TryGetValue(window ?? "", out var openings))
            {
                return openings;
            }

            try
            {
                openings = permits.Openings(window, since - Before, now); // one that was open before is cut there, and not whole
            }
            catch (InputException)
            {
                openings = [];
            }

            return known[window ?? ""] = openings;
        }
    }

    private static string Others(IReadOnlyList<QueueEntry> entries, List<Slice> within)
    {
        var names = within.Select(s => s.Entry).Distinct().Select(id => entries.FirstOrDefault(e => e.Id == id)?.Name ?? $"number {id}").ToList();
        return names.Count == 0 ? "no worker took anything in that time" : $"the time went to {string.Join(", ", names.Take(MostNames))}{(names.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MostNames} more") : "")}";
    }
}
