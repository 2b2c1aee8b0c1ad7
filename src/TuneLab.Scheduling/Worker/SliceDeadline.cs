using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Worker;

/// <summary>When a slice of an entry with a deadline must have its answer: a window that closes before the deadline leaves no time after it. Pure.</summary>
internal static class SliceDeadline
{
    /// <summary>How long before a window closes the answer must be there: refits may end a little late, and the files are still to be written; not heeded where that moment has passed. <value>5 s</value></summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>The last instant at which the entry is sure to be allowed to run before its deadline; null: it has none.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="permits">The windows.</param>
    /// <param name="now">The clock; before the deadline.</param>
    public static DateTimeOffset? Of(QueueEntry entry, IPermits permits, DateTimeOffset now)
    {
        if (entry.Deadline is not { } deadline)
        {
            return null;
        }

        // windows open for sure; whether the machine will be idle nobody knows
        var last = permits.Openings(entry.Window, now, deadline) is { Count: > 0 } sure ? sure[^1].To : permits.PossibleOpenings(entry.Window, now, deadline).Select(o => o.To).LastOrDefault(deadline);
        return last == deadline ? deadline : last - Margin > now ? last - Margin : last;
    }
}
