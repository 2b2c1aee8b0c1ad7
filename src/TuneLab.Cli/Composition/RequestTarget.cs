using TuneLab.Cli.Commands;
using TuneLab.Storage;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Composition;

/// <summary>What a word on the command line means to <c>tunelab pause</c>, <c>resume</c>, <c>skip</c> and <c>stop</c>: an experiment that somebody runs now goes before one that waits in the queue.</summary>
/// <param name="Name">The experiment's name.</param>
/// <param name="Record">It in the store. <value>Null: it waits in the queue and was not begun.</value></param>
/// <param name="Entry">Its entry in the queue that has not ended, or one of the same name. <value>Null: there is none.</value></param>
/// <param name="Runs">Whether a process runs it now.</param>
internal sealed record RequestTarget(string Name, ExperimentRecord? Record, QueueEntry? Entry, bool Runs)
{
    /// <summary>Whether it has an entry in the queue that was begun and is not run now. A repetition is begun anew each time.</summary>
    public bool IsBegun => !Runs && Record is not null && Entry is { } entry && (entry.Repeat is null || entry.Attempts > 0 || entry.State is QueueState.Paused or QueueState.Running);

    /// <summary>Finds it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="store">The experiments.</param>
    /// <param name="queue">The queue of the same store.</param>
    /// <param name="word">What was typed.</param>
    /// <exception cref="Errors.InputException">There is neither; the message names the nearest.</exception>
    public static RequestTarget Find(Invocation call, ITrialStore store, IWorkStore queue, string word)
    {
        var entries = queue.Undone().Where(e => !e.Ended).ToList();
        var entry = entries.FirstOrDefault(e => e.Name == word || e.File == call.Environment.Resolve(word));
        var meant = entry is null ? StoredExperiments.Find(call, store, word) : null;
        var records = store.Experiments();
        var byNumber = meant is not null && StoredExperiments.IsNumber(word);
        var named = records.Where(r => byNumber ? r.Id == meant!.Id : r.Name == (entry?.Name ?? meant!.Name)).OrderByDescending(r => r.Updated);
        if (named.FirstOrDefault(r => IsRun(store, r)) is { } running)
        {
            return new RequestTarget(running.Name, running, entries.FirstOrDefault(e => e.Experiment == running.Id) ?? entry, Runs: true);
        }

        entry ??= entries.FirstOrDefault(e => e.Experiment == meant!.Id);
        return entry is null ? new RequestTarget(meant!.Name, meant, null, Runs: false)
            : new RequestTarget(entry.Name, records.FirstOrDefault(r => r.Id == entry.Experiment), entry, Runs: false);
    }

    private static bool IsRun(ITrialStore store, ExperimentRecord record)
    {
        using var right = store.TryLock(record.Id);
        return right is null;
    }
}
