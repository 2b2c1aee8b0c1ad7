using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Errors;
using TuneLab.Experiments.Files;
using TuneLab.Scheduling.Queue;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Commands.Queue;

/// <summary><c>tunelab queue hold</c>, <c>release</c>, <c>remove</c> and <c>retry</c>: the same to some entries.</summary>
internal sealed class QueueEditVerb : Verb
{
    private readonly Argument<string[]> _which = new("ID|NAME") { Description = "Entries.", Arity = ArgumentArity.OneOrMore };
    private readonly Func<IWorkStore, QueueEntry, DateTimeOffset, Func<QueueEntry>> _check;
    private readonly string _done;

    // check says whether an entry may be changed, and gives what changes it
    private QueueEditVerb(string name, string description, string example, string done, Func<IWorkStore, QueueEntry, DateTimeOffset, Func<QueueEntry>> check)
        => (Name, Description, Example, _done, _check) = (name, description, example, done, check);

    public override string Name { get; }

    public override string Description { get; }

    public override string Example { get; }

    public static QueueEditVerb Hold()
        => new("hold", "Holds entries back until they are released. One that runs is left where it is; what it computed is kept.", "tunelab queue hold churn", "Held", (store, entry, _) =>
        {
            QueueEdits.CheckNotEnded(entry, "hold");
            return () => QueueEdits.Hold(store, entry);
        });

    public static QueueEditVerb Release() => new("release", "Lets held entries run again when it is their turn.", "tunelab queue release churn", "Released", (store, entry, _) =>
    {
        QueueEdits.CheckNotEnded(entry, "release");
        return () => QueueEdits.Release(store, entry);
    });

    public static QueueEditVerb Remove()
        => new("remove", "Removes entries from the queue. What they computed stays in the store.", "tunelab queue remove 7", "Removed", (store, entry, _) =>
        {
            QueueEdits.CheckRemove(store, entry);
            return () =>
            {
                QueueEdits.Remove(store, entry);
                return entry;
            };
        });

    public static QueueEditVerb Retry()
        => new("retry", "Has entries that failed, or are done, run again, on their data as they are now.", "tunelab queue retry churn", "Queued again:", (store, entry, now) =>
        {
            QueueEdits.CheckRetry(entry);
            var digest = DataDigest.Of(PlanReader.Read(entry.Plan, entry.File));
            return () => QueueEdits.Retry(store, entry, digest, now);
        });

    /// <summary>Says what became of entries.</summary>
    public static void Tell(Invocation call, IWorkStore store, IReadOnlyList<QueueEntry> entries, string done)
    {
        if (call.Json)
        {
            call.WriteJson(json => QueueView.WriteJson(json, entries, store, Permits.Of(call), call.Environment.Time.GetUtcNow()));
            return;
        }

        foreach (var entry in entries)
        {
            call.Note($"{done} number {entry.Id} ({entry.Name}).");
        }
    }

    protected override void Declare(Command command) => command.Arguments.Add(_which);

    protected override int Run(Invocation call)
    {
        using var store = WorkStores.OpenExisting(call);
        var entries = store.Entries();
        var meant = call.Value(_which).Select(word => QueueEdits.Find(entries, word)).DistinctBy(e => e.Id).ToList();
        Tell(call, store, [.. Checked(call, store, meant).Select(change => change())], _done);
        TellWhatWaited(call, store, entries, meant);
        return ExitCode.Done;
    }

    // what waited for an entry that is gone waits for it no more
    private static void TellWhatWaited(Invocation call, IWorkStore store, IReadOnlyList<QueueEntry> before, List<QueueEntry> meant)
    {
        foreach (var gone in meant.Where(e => e.State != QueueState.Done && store.FindEntry(e.Id) is null))
        {
            foreach (var freed in before.Where(e => !e.Ended && e.After.Contains(gone.Id) && store.FindEntry(e.Id) is not null))
            {
                call.Note($"Number {freed.Id} ({freed.Name}) waited for number {gone.Id} and no longer does: 'tunelab queue remove {freed.Id}' if it needs what that would have found.");
            }
        }
    }

    // all are checked before the first is changed
    private List<Func<QueueEntry>> Checked(Invocation call, IWorkStore store, List<QueueEntry> meant)
    {
        var changes = new List<Func<QueueEntry>>();
        var faults = new List<string>();
        foreach (var entry in meant)
        {
            try
            {
                changes.Add(_check(store, entry, call.Environment.Time.GetUtcNow()));
            }
            catch (InputException e) when (meant.Count > 1)
            {
                faults.AddRange(e.Faults);
            }
        }

        return faults.Count == 0 ? changes : throw BatchRefusal.Of("Nothing was changed:", faults, "Leave these out; 'tunelab queue list --all' shows how each stands.");
    }
}
