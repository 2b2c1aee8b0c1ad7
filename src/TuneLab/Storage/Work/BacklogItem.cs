namespace TuneLab.Storage.Work;

/// <summary>What kind of thing a backlog item is.</summary>
public enum BacklogKind
{
    /// <summary>Something to find out.</summary>
    Question,

    /// <summary>Something that everybody believes and nobody has tested.</summary>
    Assumption,

    /// <summary>Another way to put the whole problem: another label, metric or unit of rows.</summary>
    Reframing,

    /// <summary>A check of the data, the split or the tool.</summary>
    Test,
}

/// <summary>How far a backlog item is.</summary>
public enum BacklogState
{
    /// <summary>Nobody has begun.</summary>
    Open,

    /// <summary>There is an experiment file for it.</summary>
    Started,

    /// <summary>It is answered; the reason is the answer.</summary>
    Done,

    /// <summary>It is no longer worth asking; the reason says why.</summary>
    Dropped,
}

/// <summary>A question not yet asked.</summary>
public sealed record BacklogItem
{
    /// <summary>The least and the most of <see cref="Impact"/> and <see cref="Effort"/>.</summary>
    public const int Least = 1, Most = 5;

    /// <summary>What is taken for impact or effort where nobody said.</summary>
    public const int Middle = 3;

    /// <summary>Its number in the store; 0 before it is added.</summary>
    public long Id { get; init; }

    /// <summary>Counts its changes: see <see cref="IWorkStore.TryUpdate(BacklogItem)"/>.</summary>
    public long Version { get; init; }

    /// <summary>What is asked, or assumed. Not empty.</summary>
    public required string Question { get; init; }

    /// <summary>What kind of thing it is. <value>Question.</value></summary>
    public BacklogKind Kind { get; init; }

    /// <summary>What one believes the answer to be. <value>Null.</value></summary>
    public string? Hypothesis { get; init; }

    /// <summary>The expected answer as an experiment file has it, in braces: <c>{ beats: default, by: 0.01 }</c>. <value>Null.</value></summary>
    public string? Expect { get; init; }

    /// <summary>How much the answer would change, 1 to 5. <value>3</value></summary>
    public int Impact { get; init; } = Middle;

    /// <summary>How much work it is, 1 to 5. <value>3</value></summary>
    public int Effort { get; init; } = Middle;

    /// <summary>How it is to be tried: a text, or the experiment file that it starts from. <value>Null.</value></summary>
    public string? Setup { get; init; }

    /// <summary>How far it is.</summary>
    public BacklogState State { get; init; }

    /// <summary>The answer, or why it was dropped; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The experiment file that was made of it; absolute. <value>Null: none yet.</value></summary>
    public string? File { get; init; }

    /// <summary>When it was added; set by the store.</summary>
    public DateTimeOffset Added { get; init; }

    /// <summary>When it last changed; set by the store.</summary>
    public DateTimeOffset Updated { get; init; }

    /// <summary>Whether there is nothing left to do.</summary>
    public bool Ended => State is BacklogState.Done or BacklogState.Dropped;

    /// <summary>What is worth most for its work: by impact over effort, then the oldest, then by number.</summary>
    public static IReadOnlyList<BacklogItem> Ranked(IEnumerable<BacklogItem> items)
        => [.. items.OrderByDescending(i => (double)i.Impact / i.Effort).ThenBy(i => i.Added).ThenBy(i => i.Id)];
}
