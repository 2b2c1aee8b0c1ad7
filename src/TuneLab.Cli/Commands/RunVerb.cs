using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Cli.Progress;
using TuneLab.Engines;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Output;
using TuneLab.Scheduling.Requests;
using TuneLab.Storage;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab run</c>: from an experiment file, or from a table and a label, to the answer.</summary>
internal sealed class RunVerb : Verb
{
    /// <summary>More evaluations or threads at once than any machine has cores for are a slip of the hand.</summary>
    public const int MostAtOnce = 1024;

    private readonly Argument<string> _source = new("FILE") { Description = "The experiment file; or a table (CSV) together with --label, for which an experiment file is written first." };
    private readonly TableOptions _table = new("For a table: ");
    private readonly PlanOptions _plan = new();
    private readonly Option<int?> _jobs = Options.Whole("--jobs", "N", 1, "Evaluations at once. Default: the number of cores.", MostAtOnce);
    private readonly Option<int?> _threads = Options.Whole("--threads", "N", 1, "Threads in all, shared by the evaluations. Default: the number of cores.", MostAtOnce);
    private readonly Option<TimeSpan?> _grace = Options.Duration("--grace", "DURATION", "After Ctrl-C: how long the best so far may be confirmed and exported. Default: 10s.");
    private readonly Option<bool> _requireVerdict = new("--require-verdict") { Description = "Exit with code 4 unless the hypothesis is supported." };
    private readonly Option<bool> _strict = new("--strict") { Description = "Train nothing when there is a warning about the data (exit code 2); an error always stops." };
    private readonly Option<bool> _ablate = new("--ablate") { Description = "Once the answer is there, train the winner's configuration without each column too, and test what is lost." };
    private readonly Option<bool> _perturb = new("--perturb") { Description = "Once the answer is there, score the best configurations again with other seeds and without a tenth of the rows." };
    private readonly Option<bool> _noPrior = new("--no-prior") { Description = "Begin a new search without the configurations that did well on the same data in earlier experiments." };

    public override string Name => "run";

    public override string Description => "Runs an experiment to its answer, or goes on where it was stopped. What is stored is not computed again. Ctrl-C keeps the best so far.";

    public override string Example => "tunelab run configs/churn.yaml\ntunelab run configs/churn.yaml --time 5m --set validate.folds=10\ntunelab run data-samples/churn.csv --label churned";

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_source);
        _table.AddTo(command);
        _plan.AddTo(command);
        command.Options.Add(_jobs);
        command.Options.Add(_threads);
        command.Options.Add(_grace);
        command.Options.Add(_requireVerdict);
        command.Options.Add(_noPrior);
        command.Options.Add(_ablate);
        command.Options.Add(_perturb);
        command.Options.Add(_strict);
    }

    protected override int Run(Invocation call)
    {
        using var signals = call.Environment.Listen();
        signals.Ending += () => call.Error.WriteLine("stopped at once: every fold that ended is kept, the same command goes on from there");
        var file = ExperimentFiles.ForRun(call, _table, call.Value(_source));
        var plan = _plan.Read(call, file);
        var views = new RunViews();
        var result = Search(call, plan, views, signals);
        if (call.Json)
        {
            call.Output.WriteLine(ResultJson.Write(result));
        }
        else
        {
            views.WriteAnswer(call.Output);
        }

        return !result.Complete ? ExitCode.Stopped
            : call.Value(_requireVerdict) && result.Verdict.Outcome != VerdictOutcome.Supported ? ExitCode.NoVerdict
            : ExitCode.Done;
    }

    private static void End(RunRequest request, StopSignals signals, CancellationTokenSource leave)
    {
        if (request == RunRequest.Skip)
        {
            leave.Cancel();
        }
        else
        {
            signals.Raise();
        }
    }

    private ExperimentResult Search(Invocation call, ExperimentPlan plan, RunViews views, StopSignals signals)
    {
        var options = new RunOptions
        {
            Jobs = call.Value(_jobs) ?? Environment.ProcessorCount,
            Threads = call.Value(_threads) ?? Environment.ProcessorCount,
            Grace = call.Value(_grace) ?? TimeSpan.FromSeconds(10),
            Strict = call.Value(_strict),
            ProcessStart = call.Environment.ProcessStart(),
            Prior = !call.Value(_noPrior),
            Ablate = call.Value(_ablate),
            Perturb = call.Value(_perturb),
        };
        var time = call.Environment.Time;
        using var pause = new RunPause(time);
        using var leave = new CancellationTokenSource();
        options = options with { Pause = pause, Leave = leave.Token };
        return RunProgressView.Show(call, signals, options.Grace, monitor =>
        {
            OutputFolder.Check(plan.Output.Folder); // before the data are read, which may take a while
            var store = Stores.Locate(call, plan.File).Path;
            pause.Held += reason => monitor.Note(reason);
            pause.Released += () => monitor.Note("goes on");
            using var watch = new RequestWatch(monitor, SqliteWorkStore.Open(store, time), pause, request => End(request, signals, leave), time, signals.Token);
            return (Experiment.From(plan) with { StorePath = store, Options = options, Monitor = watch, Writers = views.Writers, Host = ThisTool.Host(), Time = time }).Run(signals.Token);
        });
    }
}
