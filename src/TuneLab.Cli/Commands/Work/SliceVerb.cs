using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Parsing;
using TuneLab.Cli.Progress;
using TuneLab.Engines;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Hosting.Slices;
using TuneLab.Storage;

namespace TuneLab.Cli.Commands.Work;

/// <summary><c>tunelab slice</c>: the process in which a worker has an experiment run.</summary>
internal sealed class SliceVerb : Verb
{
    private readonly Argument<long> _entry = new("ID") { Description = "The queue entry." };
    private readonly Option<int?> _jobs = Options.Whole("--jobs", "N", 1, "Evaluations at once.", RunVerb.MostAtOnce);
    private readonly Option<int?> _threads = Options.Whole("--threads", "N", 1, "Threads in all.", RunVerb.MostAtOnce);
    private readonly Option<string?> _deadline = Options.Text("--deadline", "TIME", "When the answer must be there at the latest.");
    private readonly Option<long?> _memory = Options.Memory("--memory", "The most memory that the search takes, if the plan's budget is not less.");

    public override string Name => "slice";

    public override string Description => "Internal: runs a queue entry for 'tunelab work', which starts it. Takes requests on standard input and tells news on standard output; ends with its input.";

    public override string Example => "tunelab slice 1 --store tunelab.db < /dev/null";

    public override bool Hidden => true;

    /// <summary>How a worker starts it.</summary>
    public static IReadOnlyList<string> Arguments(SliceOrder order, long? memoryBytes) =>
    [
        "slice", order.Entry.ToString(CultureInfo.InvariantCulture), "--store", order.Store, "--jobs", order.Jobs.ToString(CultureInfo.InvariantCulture), "--threads", order.Threads.ToString(CultureInfo.InvariantCulture),
        .. order.Deadline is { } deadline ? ["--deadline", deadline.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        .. memoryBytes is { } bytes ? ["--memory", bytes.ToString(CultureInfo.InvariantCulture) + "B"] : Array.Empty<string>(),
    ];

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_entry);
        command.Options.Add(_jobs);
        command.Options.Add(_threads);
        command.Options.Add(_deadline);
        command.Options.Add(_memory);
    }

    protected override int Run(Invocation call) => SliceServer.Run(call.Environment.Time, control => Work(call, control));

    private ExperimentResult Work(Invocation call, SliceControl control)
    {
        var time = call.Environment.Time;
        using var queue = WorkStores.OpenExisting(call);
        var entry = queue.FindEntry(call.Value(_entry)) ?? throw new InputException($"The queue of {queue.Location} has no number {call.Value(_entry)}.");
        var plan = PlanReader.Read(entry.Plan, entry.File);
        if (call.Value(_memory) is { } memory)
        {
            plan = plan with { Budget = plan.Budget with { MemoryBytes = Math.Min(memory, plan.Budget.MemoryBytes ?? memory) } };
        }

        using var store = SqliteTrialStore.Open(queue.Location, time);
        control.RestWithout(store.HoldWrites);
        var options = new RunOptions
        {
            Jobs = call.Value(_jobs) ?? Environment.ProcessorCount,
            Threads = call.Value(_threads) ?? Environment.ProcessorCount,
            ProcessStart = call.Environment.ProcessStart(),
            Pause = control.Pause,
            Leave = control.Leave,
            Deadline = Instants.Read(call, _deadline, TimeZoneInfo.Utc),
        };
        using var lines = new NoteWriter(control);
        return (Experiment.From(plan) with
        {
            Store = store, Options = options, Monitor = new SliceMonitor(control, new PlainProgress(lines, time, (_, _) => { }, verbose: false)), Writers = new RunViews().Writers, Host = ThisTool.Host(), Time = time,
        }).Run(control.Stop);
    }
}
