using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Queue;

/// <summary>Words in reasons of the queue that are looked for again.</summary>
public static class QueueWords
{
    /// <summary>How the reason of an entry begins whose deadline passed.</summary>
    internal const string Missed = "its deadline, ";

    /// <summary>How the reason of an entry begins that repeats and failed the last time.</summary>
    internal const string FailedThisTime = "failed this time: ";

    /// <summary>Whether its deadline has passed.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="now">The clock.</param>
    public static bool IsOverdue(QueueEntry entry, DateTimeOffset now) => entry.Deadline < now;

    /// <summary>Whether it was told to have missed its deadline.</summary>
    public static bool HasMissed(QueueEntry entry) => entry.Reason.StartsWith(Missed, StringComparison.Ordinal);

    /// <summary>Whether it missed its deadline when it was begun, and what it has is still to be confirmed and exported.</summary>
    public static bool IsLate(QueueEntry entry) => entry.State == QueueState.Paused && HasMissed(entry);

    /// <summary>Whether it failed or missed its deadline: for good, the last time of those that repeat, or with what it has still to be confirmed.</summary>
    public static bool HasFailed(QueueEntry entry)
        => entry.State == QueueState.Failed || IsLate(entry) || (entry is { State: QueueState.Waiting or QueueState.Held, Repeat: not null } && (HasMissed(entry) || entry.Reason.StartsWith(FailedThisTime, StringComparison.Ordinal)));

    /// <summary>What became of one that <see cref="HasFailed"/>, in words.</summary>
    public static string Failure(QueueEntry entry)
        => HasMissed(entry) ? $"{entry.Name} missed its time: {entry.Reason}" : entry.Reason.StartsWith(FailedThisTime, StringComparison.Ordinal) ? $"{entry.Name} {entry.Reason}" : $"{entry.Name} failed: {entry.Reason}";
}
