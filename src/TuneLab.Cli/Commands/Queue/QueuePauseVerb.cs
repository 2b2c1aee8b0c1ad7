using System.CommandLine;
using TuneLab.Cli.Composition;

namespace TuneLab.Cli.Commands.Queue;

/// <summary><c>tunelab queue pause</c> and <c>resume</c>: the queue as a whole.</summary>
internal sealed class QueuePauseVerb : Verb
{
    private readonly bool _pauses;

    private QueuePauseVerb(bool pauses) => _pauses = pauses;

    public override string Name => _pauses ? "pause" : "resume";

    public override string Description => _pauses ? "Has all workers rest until 'tunelab queue resume': what runs stops within two seconds and goes on later from where it was." : "Lets the workers go on.";

    public override string Example => "tunelab queue " + Name;

    public static QueuePauseVerb Pause() => new(true);

    public static QueuePauseVerb Resume() => new(false);

    protected override void Declare(Command command)
    {
    }

    protected override int Run(Invocation call)
    {
        using var store = WorkStores.Open(call, null);
        var was = store.QueuePaused;
        store.QueuePaused = _pauses;
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("paused", _pauses);
                json.WriteEndObject();
            });
        }
        else
        {
            call.Note(_pauses ? was ? "The queue was paused already." : "The queue is paused. Let it go on with: tunelab queue resume" : was ? "The queue goes on." : "The queue was not paused.");
        }

        return ExitCode.Done;
    }
}
