using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Experiments.Files;
using TuneLab.Scheduling.Queue;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Commands.Queue;

/// <summary><c>tunelab queue hold</c>, <c>release</c>, <c>remove</c> and <c>retry</c>: the same to some entries.</summary>
internal sealed class QueueEditVerb : Verb
{
    private readonly Argument<string[]> _which = new("ID|NAME") { Description = "Entries.", Arity = ArgumentArity.OneOrMore };
    private readonly Func<IWorkStore, QueueEntry, DateTimeOffset, QueueEntry?> _edit;
    private readonly string _done;

    private QueueEditVerb(string name, string description, string example, string done, Func<IWorkStore, QueueEntry, DateTimeOffset, QueueEntry?> edit)
        => (Name, Description, Example, _done, _edit) = (name, description, example, done, edit);

    public override string Name { get; }

    public override string Description { get; }

    public override string Example { get; }

    public static QueueEditVerb Hold()
        => new("hold", "Holds entries back until they are released. One that runs is left where it is; what it computed is kept.", "tunelab queue hold churn", "Held", (store, entry, _) => QueueEdits.Hold(store, entry));

    public static QueueEditVerb Release() => new("release", "Lets held entries run again when it is their turn.", "tunelab queue release churn", "Released", (store, entry, _) => QueueEdits.Release(store, entry));

    public static QueueEditVerb Remove()
        => new("remove", "Removes entries from the queue. What they computed stays in the store.", "tunelab queue remove 7", "Removed", (store, entry, _) =>
        {
            QueueEdits.Remove(store, entry);
            return null;
        });

    public static QueueEditVerb Retry()
        => new("retry", "Has entries that failed, or are done, run again, on their data as they are now.", "tunelab queue retry churn", "Queued again:",
            (store, entry, now) => QueueEdits.Retry(store, entry, DataDigest.Of(PlanReader.Read(entry.Plan, entry.File).Data.File), now));

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
        Tell(call, store, [.. meant.Select(entry => _edit(store, entry, call.Environment.Time.GetUtcNow()) ?? entry)], _done);
        return ExitCode.Done;
    }
}
