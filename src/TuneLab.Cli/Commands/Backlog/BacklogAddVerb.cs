using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Commands.Backlog;

/// <summary><c>tunelab backlog add</c>.</summary>
internal sealed class BacklogAddVerb : Verb
{
    private readonly Argument<string> _question = new("QUESTION") { Description = "What is to be found out." };
    private readonly BacklogOptions _options = new();

    public override string Name => "add";

    public override string Description => "Adds a question to the backlog.";

    public override string Example => "tunelab backlog add \"Does the postcode help?\" --expect \"{ beats: default, by: 0.01 }\" --impact 4 --effort 1\ntunelab backlog add \"Old customers behave like new ones\" --kind assumption";

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_question);
        _options.AddTo(command);
    }

    protected override int Run(Invocation call)
    {
        var item = _options.Put(call, new BacklogItem { Question = BacklogOptions.Question(call.Value(_question)) });
        using var store = WorkStores.Open(call, file: null);
        var twin = store.Items().FirstOrDefault(i => !i.Ended && string.Equals(i.Question, item.Question, StringComparison.OrdinalIgnoreCase));
        var added = store.AddItems([item])[0];
        BacklogView.Tell(call, added, $"Added as number {added.Id}.");
        if (twin is not null)
        {
            call.Note($"Number {twin.Id} asks the same; 'tunelab backlog drop {added.Id}' takes this one out again.");
        }

        return ExitCode.Done;
    }
}
