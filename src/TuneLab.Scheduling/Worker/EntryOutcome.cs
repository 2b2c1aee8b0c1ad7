using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Scheduling.Queue;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Worker;

/// <summary>What becomes of an entry when a slice of it has ended or could not begin: one that repeats has its next turn, one that failed is tried again or parked. Pure.</summary>
/// <param name="options">How often and how soon it is tried again.</param>
/// <param name="permits">When a repeat begins.</param>
internal sealed class EntryOutcome(WorkerOptions options, IPermits permits)
{
    /// <summary>An experiment that another process runs is asked for again after so long: it costs a process and a look at the data.</summary>
    public static readonly TimeSpan BusyWait = TimeSpan.FromMinutes(2);

    /// <summary>Of one whose deadline has passed: one that was begun is run once more, to confirm and export what it has.</summary>
    public QueueEntry Missed(QueueEntry entry, DateTimeOffset now)
        => entry is { Experiment: not null, Repeat: null } ? entry with { State = QueueState.Paused, Worker = null, Reason = LateWords(entry) }
            : Over(entry, MissedWords(entry), now);

    /// <summary>Of one that must not be run as it is.</summary>
    public QueueEntry Refused(QueueEntry entry, string reason, DateTimeOffset now)
        => Over(entry, entry.Repeat is null ? reason : QueueWords.FailedThisTime + reason, now);

    /// <summary>Of one whose slice has ended.</summary>
    /// <param name="entry">As it is in the store now.</param>
    /// <param name="work">What was under way.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="now">The clock.</param>
    public QueueEntry Ended(QueueEntry entry, UnderWay work, SliceEnded end, DateTimeOffset now)
    {
        var (state, reason, begin) = Next(work, end, now);
        var again = state == QueueState.Failed && entry.Repeat is not null;
        (state, reason) = again ? (QueueState.Waiting, QueueWords.FailedThisTime + reason) : (state, reason);
        // somebody who holds an entry back while it runs means it
        var isHeld = entry.State == QueueState.Held && state is QueueState.Paused or QueueState.Waiting;
        if (again || (state == QueueState.Waiting && end.How == SliceEnd.Answered))
        {
            var next = NextTime(entry, reason, now);
            return isHeld && next.State == QueueState.Waiting ? next with { State = QueueState.Held, Reason = again ? reason : entry.Reason } : next;
        }

        return entry with
        {
            State = isHeld ? QueueState.Held : state,
            Reason = isHeld ? entry.Reason : reason,
            NotBefore = begin,
            Worker = null,
            Attempts = end.How is SliceEnd.Failed or SliceEnd.Died ? entry.Attempts + 1 : 0,
        };
    }

    private QueueEntry Over(QueueEntry entry, string reason, DateTimeOffset now)
        => entry.Repeat is null ? entry with { State = QueueState.Failed, Worker = null, Reason = reason } : NextTime(entry, reason, now);

    private string LateWords(QueueEntry entry) => MissedWords(entry) + "; the best so far is confirmed and exported when it may run";

    private string MissedWords(QueueEntry entry) => $"{QueueWords.Missed}{permits.Words(entry.Deadline!.Value)}, had passed before it was done";

    // by the same time of day; one whose window the worker's file no longer has must not keep the others waiting
    private QueueEntry NextTime(QueueEntry entry, string reason, DateTimeOffset now)
    {
        DateTimeOffset? begin;
        try
        {
            begin = permits.NextOpening(entry.Repeat!, now);
        }
        catch (InputException e)
        {
            return entry with { State = QueueState.Failed, Worker = null, Attempts = 0, Reason = $"{reason}; it can't repeat: {e.Message}" };
        }

        return entry with { State = QueueState.Waiting, Worker = null, Reason = reason, Attempts = 0, NotBefore = begin, Deadline = entry.Deadline is { } deadline ? permits.SameTime(deadline, begin ?? now) : null };
    }

    // what becomes of it, why, and when it may run again
    private (QueueState State, string Reason, DateTimeOffset? NotBefore) Next(UnderWay work, SliceEnded end, DateTimeOffset now)
    {
        var entry = work.Claim.Entry;
        switch (end.How)
        {
            case SliceEnd.Answered when entry.Repeat is not null:
                return (QueueState.Waiting, end.Reason, null);
            case SliceEnd.Answered:
                return (QueueState.Done, end.Reason, null);
            case SliceEnd.Busy when work.IsLate:
                return (QueueState.Paused, LateWords(entry) + ": " + end.Reason, now + BusyWait);
            case SliceEnd.Failed or SliceEnd.Died when work.IsLate && entry.Attempts + 1 < options.Attempts:
                return (QueueState.Paused, LateWords(entry) + ": " + end.Reason, now + (options.RetryWait * Math.Pow(2, entry.Attempts)));
            case not SliceEnd.Left when work.IsLate:
                return (QueueState.Failed, MissedWords(entry) + (end.Answer is null ? "; what it has could not be confirmed: " : "; the best so far is confirmed and exported: ") + end.Reason, null);
            case SliceEnd.Stopped when work.Stopped:
                return (QueueState.Held, "stopped by 'tunelab stop'; the best so far is kept: " + end.Reason, null);
            case SliceEnd.Left when work.Asked == RunRequest.Skip:
                return (QueueState.Held, "skipped; 'tunelab queue release' lets it go on", null);
            case SliceEnd.Left or SliceEnd.Stopped:
                return (QueueState.Paused, work.Asked == RunRequest.Pause ? "paused by 'tunelab pause'" : "it goes on when it may", null);
            case SliceEnd.Busy:
                return (QueueState.Waiting, end.Reason, now + BusyWait);
            case SliceEnd.Refused:
                return (QueueState.Failed, end.Reason, null);
            default:
                var attempts = entry.Attempts + 1;
                return attempts >= options.Attempts ? (QueueState.Failed, string.Create(CultureInfo.InvariantCulture, $"failed {attempts} times, the last time: {end.Reason}"), null)
                    : (QueueState.Waiting, end.Reason, now + (options.RetryWait * Math.Pow(2, attempts - 1)));
        }
    }
}
