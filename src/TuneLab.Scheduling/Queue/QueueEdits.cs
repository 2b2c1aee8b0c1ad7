using TuneLab.Errors;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Queue;

/// <summary>What a person does to entries of the queue. Each change is made on the entry as it is at that moment, whoever else changes it.</summary>
public static class QueueEdits
{
    /// <summary>The entry that a word means: its number, or its name, of several the last that has not ended.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static QueueEntry Find(IReadOnlyList<QueueEntry> entries, string word)
    {
        if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && entries.FirstOrDefault(e => e.Id == id) is { } numbered)
        {
            return numbered;
        }

        return entries.Where(e => e.Name == word).OrderBy(e => e.Ended).ThenByDescending(e => e.Id).FirstOrDefault()
            ?? throw new InputException($"The queue has no '{word}'.", entries.Count == 0 ? "It is empty: tunelab queue add FILE." : Nearest.Hint(word, [.. entries.Select(e => e.Name).Distinct()], "entries"));
    }

    /// <summary>Holds it back; one that runs is left and goes on when it is released.</summary>
    /// <exception cref="InputException">It has ended.</exception>
    public static QueueEntry Hold(IWorkStore store, QueueEntry entry)
        => Change(store, entry, e => e.Ended ? throw Ended(e, "hold") : e with { State = QueueState.Held, Reason = "held by 'tunelab queue hold'" });

    /// <summary>Lets it run again when it is its turn.</summary>
    /// <exception cref="InputException">It has ended.</exception>
    public static QueueEntry Release(IWorkStore store, QueueEntry entry)
        => Change(store, entry, e => e.Ended ? throw Ended(e, "release") : e.State != QueueState.Held ? e : e with { State = e.Experiment is null ? QueueState.Waiting : QueueState.Paused, Reason = "" });

    /// <summary>Has it tried again at once, on the data as they are now.</summary>
    /// <param name="store">The queue.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="digest">Of its data file now.</param>
    /// <param name="now">The clock: a deadline that has passed no longer holds.</param>
    /// <exception cref="InputException">It runs.</exception>
    public static QueueEntry Retry(IWorkStore store, QueueEntry entry, string digest, DateTimeOffset now)
        => Change(store, entry, e => e.State == QueueState.Running ? throw Runs(e, "retried")
            : e with { State = QueueState.Waiting, Reason = "", Attempts = 0, NotBefore = null, DataDigest = digest, Deadline = e.Deadline <= now ? null : e.Deadline });

    /// <summary>Removes it; what it computed stays in the store.</summary>
    /// <exception cref="InputException">It runs.</exception>
    public static void Remove(IWorkStore store, QueueEntry entry)
    {
        while (store.FindEntry(entry.Id) is { } current)
        {
            if (current.State == QueueState.Running && store.Workers().Any(w => w.Id == current.Worker))
            {
                throw Runs(current, "removed");
            }

            if (store.TryRemove(current))
            {
                return;
            }
        }
    }

    /// <summary>Moves it.</summary>
    /// <param name="store">The queue.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="priority">Its priority from now on; null: as it was.</param>
    /// <param name="before">The entry before which it goes; null: to the end (<paramref name="first"/> false) or the beginning of its priority.</param>
    /// <param name="first">See there.</param>
    public static QueueEntry Move(IWorkStore store, QueueEntry entry, int? priority, QueueEntry? before, bool first)
    {
        var level = priority ?? before?.Priority ?? entry.Priority;
        var others = store.Entries().Where(e => e.Id != entry.Id && !e.Ended && e.Priority == level).OrderBy(e => e.Place).ThenBy(e => e.Id).ToList();
        var at = before is not null ? others.FindIndex(e => e.Id == before.Id) : first ? 0 : others.Count;
        at = at < 0 ? 0 : at; // the other one has ended: first of its priority
        var place = others.Count == 0 ? entry.Place : at == 0 ? others[0].Place - 1 : at == others.Count ? others[^1].Place + 1 : (others[at - 1].Place + others[at].Place) / 2;
        return Change(store, entry, e => e with { Priority = level, Place = place });
    }

    private static QueueEntry Change(IWorkStore store, QueueEntry entry, Func<QueueEntry, QueueEntry> change)
    {
        while (store.FindEntry(entry.Id) is { } current)
        {
            if (store.TryUpdate(change(current)) is { } changed)
            {
                return changed;
            }
        }

        throw new InputException($"Number {entry.Id} ({entry.Name}) is no longer in the queue.");
    }

    private static InputException Ended(QueueEntry entry, string what)
        => new($"Number {entry.Id} ({entry.Name}) is {entry.State.ToString().ToLowerInvariant()}: there is nothing to {what}.", "'tunelab queue retry' has it run again.");

    private static InputException Runs(QueueEntry entry, string what)
        => new($"Number {entry.Id} ({entry.Name}) is running and can't be {what}.", $"'tunelab queue hold {entry.Id}' has its worker leave it first.");
}
