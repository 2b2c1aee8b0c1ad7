using TuneLab.Scheduling.Worker;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Queue;

/// <summary>Which entries may run, in which order, and why the others wait. Pure functions of what is stored, the clock and the windows.</summary>
public static class QueueOrder
{
    // what was written in the same look comes a little after the instant that the look goes by
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    /// <summary>The entries that are not ended, the most urgent first: by priority, what runs, those that a person moved to the front, by deadline, those that were begun before those that were not, by place.</summary>
    public static IReadOnlyList<QueueEntry> Of(IEnumerable<QueueEntry> entries)
        => [.. entries.Where(e => !e.Ended).OrderByDescending(e => e.Priority).ThenBy(e => e.State == QueueState.Running ? 0 : 1).ThenBy(e => IsFront(e) ? DateTimeOffset.MinValue : e.Deadline ?? DateTimeOffset.MaxValue).ThenBy(e => !IsFront(e) && e.State == QueueState.Paused ? 0 : 1).ThenBy(e => e.Place).ThenBy(e => e.Id)];

    /// <summary>Whether a person moved it before what the queue would take first by itself.</summary>
    public static bool IsFront(QueueEntry entry) => entry.Place < 1;

    /// <summary>Whether it was asked to rest until it is asked to go on.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="requests">What is asked of whoever runs an experiment.</param>
    public static bool IsPausedBySomebody(QueueEntry entry, IReadOnlyDictionary<long, RunRequest> requests) => Asked(entry, requests) == RunRequest.Pause;

    /// <summary>Whether it was asked to stop since it last ran: at its next turn the best so far is confirmed and exported.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="requests">What is asked of whoever runs an experiment.</param>
    public static bool IsToStop(QueueEntry entry, IReadOnlyDictionary<long, RunRequest> requests) => Asked(entry, requests) == RunRequest.Stop;

    /// <summary>Whether it repeats, has had a turn, and waits for the next one; not one that is asked for again soon, since another process has its experiment.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="now">The clock.</param>
    public static bool HasHadItsTurn(QueueEntry entry, DateTimeOffset now)
        => entry is { Repeat: not null, State: QueueState.Waiting, Attempts: 0, NotBefore: { } next } && now < next && (entry.Reason.Length > 0 || entry.Experiment is not null) && next - entry.Updated > EntryOutcome.BusyWait;

    /// <summary>Why an entry may not run now, as a clause; null when it may.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="all">All entries.</param>
    /// <param name="requests">What is asked of whoever runs an experiment.</param>
    /// <param name="permits">The windows.</param>
    /// <param name="now">The clock.</param>
    public static string? Waits(QueueEntry entry, IReadOnlyList<QueueEntry> all, IReadOnlyDictionary<long, RunRequest> requests, IPermits permits, DateTimeOffset now)
    {
        if (entry.Ended || entry.State == QueueState.Held)
        {
            return entry.Reason.Length > 0 ? entry.Reason : entry.State.ToString().ToLowerInvariant();
        }

        if (IsPausedBySomebody(entry, requests))
        {
            return "somebody paused it (tunelab resume)";
        }

        if (entry.NotBefore is { } begin && now < begin && !IsOfAnotherClock(entry, now))
        {
            return "not before " + permits.Words(begin) + (entry.Reason.Length > 0 && (entry.Attempts > 0 || QueueWords.HasFailed(entry)) ? ": " + entry.Reason : "");
        }

        foreach (var before in entry.After)
        {
            if (all.FirstOrDefault(e => e.Id == before) is { State: not QueueState.Done } other)
            {
                return other.State == QueueState.Failed ? $"waits for number {before} ({other.Name}), which failed" : $"waits for number {before} ({other.Name})";
            }
        }

        return permits.For(entry.Window, now) is not { IsOpen: false } closed ? null : QueueWords.IsLate(entry) ? entry.Reason + "; " + closed.Reason : closed.Reason;
    }

    // a wait that the queue set by itself when the clock was ahead (the entry says why) would be over by now, or is so long as the clock was wrong
    private static bool IsOfAnotherClock(QueueEntry entry, DateTimeOffset now) => entry.Updated - now > ClockSlack && entry.Reason.Length > 0;

    private static RunRequest? Asked(QueueEntry entry, IReadOnlyDictionary<long, RunRequest> requests) => entry.Experiment is { } experiment && requests.TryGetValue(experiment, out var asked) ? asked : null;
}
