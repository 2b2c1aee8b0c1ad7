using TuneLab.Errors;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Queue;

/// <summary>Says that an entry could never run, or never in time, before it is queued. Pure.</summary>
public static class QueueCheck
{
    /// <summary>Looks an entry over.</summary>
    /// <param name="entry">It, on its terms; its number is 0 where it is new.</param>
    /// <param name="entries">All entries.</param>
    /// <param name="permits">The windows.</param>
    /// <param name="now">The clock.</param>
    /// <exception cref="InputException">It must not be queued like this.</exception>
    public static void Require(QueueEntry entry, IReadOnlyList<QueueEntry> entries, IPermits permits, DateTimeOffset now)
    {
        RequireTime(entry, permits, now);
        if (entries.FirstOrDefault(e => entry.After.Contains(e.Id) && e.Repeat is not null) is { } repeats)
        {
            throw new InputException($"--after names number {repeats.Id} ({repeats.Name}), which repeats ({repeats.Repeat}) and so is never done.", "Leave --after out: --priority says which goes first.");
        }

        if (entry.Repeat is not null && entries.FirstOrDefault(e => !e.Ended && entry.Id > 0 && e.After.Contains(entry.Id)) is { } waits)
        {
            throw new InputException($"Number {waits.Id} ({waits.Name}) waits until number {entry.Id} ({entry.Name}) is done, which one that repeats never is.", $"Leave --repeat out, or 'tunelab queue remove {waits.Id}'.");
        }

        if (entry.Id > 0 && WaitsFor(entry.After, entry.Id, entries, []))
        {
            throw new InputException($"Number {entry.Id} ({entry.Name}) can't wait for itself, or for one that waits for it.", "Name another entry with --after.");
        }
    }

    private static void RequireTime(QueueEntry entry, IPermits permits, DateTimeOffset now)
    {
        if (entry.Deadline is not { } deadline)
        {
            return;
        }

        if (entry.NotBefore >= deadline)
        {
            throw new InputException($"It may not begin before {permits.Words(entry.NotBefore.Value)}, and its deadline is {permits.Words(deadline)}: it could only be missed.", "Give a later --deadline or an earlier --not-before.");
        }

        var begin = entry.NotBefore > now ? entry.NotBefore.Value : now;
        if (entry.Window is { } window && begin < deadline && permits.PossibleOpenings(window, begin, deadline).Count == 0)
        {
            var opens = permits.For(window, begin).Opens is { } at ? $"it opens {permits.Words(at)}" : "it is closed until then";
            throw new InputException($"The window {window} does not open before the deadline, {permits.Words(deadline)}: {opens}.", "Give a later --deadline or another --window.");
        }
    }

    private static bool WaitsFor(IReadOnlyList<long> after, long id, IReadOnlyList<QueueEntry> entries, HashSet<long> seen)
        => after.Any(a => a == id || (seen.Add(a) && entries.FirstOrDefault(e => e.Id == a) is { } other && WaitsFor(other.After, id, entries, seen)));
}
