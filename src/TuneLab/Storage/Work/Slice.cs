namespace TuneLab.Storage.Work;

/// <summary>How a slice ended.</summary>
public enum SliceOutcome
{
    /// <summary>It is under way, or its worker ended without a word.</summary>
    Running,

    /// <summary>The answer is there.</summary>
    Answered,

    /// <summary>It goes on later.</summary>
    Paused,

    /// <summary>It was stopped; the best so far is kept.</summary>
    Stopped,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>Its process ended without a word.</summary>
    Died,
}

/// <summary>A part of a queue entry's run by one worker in one go.</summary>
public sealed record Slice
{
    /// <summary>Its number in the store; 0 before it is added.</summary>
    public long Id { get; init; }

    /// <summary>The queue entry.</summary>
    public required long Entry { get; init; }

    /// <summary>Who ran it.</summary>
    public required string Worker { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>When it ended. <value>Null: it has not, or nobody saw it.</value></summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Seconds without pauses.</summary>
    public double ActiveSeconds { get; init; }

    /// <summary>How it ended.</summary>
    public SliceOutcome Outcome { get; init; }

    /// <summary>Why it ended, or what it found.</summary>
    public string Reason { get; init; } = "";
}
