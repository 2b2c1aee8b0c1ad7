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
    private readonly Func<IWorkStore, RequestTarget, string> _ask;

    private RequestVerb(string name, string description, Func<IWorkStore, RequestTarget, string> ask) => (Name, Description, _ask) = (name, description, ask);

    public override string Name { get; }

    public override string Description { get; }

    public override string Example => $"tunelab {Name} churn";

    public static RequestVerb Pause()
        => new("pause", "Has 'run' or 'work' of another terminal rest with an experiment, until 'tunelab resume'. The result is the same as without the pause; the time does not count.", AskPause);

    public static RequestVerb Resume() => new("resume", "Lets an experiment go on that was paused, skipped or stopped.", AskResume);

    public static RequestVerb Skip()
        => new("skip", "Has 'run' or 'work' of another terminal leave an experiment now, without an answer; a worker goes on with the next one. What it computed is kept.", AskSkip);

    public static RequestVerb Stop()
        => new("stop", "Has 'run' or 'work' of another terminal end the search of an experiment: the best so far is confirmed and exported. One that was begun and waits in the queue does so at its next turn.", AskStop);

    protected override void Declare(Command command) => command.Arguments.Add(_which);

    protected override int Run(Invocation call)
    {
        var word = call.Value(_which);
        var location = Stores.Locate(call, StoredExperiments.IsFile(call, word) ? word : null);
        using var store = Stores.OpenExisting(call, location);
        using var queue = SqliteWorkStore.OpenExisting(location.Path, call.Environment.Time);
        var target = RequestTarget.Find(call, store, queue, word);
        var said = _ask(queue, target);
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("experiment", target.Name);
                json.WriteString("request", Name);
                json.WriteBoolean("running", target.Runs);
                json.WriteEndObject();
            });
        }
        else
        {
            call.Note(said);
        }

        return ExitCode.Done;
    }

    private static string AskPause(IWorkStore queue, RequestTarget target)
    {
        if (!target.Runs && (!target.IsBegun || target.Entry!.State == QueueState.Held))
        {
            return Hold(queue, target);
        }

        queue.PutRequest(target.Record!.Id, RunRequest.Pause);
        return $"Paused {target.Name}; let it go on with: tunelab resume {target.Name}";
    }

    private static string AskSkip(IWorkStore queue, RequestTarget target)
    {
        if (!target.Runs)
        {
            return Hold(queue, target);
        }

        queue.PutRequest(target.Record!.Id, RunRequest.Skip);
        return $"{target.Name} is skipped." + GoesOnInQueue(target);
    }

    private static string AskStop(IWorkStore queue, RequestTarget target)
    {
        if (target.Runs)
        {
            queue.PutRequest(target.Record!.Id, RunRequest.Stop);
            return $"{target.Name} is stopping: the best so far is confirmed and exported." + GoesOnInQueue(target);
        }

        if (target is not { IsBegun: true, Entry: { } entry })
        {
            return Hold(queue, target);
        }

        queue.PutRequest(target.Record!.Id, RunRequest.Stop);
        return entry.State == QueueState.Held ? $"{target.Name} is held in the queue; the stop is kept: once it is released (tunelab queue release {entry.Id}) the best so far is confirmed and exported."
            : $"{target.Name} is not running now; the stop is kept: at its next turn the best so far is confirmed and exported.";
    }

    private static string AskResume(IWorkStore queue, RequestTarget target)
    {
        var (name, record, entry) = (target.Name, target.Record, target.Entry);
        var asked = record is null ? null : queue.FindRequest(record.Id);
        if (target.Runs && asked is not null)
        {
            queue.PutRequest(record!.Id, null); // what waits in the queue beside it stays as it is
            return $"{name} goes on.";
        }

        if (entry is not null && (asked is not null || entry.State == QueueState.Held))
        {
            QueueEdits.Resume(queue, entry);
            return $"{name} goes on.";
        }

        return target.Runs ? $"{name} was not paused: it goes on."
            : entry is not null ? $"{name} was not paused: it runs when it is its turn."
            : record!.State == ExperimentState.Finished ? throw new InputException($"There is nothing to resume: '{name}' is finished.", $"'tunelab status {name}' shows its answer; a raised budget in its file goes on with 'tunelab run'.")
            : throw new InputException($"There is nothing to resume: nobody runs '{name}' now, and it is not in the queue.", "'tunelab run' with its file goes on where it was.");
    }

    private static string Hold(IWorkStore queue, RequestTarget target)
    {
        var entry = target.Entry ?? throw new InputException($"Nobody runs '{target.Name}' now, and it is not in the queue.", "'tunelab status' says how far it is.");
        QueueEdits.Hold(queue, entry);
        return $"{target.Name} is not running; it {(entry.State == QueueState.Held ? "was held in the queue already" : "is held in the queue")}. Let it go on with: tunelab resume {target.Name}";
    }

    private static string GoesOnInQueue(RequestTarget target)
        => target.Entry is { State: QueueState.Waiting or QueueState.Paused } entry ? $" It waits in the queue too, as number {entry.Id}; what keeps it there is: tunelab queue hold {entry.Id}" : "";
}
