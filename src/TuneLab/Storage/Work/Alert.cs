namespace TuneLab.Storage.Work;

/// <summary>Something that happened and is to be told.</summary>
/// <param name="Id">Made from what happened, so that the same happening has the same id whoever sees it and however often.</param>
/// <param name="Event">The kind of happening, in a word: <c>finished</c>, <c>failed</c>.</param>
/// <param name="Entry">The queue entry; null: none.</param>
/// <param name="Experiment">The experiment's id; null: none.</param>
/// <param name="Body">What is told: a JSON object on one line.</param>
/// <param name="Raised">When it was first seen.</param>
public sealed record Alert(string Id, string Event, long? Entry, long? Experiment, string Body, DateTimeOffset Raised);

/// <summary>An alert on its way through one channel.</summary>
public sealed record Delivery
{
    /// <summary>The alert's id.</summary>
    public required string Alert { get; init; }

    /// <summary>The channel's name.</summary>
    public required string Channel { get; init; }

    /// <summary>Counts its changes: see <see cref="IWorkStore.TryUpdate(Delivery)"/>.</summary>
    public long Version { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is to be tried next; while it is being tried, when whoever tries it is taken for dead. <value>Null: no more, it was delivered or given up.</value></summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>When it was delivered. <value>Null: it was not.</value></summary>
    public DateTimeOffset? Delivered { get; init; }

    /// <summary>What the last attempt came to; empty before it.</summary>
    public string Reason { get; init; } = "";
}
