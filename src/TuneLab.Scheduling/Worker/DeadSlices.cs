using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Worker;

/// <summary>Slices whose worker ended without a word: they lasted until it was last seen.</summary>
public static class DeadSlices
{
    /// <summary>Closes those that are open.</summary>
    /// <param name="store">The queue, which still knows the workers.</param>
    /// <param name="which">Those that are known to be dead.</param>
    /// <param name="now">The clock.</param>
    public static void Close(IWorkStore store, Func<Slice, bool> which, DateTimeOffset now)
    {
        foreach (var open in store.Slices(now).Where(s => s.Ended is null && which(s)))
        {
            store.UpdateSlice(open with { Ended = LastSeen(store, open), Outcome = SliceOutcome.Died, Reason = "its worker ended without a word" });
        }
    }

    /// <summary>When the worker of an open slice last told that it lives; where it is not known any more, when the slice began.</summary>
    public static DateTimeOffset LastSeen(IWorkStore store, Slice slice)
        => store.Workers().FirstOrDefault(w => w.Id == slice.Worker)?.Seen is { } seen && seen > slice.Began ? seen : slice.Began;
}
