using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Errors;
using TuneLab.Scheduling.Queue;
using TuneLab.Storage;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Commands.Work;

/// <summary><c>tunelab pause</c>, <c>resume</c>, <c>skip</c> and <c>stop</c>: asks whoever runs an experiment, in this terminal or another.</summary>
internal sealed class RequestVerb : Verb
{
    private readonly Argument<string> _which = new(StoredExperiments.HelpName) { Description = "The experiment." };
    private readonly RunRequest? _request;
    private readonly string _asked;

    private RequestVerb(string name, string description, RunRequest? request, string asked) => (Name, Description, _request, _asked) = (name, description, request, asked);

    public override string Name { get; }

    public override string Description { get; }

    public override string Example => $"tunelab {Name} churn";

    public static RequestVerb Pause()
        => new("pause", "Has 'run' or 'work' of another terminal rest with an experiment, until 'tunelab resume'. The result is the same as without the pause; the time does not count.", RunRequest.Pause, "Paused {0}; let it go on with: tunelab resume {0}");

    public static RequestVerb Resume() => new("resume", "Lets an experiment go on that was paused, skipped or stopped.", null, "{0} goes on.");

    public static RequestVerb Skip()
        => new("skip", "Has 'run' or 'work' of another terminal leave an experiment now, without an answer; a worker goes on with the next one. What it computed is kept.", RunRequest.Skip, "{0} is skipped.");

    public static RequestVerb Stop()
        => new("stop", "Has 'run' or 'work' of another terminal end the search of an experiment: the best so far is confirmed and exported.", RunRequest.Stop, "{0} is stopping: the best so far is confirmed and exported.");

    protected override void Declare(Command command) => command.Arguments.Add(_which);

    protected override int Run(Invocation call)
    {
        var word = call.Value(_which);
        var location = Stores.Locate(call, StoredExperiments.IsFile(call, word) ? word : null);
        using var store = Stores.OpenExisting(call, location);
        using var queue = SqliteWorkStore.OpenExisting(location.Path, call.Environment.Time);
        var record = Known(call, store, queue, word, out var entry);
        var name = entry?.Name ?? record!.Name;
        var runs = record is not null && IsRun(store, record);
        if (!runs && entry is null && _request is not null)
        {
            throw new InputException($"Nobody runs '{name}' now, and it is not in the queue.", "'tunelab status' says how far it is.");
        }

        if (runs || (_request is null && record is not null))
        {
            queue.PutRequest(record!.Id, _request);
        }

        if (entry is not null && !runs)
        {
            _ = _request is null ? QueueEdits.Release(queue, entry) : QueueEdits.Hold(queue, entry);
        }

        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("experiment", name);
                json.WriteString("request", _request?.ToString().ToLowerInvariant() ?? "resume");
                json.WriteBoolean("running", runs);
                json.WriteEndObject();
            });
        }
        else
        {
            call.Note(_request is not null && !runs ? $"{name} is not running; it is held in the queue. Let it go on with: tunelab resume {name}" : string.Format(CultureInfo.InvariantCulture, _asked, name));
        }

        return ExitCode.Done;
    }

    // the experiment in the store and its entry in the queue; one of them is there
    private static ExperimentRecord? Known(Invocation call, ITrialStore store, IWorkStore queue, string word, out QueueEntry? entry)
    {
        var entries = queue.Undone().Where(e => !e.Ended).ToList();
        entry = entries.FirstOrDefault(e => e.Name == word || e.File == call.Environment.Resolve(word));
        if (entry is { Experiment: null })
        {
            return null;
        }

        var record = entry is { Experiment: { } id } ? store.Experiments().First(e => e.Id == id) : StoredExperiments.Find(call, store, word);
        entry ??= entries.FirstOrDefault(e => e.Experiment == record.Id);
        return record;
    }

    private static bool IsRun(ITrialStore store, ExperimentRecord record)
    {
        using var right = store.TryLock(record.Id);
        return right is null;
    }
}
