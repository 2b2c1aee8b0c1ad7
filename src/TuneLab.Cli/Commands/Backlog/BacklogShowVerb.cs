using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Experiments.Backlog;

namespace TuneLab.Cli.Commands.Backlog;

/// <summary><c>tunelab backlog show</c>.</summary>
internal sealed class BacklogShowVerb : Verb
{
    private readonly Argument<string> _which = new("N") { Description = "The item's number." };

    public override string Name => "show";

    public override string Description => "Shows all of an item of the backlog.";

    public override string Example => "tunelab backlog show 3";

    protected override void Declare(Command command) => command.Arguments.Add(_which);

    protected override int Run(Invocation call)
    {
        using var store = WorkStores.OpenExisting(call);
        var item = BacklogEdits.Find(store, call.Value(_which));
        if (call.Json)
        {
            call.WriteJson(json => BacklogView.WriteJson(json, item));
        }
        else
        {
            BacklogView.WriteText(call.Output, item, call.Environment.Time.LocalTimeZone);
        }

        return ExitCode.Done;
    }
}
