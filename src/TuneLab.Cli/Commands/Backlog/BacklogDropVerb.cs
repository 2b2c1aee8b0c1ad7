using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Experiments.Backlog;

namespace TuneLab.Cli.Commands.Backlog;

/// <summary><c>tunelab backlog drop</c>.</summary>
internal sealed class BacklogDropVerb : Verb
{
    private readonly Argument<string> _which = new("N") { Description = "The item's number." };
    private readonly Option<string?> _why = Options.Text("--why", "TEXT", "Why it is no longer worth asking.");

    public override string Name => "drop";

    public override string Description => "Takes an item out of the list that is no longer worth asking. It is kept, with the reason.";

    public override string Example => "tunelab backlog drop 3 --why \"the column is gone\"";

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_which);
        command.Options.Add(_why);
    }

    protected override int Run(Invocation call)
    {
        using var store = WorkStores.OpenExisting(call);
        var dropped = BacklogEdits.Drop(store, BacklogEdits.Find(store, call.Value(_which)), BacklogOptions.OneLine(call.Value(_why) ?? ""));
        BacklogView.Tell(call, dropped, $"Dropped number {dropped.Id}.");
        return ExitCode.Done;
    }
}
