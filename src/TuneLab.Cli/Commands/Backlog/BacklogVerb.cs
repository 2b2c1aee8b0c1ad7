using System.CommandLine;

namespace TuneLab.Cli.Commands.Backlog;

/// <summary><c>tunelab backlog</c>: questions not yet asked.</summary>
internal sealed class BacklogVerb : Verb
{
    public override string Name => "backlog";

    public override string Description => "Questions not yet asked, assumptions to dispute, other framings of the problem. Without a word more it lists what is open, by impact over effort, then age.";

    public override string Example => "tunelab backlog add \"Does the postcode help?\"\ntunelab backlog list\ntunelab backlog export";

    protected override IReadOnlyList<Verb> Parts =>
    [
        new BacklogAddVerb(), new BacklogListVerb(), new BacklogShowVerb(), new BacklogEditVerb(), new BacklogStartVerb(), new BacklogDoneVerb(), new BacklogDropVerb(), new BacklogExportVerb(),
    ];

    protected override void Declare(Command command)
    {
    }

    protected override int Run(Invocation call) => BacklogListVerb.List(call, all: false);
}
