using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Worker;

/// <summary>The right to run a queue entry, which one living worker has at a time.</summary>
internal sealed class Claim : IDisposable
{
    private readonly IWorkStore _store;
    private readonly IDisposable _right;

    private Claim(IWorkStore store, IDisposable right, QueueEntry entry) => (_store, _right, Entry) = (store, right, entry);

    /// <summary>The entry as it was last written.</summary>
    public QueueEntry Entry { get; private set; }

    /// <summary>The name of the lock that whoever runs an entry holds.</summary>
    public static string LockOf(long entry) => "queue-" + entry.ToString(CultureInfo.InvariantCulture);

    /// <summary>Takes an entry as it was read; null when a living worker has it or it has changed. One whose worker has ended without a word is taken over, and its slice closed.</summary>
    public static Claim? TryTake(IWorkStore store, QueueEntry entry, string worker, DateTimeOffset now)
    {
        if (store.TryLock(LockOf(entry.Id)) is not { } right)
        {
            return null;
        }

        try
        {
            if (TakeWith(right, store, entry, worker, now) is { } claim)
            {
                return claim;
            }
        }
        catch
        {
            right.Dispose(); // a full disk, say: it is taken at another look
            throw;
        }

        right.Dispose();
        return null;
    }

    private static Claim? TakeWith(IDisposable right, IWorkStore store, QueueEntry entry, string worker, DateTimeOffset now)
    {
        if (store.FindEntry(entry.Id) is not { } current || current.Version != entry.Version || store.TryUpdate(entry with { State = QueueState.Running, Worker = worker, Reason = "", NotBefore = null }) is not { } mine)
        {
            return null;
        }

        DeadSlices.Close(store, s => s.Entry == entry.Id, now);
        return new Claim(store, right, mine);
    }

    /// <summary>Changes the entry; what others changed meanwhile (its priority, a hold) stays, but for what <paramref name="change"/> sets.</summary>
    public void Update(Func<QueueEntry, QueueEntry> change)
    {
        while (_store.FindEntry(Entry.Id) is { } current)
        {
            if (_store.TryUpdate(change(current)) is { } written)
            {
                Entry = written;
                return;
            }
        }

        Entry = change(Entry); // somebody removed it: nothing is left to write
    }

    /// <inheritdoc/>
    public void Dispose() => _right.Dispose();
}
