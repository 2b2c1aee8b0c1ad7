using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Errors;

namespace TuneLab.Cli.Commands.Work;

/// <summary><c>tunelab work stop</c>: ends workers.</summary>
internal sealed class WorkStopVerb : Verb
{
    private readonly Argument<string?> _which = new("WORKER") { Description = "One worker, as 'work status' names it. Left out: all.", Arity = ArgumentArity.ZeroOrOne };

    public override string Name => "stop";

    public override string Description => "Asks the workers on the store to end: what is under way is left, and goes on when a worker is there again.";

    public override string Example => "tunelab work stop";

    protected override void Declare(Command command) => command.Arguments.Add(_which);

    protected override int Run(Invocation call)
    {
        using var store = WorkStores.OpenExisting(call);
        var which = call.Value(_which);
        var workers = WorkStatusVerb.Living(store, call.Environment.Time.GetUtcNow()).Where(w => which is null || w.Id == which).ToList();
        if (which is not null && workers.Count == 0)
        {
            throw new InputException($"No worker '{which}' is on {store.Location}.", "'tunelab work status' lists them.");
        }

        workers.ForEach(w => store.StopWorker(w.Id));
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartArray();
                workers.ForEach(w => json.WriteStringValue(w.Id));
                json.WriteEndArray();
            });
        }
        else
        {
            call.Note(workers.Count == 0 ? "No worker is on the store." : $"Asked {string.Join(" and ", workers.Select(w => w.Id))} to end.");
        }

        return ExitCode.Done;
    }
}
