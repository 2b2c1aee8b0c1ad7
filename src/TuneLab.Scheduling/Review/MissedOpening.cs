using TuneLab.Errors;
using TuneLab.Scheduling.Queue;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Review;

/// <summary>A time at which the windows were open that an entry has of its own, all of which it waited through and in which nobody worked on it: what Quartz.NET calls a misfire.</summary>
/// <param name="Entry">The entry as it is now.</param>
/// <param name="Opening">The whole of it.</param>
/// <param name="Reason">What was in the way, as far as the store tells, as a clause.</param>
public sealed record MissedOpening(QueueEntry Entry, Opening Opening, string Reason)
{
    private const int MostNames = 3;
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(1);

    /// <summary>Of all entries that wait for windows of their own, those left out that are held back or that somebody has paused; without one an entry is behind others, and no more. What holds at any moment (<c>idle</c>, <c>always</c>) has no opening to miss.</summary>
    /// <param name="entries">All entries.</param>
    /// <param name="requests">What is asked of whoever runs an experiment.</param>
    /// <param name="slices">Those that had not ended before <paramref name="since"/>, or began since.</param>
    /// <param name="permits">The windows; those that are not known (the file has changed) are missed by nobody.</param>
    /// <param name="since">Openings from then on.</param>
    /// <param name="after">Closed after that.</param>
    /// <param name="now">Closed by then.</param>
    public static IReadOnlyList<MissedOpening> Of(IReadOnlyList<QueueEntry> entries, IReadOnlyDictionary<long, RunRequest> requests, IReadOnlyList<Slice> slices, IPermits permits, DateTimeOffset since, DateTimeOffset after, DateTimeOffset now)
    {
        var known = new Dictionary<string, IReadOnlyList<Opening>>(StringComparer.Ordinal);
        var found = new List<MissedOpening>();
        foreach (var entry in QueueOrder.Of(entries).Where(e => e.Window is not null && e.State is QueueState.Waiting or QueueState.Paused && !QueueOrder.IsPausedBySomebody(e, requests)))
        {
            var from = entry.NotBefore is { } begin && begin > entry.Added ? begin : entry.Added;
            foreach (var opening in Openings(entry.Window!).Where(o => o.From >= since && o.From >= from && o.To > after && o.To < now))
            {
                var within = slices.Where(s => s.Began < opening.To && End(s) >= opening.From).ToList();
                if (within.TrueForAll(s => s.Entry != entry.Id))
                {
                    found.Add(new MissedOpening(entry, opening, Why(entry, entries, within)));
                }
            }
        }

        return found;

        // one that nobody saw end is under way, or ended with its worker
        DateTimeOffset End(Slice slice) => slice.Ended ?? (entries.Any(e => e.Id == slice.Entry && e.State == QueueState.Running) ? now : slice.Began);

        IReadOnlyList<Opening> Openings(string window)
        {
            if (known.TryGetValue(window, out var openings))
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

            return known[window] = openings;
        }
    }

    private static string Why(QueueEntry entry, IReadOnlyList<QueueEntry> entries, List<Slice> within)
    {
        if (entries.FirstOrDefault(e => entry.After.Contains(e.Id) && e.State != QueueState.Done) is { } before)
        {
            return $"it waits for number {before.Id} ({before.Name})";
        }

        var names = within.Select(s => s.Entry).Distinct().Select(id => entries.FirstOrDefault(e => e.Id == id)?.Name ?? $"number {id}").ToList();
        return names.Count == 0 ? "no worker took anything in that time" : $"the time went to {string.Join(", ", names.Take(MostNames))}{(names.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MostNames} more") : "")}";
    }
}
