using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Progress;
using TuneLab.Engines;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Hosting.Slices;
using TuneLab.Scheduling.Background;
using TuneLab.Scheduling.Permits;
using TuneLab.Scheduling.Settings;
using TuneLab.Scheduling.Windows;
using TuneLab.Scheduling.Worker;

namespace TuneLab.Cli.Commands.Work;

/// <summary><c>tunelab work</c>: runs the queue.</summary>
internal sealed class WorkVerb : Verb
{
    // an experiment's news and requests are looked for four times a second, so that a hold takes effect within two
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(10);

    private readonly WorkOptions _given = new();
    private readonly Option<bool> _drain = new("--drain") { Description = "End when the queue is empty, or only holds what repeats and has had its turn. Default: wait for more." };

    public override string Name => "work";

    public override string Description => "Runs the experiments of the queue, the most urgent one first, whenever it may. Several workers may be on one queue. Ctrl-C leaves what is under way; it goes on later from where it was.";

    public override string Example => "tunelab work --drain\ntunelab work --when night,weekend --background\ntunelab work --when \"night+idle, sat 08:00-20:00\" --memory 4GB\ntunelab work status";

    protected override IReadOnlyList<Verb> Parts => [new WorkStatusVerb(), new WorkStopVerb(), new WorkAlertsVerb(), new WorkInstallVerb(), new WorkUninstallVerb()];

    protected override void Declare(Command command)
    {
        _given.AddTo(command);
        command.Options.Add(_drain);
    }

    protected override int Run(Invocation call)
    {
        try
        {
            return Work(call);
        }
        catch (UnreachableException e)
        {
            throw new WorkFailedException(e.Message, e.Hint, e); // a disk that comes back: whatever starts the worker by itself is to try again
        }
    }

    private int Work(Invocation call)
    {
        using var signals = call.Environment.Listen();
        var time = call.Environment.Time;
        var settings = WorkerFile.Read(call, call.Value(_given.Settings));
        var when = call.Value(_given.When) ?? settings.When ?? (call.Value(_drain) ? BuiltInWindows.Always : WorkerSettings.DefaultWhen);
        using var store = WorkStores.Open(call, file: null);
        var permits = Permits.Of(call, settings, when, store);
        var options = new WorkerOptions
        {
            Id = Identity(call),
            Process = Environment.ProcessId,
            Machine = Environment.MachineName,
            Jobs = call.Value(_given.Jobs) ?? settings.Jobs ?? Environment.ProcessorCount,
            Threads = call.Value(_given.Threads) ?? settings.Threads ?? Environment.ProcessorCount,
            Drain = call.Value(_drain),
            Attempts = settings.Retry.Attempts,
            RetryWait = settings.Retry.Wait,
        };
        var limits = new WorkLimits(call.Value(_given.Nice) ?? settings.Nice, settings.Io, call.Value(_given.Memory) ?? settings.MemoryBytes);
        var lines = new WorkerLines(call.Json ? call.Error : call.Output, time, call.Quiet);
        using var slices = new SliceRunner(time, order => ThisTool.Command(SliceVerb.Arguments(order, limits.MemoryBytes)), limits);
        using var alerts = new Alerts(call, store, settings.Alerts, permits, text => lines.Note(null, text));
        using var known = call.Value(_given.Background) ? Stores.OpenExisting(call, Stores.Locate(call, file: null)) : null;
        var further = known is null ? null : new BackgroundTuning(known, store, EngineCatalog.Create(), settings.Background);
        using var worker = new QueueWorker(store, slices, permits, options, time, new WorkerMonitors(lines, alerts.Monitor), further);
        if (WhenText.TryParse(when, settings, out var rule, out _) && !rule.IsAlways)
        {
            store.When = when; // for who looks back on how much of it was used
        }

        lines.Note(null, $"works when it is {when}; settings: {settings.File ?? "the defaults"}");
        foreach (var hint in settings.Hints)
        {
            lines.Note(null, hint);
        }

        var told = DateTimeOffset.MinValue; // when it was last said that the store can't be used
        signals.Asked += () => lines.Note(null, "ending: what is under way is left for later; a second Ctrl-C ends at once");
        var clock = new WorkerClock(Look, permits.NextChange, at => lines.Note(null, $"nobody was there at {permits.Words(at)}, when a window opened or closed (the machine slept?); looking now"), time);
        clock.Run(signals.Token).GetAwaiter().GetResult();
        var asked = signals.Token.IsCancellationRequested;
        alerts.Finish(asked);
        if (call.Json)
        {
            call.WriteJson(lines.WriteJson);
        }

        return asked ? ExitCode.Stopped : ExitCode.Done;

        TimeSpan? Look()
        {
            var ending = signals.Token.IsCancellationRequested;
            if (ending)
            {
                worker.End();
            }

            try
            {
                var state = worker.Look();
                alerts.Look();
                return state == WorkerState.Ended ? null : ending || state == WorkerState.Running ? Busy : Idle;
            }
            catch (TuneLabException e)
            {
                if (call.Environment.Time.GetUtcNow() is var now && (now - told).Duration() >= AfterFault)
                {
                    told = now;
                    lines.Note(null, $"the store can't be used now: {e.Message}"); // a full disk, say: what is under way goes on or fails by itself
                }

                return ending ? Busy : worker.IsBusy ? Idle : AfterFault; // somebody may come back meanwhile
            }
        }
    }

    // unlike any other: a process's number is given again only after it has ended
    private static string Identity(Invocation call)
        => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}-{call.Environment.Time.GetUtcNow():yyyyMMddHHmmssfff}");
}
