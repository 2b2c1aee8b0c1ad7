using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Errors;
using TuneLab.Experiments.Backlog;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Commands.Backlog;

/// <summary><c>tunelab backlog edit</c>.</summary>
internal sealed class BacklogEditVerb : Verb
{
    private readonly Argument<string> _which = new("N") { Description = "The item's number." };
    private readonly Option<string?> _question = Options.Text("--question", "TEXT", "What is asked.");
    private readonly BacklogOptions _options = new();
    private readonly Option<bool> _reopen = new("--reopen") { Description = "Open again one that was started, done or dropped." };

    public override string Name => "edit";

    public override string Description => "Changes an item of the backlog. An empty text (\"\") takes away what was there.";

    public override string Example => "tunelab backlog edit 3 --impact 5\ntunelab backlog edit 3 --reopen";

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_which);
        command.Options.Add(_question);
        _options.AddTo(command);
        command.Options.Add(_reopen);
    }

    protected override int Run(Invocation call)
    {
        var reopen = call.Value(_reopen);
        if (!_options.AnyGiven(call) && call.Value(_question) is null && !reopen)
        {
            throw new InputException("It is not said what to change.", "Give --question, --expect, --hypothesis, --impact, --effort, --setup, --kind or --reopen.");
        }

        using var store = WorkStores.OpenExisting(call);
        var edited = BacklogEdits.Change(store, BacklogEdits.Find(store, call.Value(_which)), item => Edit(call, item));
        BacklogView.Tell(call, edited, $"Changed number {edited.Id}.");
        return ExitCode.Done;
    }

    private BacklogItem Edit(Invocation call, BacklogItem item)
    {
        var edited = _options.Put(call, call.Value(_question) is { } question ? item with { Question = BacklogOptions.Question(question) } : item);
        return call.Value(_reopen) ? edited with { State = BacklogState.Open, Reason = "", File = null } : edited;
    }
}
