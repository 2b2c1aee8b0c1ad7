namespace TuneLab.Scheduling;

/// <summary>Whether background work may run.</summary>
/// <param name="IsOpen">Whether it may.</param>
/// <param name="Reason">Why, or why not, as a clause; not empty.</param>
/// <param name="Until">When it ends to be open, where that is known.</param>
/// <param name="Opens">When it opens next, where that is known.</param>
public sealed record Permit(bool IsOpen, string Reason, DateTimeOffset? Until, DateTimeOffset? Opens);

/// <summary>A time at which windows are open.</summary>
/// <param name="From">From then on.</param>
/// <param name="To">Until then.</param>
public readonly record struct Opening(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Length => To - From;
}

/// <summary>
/// Says when background work may run.
/// <para><b>Contract.</b> Called by one worker many times a second, and by verbs that show the queue; cheap.</para>
/// </summary>
public interface IPermits
{
    /// <summary>Whether work may run now.</summary>
    /// <param name="window">In the words of <c>work --when</c>; null: the worker's own.</param>
    /// <param name="now">The clock.</param>
    /// <exception cref="Errors.InputException">There is no such window.</exception>
    Permit For(string? window, DateTimeOffset now);

    /// <summary>When a window opens next, after <paramref name="now"/>; null: never, or at any moment (<c>idle</c>).</summary>
    DateTimeOffset? NextOpening(string window, DateTimeOffset now);

    /// <summary>When one of the windows that were asked about opens or closes next, the worker's own among them; null: none does.</summary>
    DateTimeOffset? NextChange(DateTimeOffset now);

    /// <summary>The times at which windows are open, in order, cut to the span that is asked about; what holds at any moment (<c>idle</c>) is no window.</summary>
    /// <param name="window">As in <see cref="For"/>.</param>
    /// <param name="from">Where the span begins.</param>
    /// <param name="to">Where it ends.</param>
    IReadOnlyList<Opening> Openings(string? window, DateTimeOffset from, DateTimeOffset to);

    /// <summary>The same where the machine is taken to be idle at any moment: outside of these times work can't run. What may run at any moment is one time as long as the span.</summary>
    /// <param name="window">As in <see cref="For"/>.</param>
    /// <param name="from">Where the span begins.</param>
    /// <param name="to">Where it ends.</param>
    IReadOnlyList<Opening> PossibleOpenings(string? window, DateTimeOffset from, DateTimeOffset to);

    /// <summary>The instant itself where it comes after another one, else the first one after that with the same time of day in the zone of the windows.</summary>
    DateTimeOffset SameTime(DateTimeOffset instant, DateTimeOffset after);

    /// <summary>An instant for people, in the time zone of the windows.</summary>
    string Words(DateTimeOffset instant);
}
