using TuneLab.Storage.Work;
using TuneLab.Testing.Stores;

namespace TuneLab.Storage.Tests.Writer;

/// <summary>The work that waits in the frozen stores since <see cref="Since"/>. A published value is never edited: the files can't follow.</summary>
public static class FrozenWork
{
    /// <summary>The first version with work.</summary>
    public const int Since = 4;

    /// <summary>The queue as it is found, but for the instants that the clock gave.</summary>
    public static IReadOnlyList<QueueEntry> Entries { get; } =
    [
        WorkSamples.Entry(1) with { Id = 1, Version = 2, Place = 1, State = QueueState.Paused, Experiment = 1, Worker = "w1", Attempts = 2 },
        WorkSamples.Bare("Häuser 家") with { Id = 2, Version = 1, Place = 2 },
    ];

    /// <summary>The slices.</summary>
    public static IReadOnlyList<Slice> Slices { get; } = [WorkSamples.Slice(1) with { Id = 1 }, WorkSamples.Slice(2) with { Id = 2, Ended = null, Outcome = SliceOutcome.Running }];

    /// <summary>The worker.</summary>
    public static WorkerRecord Worker { get; } = WorkSamples.Worker(1);

    /// <summary>The backlog, but for the instants that the clock gave.</summary>
    public static IReadOnlyList<BacklogItem> Items { get; } = [WorkSamples.Item(1) with { Id = 1, Version = 1 }, new BacklogItem { Id = 2, Version = 1, Question = "why?" }];

    /// <summary>The alert, about the first experiment.</summary>
    public static Alert Alert { get; } = WorkSamples.Alert(1) with { Experiment = 1, Entry = 1 };

    /// <summary>Its delivery, after a first attempt.</summary>
    public static Delivery Delivery { get; } = new() { Alert = Alert.Id, Channel = "log", Version = 2, Attempts = 1, Next = Alert.Raised.AddMinutes(1), Reason = "503" };

    /// <summary>Writes all of it into a store with the frozen experiments.</summary>
    public static void Write(IWorkStore store)
    {
        var added = store.AddEntries([.. Entries.Select(e => e with { State = default, Experiment = null })]);
        store.TryUpdate(Entries[0] with { Version = added[0].Version });
        foreach (var slice in Slices)
        {
            store.AddSlice(slice);
        }

        store.PutRequest(1, RunRequest.Pause);
        store.PutWorker(Worker);
        store.AddItems(Items);
        store.RaiseAlert(Alert, [Delivery.Channel]);
        store.TryUpdate(Delivery with { Version = 1 });
    }
}
