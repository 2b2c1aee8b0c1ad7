using TuneLab.Errors;
using TuneLab.Storage.Work;

namespace TuneLab.Experiments.Backlog;

/// <summary>What a person does to items of the backlog. Each change is made on the item as it is at that moment, whoever else changes it.</summary>
public static class BacklogEdits
{
    /// <summary>The item that a word means: its number.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static BacklogItem Find(IWorkStore store, string word)
    {
        if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && store.FindItem(id) is { } item)
        {
            return item;
        }

        var open = store.Items().Where(i => !i.Ended).Select(i => i.Id.ToString(CultureInfo.InvariantCulture)).ToList();
        throw new InputException($"The backlog has no number '{word}'.", open.Count == 0 ? "Nothing is open in it: tunelab backlog add \"QUESTION\"." : $"Open are {string.Join(", ", open)}; 'tunelab backlog list' shows them.");
    }

    /// <summary>Marks an item as answered.</summary>
    /// <param name="store">The backlog.</param>
    /// <param name="item">The item.</param>
    /// <param name="answer">The answer; may be empty.</param>
    /// <exception cref="InputException">It has ended already.</exception>
    public static BacklogItem Done(IWorkStore store, BacklogItem item, string answer)
        => Change(store, item, i => i.Ended ? throw Ended(i) : i with { State = BacklogState.Done, Reason = answer });

    /// <summary>Marks an item as not worth asking.</summary>
    /// <param name="store">The backlog.</param>
    /// <param name="item">The item.</param>
    /// <param name="why">Why; may be empty.</param>
    /// <exception cref="InputException">It has ended already.</exception>
    public static BacklogItem Drop(IWorkStore store, BacklogItem item, string why)
        => Change(store, item, i => i.Ended ? throw Ended(i) : i with { State = BacklogState.Dropped, Reason = why });

    /// <summary>Marks an item as begun with an experiment file.</summary>
    /// <exception cref="InputException">It has ended already.</exception>
    public static BacklogItem Started(IWorkStore store, BacklogItem item, string file)
        => Change(store, item, i => i.Ended ? throw Ended(i) : i with { State = BacklogState.Started, File = file });

    /// <summary>Changes an item.</summary>
    /// <exception cref="InputException">It is gone.</exception>
    public static BacklogItem Change(IWorkStore store, BacklogItem item, Func<BacklogItem, BacklogItem> change)
    {
        while (store.FindItem(item.Id) is { } current)
        {
            if (store.TryUpdate(change(current)) is { } changed)
            {
                return changed;
            }
        }

        throw new InputException($"Number {item.Id} is no longer in the backlog.");
    }

    /// <summary>That nothing is left to do to an item.</summary>
    public static InputException Ended(BacklogItem item)
        => new($"Number {item.Id} is {item.State.ToString().ToLowerInvariant()} already{(item.Reason.Length > 0 ? ": " + item.Reason.TrimEnd('.') : "")}.", $"'tunelab backlog edit {item.Id} --reopen' opens it again.");
}
