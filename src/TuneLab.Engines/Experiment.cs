using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Hosting;
using TuneLab.MLNet;
using TuneLab.Reporting.Html;
using TuneLab.Reporting.Markdown;
using TuneLab.Storage;
using TuneLab.Training;

namespace TuneLab.Engines;

/// <summary>
/// An experiment that is run from C#: what <c>tunelab run</c> does, with the same trials, the same store and the same files. Immutable; each run is of its own.
/// </summary>
/// <example>
/// <code>
/// var result = await Experiment.FromFile("configs/churn.yaml").RunAsync();
/// Console.WriteLine($"{result.Best.Trainer}: {result.Best.Holdout?.Value} ({result.Verdict.Outcome})");
/// </code>
/// </example>
public sealed record Experiment
{
    private Experiment(ExperimentPlan plan) => Plan = plan;

    /// <summary>What is asked.</summary>
    public ExperimentPlan Plan { get; init; }

    /// <summary>The table, where it is in memory already. <value>Null: read from the plan's <c>data.file</c>.</value></summary>
    public Dataset? Data { get; init; }

    /// <summary>The trainers that the plan may name. <value>Those of this build: ML.NET's where its packages are, and the embedded ones.</value></summary>
    public TrainerCatalog Trainers { get; init; } = EngineCatalog.Create();

    /// <summary>Where trials are kept and looked up; stays the caller's. <value>Null: the SQLite store at <see cref="StorePath"/>.</value></summary>
    public ITrialStore? Store { get; init; }

    /// <summary>The file of the store. <value>Null: the one that <c>tunelab run</c> would take, from TUNELAB_STORE or the nearest <c>.tunelab/tunelab.db</c>, else the user's.</value></summary>
    public string? StorePath { get; init; }

    /// <summary>How it uses the machine.</summary>
    public RunOptions Options { get; init; } = new();

    /// <summary>Is told what happens. <value>Null.</value></summary>
    public IExperimentMonitor? Monitor { get; init; }

    /// <summary>What is written into the output folder beside the model. <value>trials.csv, experiment.json, report.md and report.html.</value></summary>
    public IReadOnlyList<IResultWriter> Writers { get; init; } = [.. ExperimentRunner.StandardWriters, new MarkdownReportWriter(), new HtmlReportWriter()];

    /// <summary>
    /// The program for trials in processes of their own, which ML.NET's then always are. <value>Null: trials run in this process; trials of its LightGBM take turns there, and a plan with
    /// <c>isolate: true</c> is an error.</value>
    /// </summary>
    public HostCommand? Host { get; init; }

    /// <summary>The clock. <value>The system's.</value></summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>An experiment of a plan.</summary>
    public static Experiment From(ExperimentPlan plan) => new(plan);

    /// <summary>An experiment of a file.</summary>
    /// <exception cref="Errors.InputException">There is no such file, or it has faults: all are named.</exception>
    public static Experiment FromFile(string path) => new(PlanReader.ReadFile(path));

    /// <summary>Runs or resumes it on a thread of its own.</summary>
    /// <param name="stop">Ends the search; the best so far is confirmed and exported, and the result says that it is not complete. Not an error.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="Errors.InputException">The data or the plan is wrong, the output folder can't be written, or another process runs this experiment.</exception>
    /// <exception cref="Errors.WorkFailedException">All trials failed.</exception>
    /// <exception cref="Errors.StoppedException">Stopped before a single trial was complete.</exception>
    /// <exception cref="OperationCanceledException">Stopped while the data were read.</exception>
    public Task<ExperimentResult> RunAsync(CancellationToken stop = default)
        => Task.Factory.StartNew(() => Run(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Runs or resumes it on this thread.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public ExperimentResult Run(CancellationToken stop = default)
    {
        using var hosts = new TrialHosts(Plan, Trainers, Options.Jobs, Options.Threads, Host, Options.Pause);
        var loaded = Data is null ? LoadedExperiment.Load(Plan, hosts.Catalog, stop) : LoadedExperiment.From(Plan, Data, hosts.Catalog);
        using var own = Store is null ? SqliteTrialStore.Open(StorePath ?? DefaultStore(), Time) : null;
        return new ExperimentRunner(Store ?? own!, Time, Writers, EngineAvailability.Exporter, programs: new ProgramRunner(Options.Pause?.Clock ?? Time, Options.Pause)).Run(loaded, Options, Monitor, stop);
    }

    private string DefaultStore()
        => StoreLocator.Locate(null, Environment.GetEnvironmentVariable("TUNELAB_STORE"), Path.GetDirectoryName(Plan.File) ?? Environment.CurrentDirectory, StoreLocator.UserData).Path;
}
