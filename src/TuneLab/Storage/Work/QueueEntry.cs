namespace TuneLab.Storage.Work;

/// <summary>How far a queue entry is.</summary>
public enum QueueState
{
    /// <summary>Runs when it is its turn.</summary>
    Waiting,

    /// <summary>A worker runs it.</summary>
    Running,

    /// <summary>It was begun and waits to go on: its window has closed, somebody is at the machine, or somebody asked for it.</summary>
    Paused,

    /// <summary>Somebody holds it back.</summary>
    Held,

    /// <summary>It has its answer.</summary>
    Done,

    /// <summary>It failed as often as the worker tries; the reason says why.</summary>
    Failed,
}

/// <summary>An experiment that waits to run, with what it was asked when it was queued.</summary>
public sealed record QueueEntry
{
    /// <summary>Its number in the store; 0 before it is added.</summary>
    public long Id { get; init; }

    /// <summary>Counts its changes: see <see cref="IWorkStore.TryUpdate(QueueEntry)"/>.</summary>
    public long Version { get; init; }

    /// <summary>The experiment's name.</summary>
    public required string Name { get; init; }

    /// <summary>The plan as it was queued (<see cref="Experiments.Files.PlanJson.Write(Experiments.ExperimentPlan)"/>), paths absolute: what is done to the file afterwards changes nothing.</summary>
    public required string Plan { get; init; }

    /// <summary>The experiment file that it came from; absolute.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the bytes of the data file when it was queued, 64 hex characters; empty: there is no table.</summary>
    public required string DataDigest { get; init; }

    /// <summary>Higher ones first. <value>0</value></summary>
    public int Priority { get; init; }

    /// <summary>Lower ones first among those of one priority that are as urgent; below 1 before all others of it, as a person wants it. <value>Its number.</value></summary>
    public double Place { get; init; }

    /// <summary>The entries that must be done before. <value>None.</value></summary>
    public IReadOnlyList<long> After { get; init; } = [];

    /// <summary>When it may run, in the words of <c>work --when</c>. <value>Null: whenever the worker may.</value></summary>
    public string? Window { get; init; }

    /// <summary>Not before. <value>Null: at once.</value></summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Its answer is wanted by then: its search is cut so that confirm and export still happen. <value>Null.</value></summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The window at whose next opening it is queued again when it is done or has failed. <value>Null: it runs once.</value></summary>
    public string? Repeat { get; init; }

    /// <summary>How far it is.</summary>
    public QueueState State { get; init; }

    /// <summary>Why it is as it is; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How often it was begun without coming to an end of its own: neither an answer nor a pause.</summary>
    public int Attempts { get; init; }

    /// <summary>The experiment in the store. <value>Null: not begun.</value></summary>
    public long? Experiment { get; init; }

    /// <summary>The experiment of which this is a further generation, which a worker made by itself. <value>Null: somebody queued it.</value></summary>
    public long? Parent { get; init; }

    /// <summary>Who runs it. <value>Null: nobody.</value></summary>
    public string? Worker { get; init; }

    /// <summary>When it was queued; set by the store.</summary>
    public DateTimeOffset Added { get; init; }

    /// <summary>When it last changed; set by the store.</summary>
    public DateTimeOffset Updated { get; init; }

    /// <summary>Whether nothing more will happen to it by itself.</summary>
    public bool Ended => State is QueueState.Done or QueueState.Failed;
}
