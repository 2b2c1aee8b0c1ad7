using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;

namespace TuneLab.Cli.Commands.Queue;

/// <summary><c>tunelab queue</c>: what waits to run.</summary>
internal sealed class QueueVerb : Verb
{
    public override string Name => "queue";

    public override string Description => "The experiments that wait to run: 'tunelab work' runs them. Without a word more it lists them.";

    public override string Example => "tunelab queue add configs/*.yaml\ntunelab queue list\ntunelab queue move churn --first";

    protected override IReadOnlyList<Verb> Parts =>
    [
        new QueueAddVerb(), new QueueListVerb(), new QueueMoveVerb(), QueueEditVerb.Hold(), QueueEditVerb.Release(), QueueEditVerb.Remove(), QueueEditVerb.Retry(), QueuePauseVerb.Pause(), QueuePauseVerb.Resume(),
    ];

    protected override void Declare(Command command)
    {
    }

    protected override int Run(Invocation call) => QueueListVerb.List(call, all: false);
}
