using TuneLab.Errors;
using TuneLab.Scheduling.Worker;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Queue;

/// <summary>
/// What a person does to entries of the queue. Each change is made on the entry as it is at that moment, whoever else changes it; the methods that begin with Check say before a change of several
/// entries whether it may be made to each.
/// </summary>
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

    /// <summary>Holds it back; one that runs is left and goes on when it is released. One that is held already stays as it is.</summary>
    /// <exception cref="InputException">It has ended.</exception>
    public static QueueEntry Hold(IWorkStore store, QueueEntry entry) => Change(store, entry, e =>
    {
        CheckNotEnded(e, "hold");
        return e.State == QueueState.Held ? e : e with { State = QueueState.Held, Reason = "held by 'tunelab queue hold'" };
    });

    /// <summary>Lets it run again when it is its turn.</summary>
    /// <exception cref="InputException">It has ended.</exception>
    public static QueueEntry Release(IWorkStore store, QueueEntry entry) => Change(store, entry, e =>
    {
        CheckNotEnded(e, "release");
        return e.State != QueueState.Held ? e : e with { State = e.Experiment is null || (e.Repeat is not null && e.NotBefore is not null) ? QueueState.Waiting : QueueState.Paused, Reason = "" }; // a repeat waits for its next turn
    });

    /// <summary>Refuses what has ended.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="what">What is to be done, as a verb.</param>
    /// <exception cref="InputException">It has ended.</exception>
    public static void CheckNotEnded(QueueEntry entry, string what)
    {
        if (entry.Ended)
        {
            throw new InputException($"Number {entry.Id} ({entry.Name}) is {entry.State.ToString().ToLowerInvariant()}: there is nothing to {what}.", "'tunelab queue retry' has it run again.");
        }
    }

    /// <summary>Takes back what was asked of it, and lets it run again when it is its turn.</summary>
    /// <exception cref="InputException">It has ended.</exception>
    public static QueueEntry Resume(IWorkStore store, QueueEntry entry)
    {
        if (entry.Experiment is { } experiment)
        {
            store.PutRequest(experiment, null);
        }

        Release(store, entry);
        return Change(store, entry, e => e.State == QueueState.Paused ? e with { Reason = "" } : e);
    }

    /// <summary>Has it tried again at once, on the data as they are now.</summary>
    /// <param name="store">The queue.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="digest">Of its data file now.</param>
    /// <param name="now">The clock: a deadline that has passed no longer holds.</param>
    /// <exception cref="InputException">It runs, or has neither failed nor ended.</exception>
    public static QueueEntry Retry(IWorkStore store, QueueEntry entry, string digest, DateTimeOffset now)
    {
        var changed = Change(store, entry, e =>
        {
            CheckRetry(e);
            return e with { State = QueueState.Waiting, Reason = "", Attempts = 0, NotBefore = null, DataDigest = digest, Deadline = e.Deadline <= now ? null : e.Deadline };
        });
        DropStop(store, changed);
        return changed;
    }

    /// <summary>Refuses what need not be tried again: a failure that is tried again by itself may be, and a repetition that has had a turn.</summary>
    /// <exception cref="InputException">It runs, or has neither failed nor ended.</exception>
    public static void CheckRetry(QueueEntry entry)
    {
        switch (entry.State)
        {
            case QueueState.Running:
                throw Runs(entry, "retried");
            case QueueState.Held:
                throw new InputException($"Number {entry.Id} ({entry.Name}) is held: it has not failed.", $"'tunelab queue release {entry.Id}' lets it run.");
            case QueueState.Waiting or QueueState.Paused when entry.Attempts == 0 && !QueueWords.IsLate(entry) && (entry.Repeat is null || entry.Reason.Length == 0):
                throw new InputException($"Number {entry.Id} ({entry.Name}) has not failed: it runs when it is its turn.", $"'tunelab queue move {entry.Id} --first' has it run sooner.");
        }
    }

    /// <summary>Removes it, with a stop that it has not come to; what it computed stays in the store. What waited for it no longer does: its number may be another's later.</summary>
    /// <exception cref="InputException">It runs.</exception>
    public static void Remove(IWorkStore store, QueueEntry entry)
    {
        while (store.FindEntry(entry.Id) is { } current)
        {
            CheckRemove(store, current);
            if (!store.TryRemove(current))
            {
                continue;
            }

            DropStop(store, current);
            foreach (var other in store.Undone().Where(e => e.After.Contains(current.Id)))
            {
                Change(store, other, e => e with { After = [.. e.After.Where(id => id != current.Id)] });
            }

            return;
        }
    }

    /// <summary>Refuses what a living worker runs.</summary>
    /// <exception cref="InputException">It runs.</exception>
    public static void CheckRemove(IWorkStore store, QueueEntry entry)
    {
        if (entry.State == QueueState.Running && !IsLeftBehind(store, entry))
        {
            throw Runs(entry, "removed");
        }
    }

    /// <summary>Whether it is said to run and nobody runs it: its worker was killed, and the next one takes it over.</summary>
    public static bool IsLeftBehind(IWorkStore store, QueueEntry entry)
    {
        using var right = entry.State == QueueState.Running ? store.TryLock(Claim.LockOf(entry.Id)) : null;
        return right is not null;
    }

    /// <summary>Moves it. What a person moves goes there whatever was begun before or has a deadline: where the queue's own order is another one, what stands before it stays there too.</summary>
    /// <param name="store">The queue.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="priority">Its priority from now on; null: as it was.</param>
    /// <param name="before">The entry before which it goes; null: as <paramref name="first"/> says.</param>
    /// <param name="first">To the beginning of its priority, or to its end; null: where the queue takes it by itself, after those that are as urgent.</param>
    /// <exception cref="InputException">One of them has ended, or it is to go before itself.</exception>
    public static QueueEntry Move(IWorkStore store, QueueEntry entry, int? priority, QueueEntry? before, bool? first)
    {
        CheckNotEnded(entry, "move");
        if (before is not null)
        {
            CheckNotEnded(before, "move");
        }

        if (before?.Id == entry.Id)
        {
            throw new InputException($"Number {entry.Id} ({entry.Name}) can't go before itself.", "Name another entry: 'tunelab queue list' shows them.");
        }

        var level = priority ?? before?.Priority ?? entry.Priority;
        var others = QueueOrder.Of(store.Entries()).Where(e => e.Id != entry.Id && e.State != QueueState.Running && e.Priority == level).ToList();
        var at = Math.Max(0, before is not null ? others.FindIndex(e => e.Id == before.Id) : first == true ? 0 : others.Count); // before one that runs: the first of those that wait
        var moved = entry with { Priority = level, Place = Between(others, at, entry.Place) };
        if ((before is null && first is null) || QueueOrder.Of([.. others, moved.State == QueueState.Running ? moved with { State = QueueState.Waiting } : moved]).Select(e => e.Id).SequenceEqual([.. others.Take(at).Select(e => e.Id), entry.Id, .. others.Skip(at).Select(e => e.Id)]))
        {
            return Change(store, entry, e => e with { Priority = level, Place = moved.Place });
        }

        var place = others.Skip(at).Where(QueueOrder.IsFront).Select(e => e.Place).Append(1).Min() - at - 1;
        foreach (var other in others.Take(at))
        {
            Change(store, other, e => e with { Place = place });
            place++;
        }

        return Change(store, entry, e => e with { Priority = level, Place = place });
    }

    /// <summary>Has it run on other terms.</summary>
    /// <param name="store">The queue.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="terms">The terms.</param>
    /// <exception cref="InputException">It runs, and they are not its priority alone.</exception>
    public static QueueEntry Set(IWorkStore store, QueueEntry entry, QueueTerms terms)
        => Change(store, entry, e =>
        {
            RequireFree(e, terms);
            return terms.Of(e);
        });

    /// <summary>Says that an entry runs and can't be put on these terms.</summary>
    /// <exception cref="InputException">So it is.</exception>
    public static void RequireFree(QueueEntry entry, QueueTerms terms)
    {
        var fixedNow = entry.State != QueueState.Running ? [] : terms.Changes(entry, _ => "").Where(c => c.Option != "priority").Select(c => "--" + c.Option).ToList();
        if (fixedNow.Count > 0)
        {
            throw new InputException($"{entry.Name} is running, as number {entry.Id}: {string.Join(", ", fixedNow)} can't be changed now.", $"'tunelab queue hold {entry.Id}' has its worker leave it first; then add it again, and 'tunelab queue release {entry.Id}'.");
        }
    }

    // else it would stop whoever runs that experiment next
    private static void DropStop(IWorkStore store, QueueEntry entry)
    {
        if (entry.Experiment is { } experiment && store.FindRequest(experiment) == RunRequest.Stop)
        {
            store.PutRequest(experiment, null);
        }
    }

    private static double Between(List<QueueEntry> others, int at, double place)
        => others.Count == 0 ? place : at == 0 ? others[0].Place - 1 : at == others.Count ? Math.Max(1, others.Max(e => e.Place) + 1) : (others[at - 1].Place + others[at].Place) / 2;

    private static QueueEntry Change(IWorkStore store, QueueEntry entry, Func<QueueEntry, QueueEntry> change)
    {
        while (store.FindEntry(entry.Id) is { } current)
        {
            var next = change(current);
            if ((ReferenceEquals(next, current) ? current : store.TryUpdate(next)) is { } changed)
            {
                return changed;
            }
        }

        throw new InputException($"Number {entry.Id} ({entry.Name}) is no longer in the queue.");
    }

    private static InputException Runs(QueueEntry entry, string what)
        => new($"Number {entry.Id} ({entry.Name}) is running and can't be {what}.", $"'tunelab queue hold {entry.Id}' has its worker leave it first.");
}
