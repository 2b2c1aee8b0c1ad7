using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Cli.Progress;
using TuneLab.Errors;
using TuneLab.Hosting.Slices;
using TuneLab.Scheduling.Worker;

namespace TuneLab.Cli.Commands.Work;

/// <summary><c>tunelab work</c>: runs the queue.</summary>
internal sealed class WorkVerb : Verb
{
    // an experiment's news and requests are looked for four times a second, so that a hold takes effect within two
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(10);

    private readonly Option<int?> _jobs = Options.Whole("--jobs", "N", 1, "Evaluations at once. Default: the number of cores.", RunVerb.MostAtOnce);
    private readonly Option<int?> _threads = Options.Whole("--threads", "N", 1, "Threads in all, shared by the evaluations. Default: the number of cores.", RunVerb.MostAtOnce);
    private readonly Option<bool> _drain = new("--drain") { Description = "End when the queue is empty. Default: wait for more." };

    public override string Name => "work";

    public override string Description => "Runs the experiments of the queue, the most urgent one first, whenever it may. Several workers may be on one queue. Ctrl-C leaves what is under way; it goes on later from where it was.";

    public override string Example => "tunelab work --drain\ntunelab work status";

    protected override IReadOnlyList<Verb> Parts => [new WorkStatusVerb(), new WorkStopVerb()];

    protected override void Declare(Command command)
    {
        command.Options.Add(_jobs);
        command.Options.Add(_threads);
        command.Options.Add(_drain);
    }

    protected override int Run(Invocation call)
    {
        using var signals = call.Environment.Listen();
        var time = call.Environment.Time;
        using var store = WorkStores.Open(call, file: null);
        var options = new WorkerOptions
        {
            Id = Identity(call),
            Process = Environment.ProcessId,
            Machine = Environment.MachineName,
            Jobs = call.Value(_jobs) ?? Environment.ProcessorCount,
            Threads = call.Value(_threads) ?? Environment.ProcessorCount,
            Drain = call.Value(_drain),
        };
        var lines = new WorkerLines(call.Json ? call.Error : call.Output, time, call.Quiet);
        using var worker = new QueueWorker(store, new SliceRunner(time, order => ThisTool.Command(SliceVerb.Arguments(order))), Permits.Of(call), options, time, lines);
        signals.Asked += () => lines.Note(null, "ending: what is under way is left for later; a second Ctrl-C ends at once");
        var asked = false;
        while (true)
        {
            if (signals.Token.IsCancellationRequested && !asked)
            {
                asked = true;
                worker.End();
            }

            var pause = AfterFault;
            try
            {
                var state = worker.Look();
                if (state == WorkerState.Ended)
                {
                    break;
                }

                pause = state == WorkerState.Running ? Busy : Idle;
            }
            catch (InputException e)
            {
                lines.Note(null, $"the store can't be used now: {e.Message}"); // a full disk, say: what is under way goes on or fails by itself
            }

            Rest(asked ? Busy : pause, time, asked ? CancellationToken.None : signals.Token);
        }

        if (call.Json)
        {
            call.WriteJson(lines.WriteJson);
        }

        return asked ? ExitCode.Stopped : ExitCode.Done;
    }

    private static void Rest(TimeSpan pause, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            Task.Delay(pause, time, cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // there is something to do
        }
    }

    // unlike any other: a process's number is given again only after it has ended
    private static string Identity(Invocation call)
        => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}-{call.Environment.Time.GetUtcNow():yyyyMMddHHmmssfff}");
}
