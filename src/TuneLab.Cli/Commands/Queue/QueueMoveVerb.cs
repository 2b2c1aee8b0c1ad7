using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Parsing;
using TuneLab.Errors;
using TuneLab.Scheduling.Queue;

namespace TuneLab.Cli.Commands.Queue;

/// <summary><c>tunelab queue move</c>: another turn.</summary>
internal sealed class QueueMoveVerb : Verb
{
    private readonly Argument<string> _which = new("ID|NAME") { Description = "The entry." };
    private readonly Option<int?> _priority = Options.Whole("--priority", "N", -1000, "Its priority from now on.", 1000);
    private readonly Option<string?> _before = Options.Text("--before", "ID|NAME", "Before that entry, with its priority.");
    private readonly Option<bool> _first = new("--first") { Description = "First of all those that wait." };
    private readonly Option<bool> _last = new("--last") { Description = "Last of its priority." };

    public override string Name => "move";

    public override string Description => "Changes the turn of an entry, also against deadlines and what was begun. What runs already goes on.";

    public override string Example => "tunelab queue move churn --first\ntunelab queue move 7 --before 3";

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_which);
        command.Options.Add(_priority);
        command.Options.Add(_before);
        command.Options.Add(_first);
        command.Options.Add(_last);
    }

    protected override int Run(Invocation call)
    {
        var (priority, before, first, last) = (call.Value(_priority), call.Value(_before), call.Value(_first), call.Value(_last));
        if ((before is not null ? 1 : 0) + (first ? 1 : 0) + (last ? 1 : 0) is var places && (places > 1 || (places == 0 && priority is null) || (before is not null && priority is not null)))
        {
            throw new InputException("It is not said where the entry goes.", "Give one of --first, --last, --before ID, or --priority N (which --first and --last go with).");
        }

        using var store = WorkStores.OpenExisting(call);
        var entries = store.Entries();
        var entry = QueueEdits.Find(entries, call.Value(_which));
        var highest = first && priority is null ? QueueOrder.Of(entries).Where(e => e.Id != entry.Id).Select(e => (int?)e.Priority).Max() : null;
        var level = highest > entry.Priority ? highest : priority;
        var moved = QueueEdits.Move(store, entry, level, before is null ? null : QueueEdits.Find(entries, before), first ? true : last ? false : null);
        QueueEditVerb.Tell(call, store, [moved], "Moved");
        if (moved.Priority != entry.Priority && !call.Json)
        {
            call.Note($"It has priority {moved.Priority} now.");
        }

        return ExitCode.Done;
    }
}
