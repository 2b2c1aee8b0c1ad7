namespace TuneLab.Storage.Work;

/// <summary>A process that works on the queue, as it last told. That it lives is told by its lock alone (<see cref="IWorkStore.TryLock"/> on <see cref="Lock"/>).</summary>
public sealed record WorkerRecord
{
    /// <summary>Its name: unlike any other on the store.</summary>
    public required string Id { get; init; }

    /// <summary>The id of its process.</summary>
    public required int Process { get; init; }

    /// <summary>The name of its machine.</summary>
    public required string Machine { get; init; }

    /// <summary>What it does, in a word: <c>running</c>, <c>waiting</c>, <c>paused</c>, <c>ended</c>.</summary>
    public required string State { get; init; }

    /// <summary>What it runs or waits for.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether it is asked to end.</summary>
    public bool Stop { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>When it last told.</summary>
    public required DateTimeOffset Seen { get; init; }

    /// <summary>The name of the lock that it holds while it lives.</summary>
    public string Lock => "worker-" + Id;
}
