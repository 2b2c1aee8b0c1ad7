using TuneLab.Errors;
using TuneLab.Experiments.Answer;
using TuneLab.Experiments.Journal;
using TuneLab.Experiments.Nested;
using TuneLab.Experiments.Output;
using TuneLab.Experiments.Running;
using TuneLab.Experiments.Studies;
using TuneLab.Storage;
using TuneLab.Training.Packaging;

namespace TuneLab.Experiments;

/// <summary>
/// Runs or resumes an experiment to its answer: search, confirm, refit, holdout, verdict, files. A finished experiment is only reported again; a raised budget goes on from where it ended.
/// Thread-safe: each run has its own session; two runs of one experiment on one store exclude each other.
/// </summary>
/// <param name="store">The cache and the record; stays the caller's.</param>
/// <param name="time">The clock.</param>
/// <param name="writers">What is written into the output folder beside the model.</param>
/// <param name="exporter">How models are written. <value>Null: <see cref="ModelPackage"/>.</value></param>
/// <param name="programs">Runs the programs of plans that tune one. <value>Null: there are none such.</value></param>
public sealed class ExperimentRunner(ITrialStore store, TimeProvider time, IReadOnlyList<IResultWriter> writers, IModelExporter? exporter = null, IProgramRunner? programs = null)
{
    /// <summary>The files that the library itself writes: <c>trials.csv</c>, <c>experiment.json</c> and <c>analysis.json</c>.</summary>
    public static IReadOnlyList<IResultWriter> StandardWriters { get; } = [new TrialsCsvWriter(), new ExperimentJsonWriter(), new AnalysisJsonWriter()];

    // more would hide the plan
    private const int MostKnown = 3;

    /// <summary>Runs it.</summary>
    /// <param name="experiment">The plan with its data.</param>
    /// <param name="options">How it uses the machine.</param>
    /// <param name="monitor">Is told what happens; null: nobody is.</param>
    /// <param name="stop">Ends the search: the best so far is confirmed within <see cref="RunOptions.Grace"/> and exported; the result says that it is not complete.</param>
    /// <exception cref="InputException">The data are not fit to learn from (see <see cref="RunOptions.Strict"/>), the output folder can't be written, there is no such rival, or nothing here runs programs.</exception>
    /// <exception cref="BusyException">Another process runs this experiment.</exception>
    /// <exception cref="WorkFailedException">All trials failed.</exception>
    /// <exception cref="StoppedException">Stopped before a single trial was complete, or left (<see cref="RunOptions.Leave"/>).</exception>
    public ExperimentResult Run(LoadedExperiment experiment, RunOptions options, IExperimentMonitor? monitor = null, CancellationToken stop = default)
        => Run(experiment, options, monitor, leavesFiles: true, stop);

    private ExperimentResult Run(LoadedExperiment experiment, RunOptions options, IExperimentMonitor? monitor, bool leavesFiles, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, options.Leave);
        stop = either.Token;
        var clock = options.Pause?.Clock ?? time;
        var begin = options.ProcessStart ?? clock.GetTimestamp();
        var plan = experiment.Resolved.Plan;
        AtomicFile.RequireWritable(plan.Output.Folder);
        if (leavesFiles)
        {
            experiment.RequireSound(options.Strict); // an outer fold is part of data that were looked over as a whole
        }

        var record = store.OpenExperiment(experiment.Identity, plan.Name, experiment.Fingerprint, FrozenPlan.Write(experiment.Resolved));
        using var mine = store.TryLock(record.Id)
            ?? throw new BusyException($"Another process is running the experiment '{plan.Name}' on {store.Location}.", "wait for it, or stop it with Ctrl-C there; what it computes is shared.");
        experiment = FrozenPlan.Apply(record, experiment);
        var guard = new MonitorGuard(monitor);
        var start = experiment.Start(store.Trials(record.Id).Count, store.Location) with { Id = record.Id };
        guard.Tell(m => m.Started(start));
        var outputs = new RunOutputs(store, record.Id, start, writers, exporter ?? new ModelPackage(), guard, leavesFiles);
        var studies = new AskedStudies(experiment, store, record.Id, options, clock);
        if (FinishedRun.Of(record) is { } finished && finished.Covers(plan.Budget))
        {
            if (studies.Lacks(outputs.Analysis))
            {
                outputs.Keep(studies.Add(outputs.Analysis, finished.Result, stop));
            }

            return outputs.Again(finished.Result);
        }

        if (RivalExperiment.IsNamed(experiment.Resolved))
        {
            RivalExperiment.Winner(experiment, store, record.Id);
        }

        foreach (var known in !leavesFiles ? [] : JournalReader.Of(store, experiment.Fingerprint, record.Id).Take(MostKnown))
        {
            guard.Tell(m => m.Note($"known of these data, from '{known.Experiment}': {known.Verdict!.Sentence}"));
        }

        var prior = PriorConfigurations.Of(store, record, experiment.Resolved, options.Prior);
        var nested = plan.Validate is { Nested: not null, Outer: null }
            ? new NestedSearch(experiment, (own, told, ending) => Run(own, options with { ProcessStart = null, Ablate = false, Perturb = false, LearningCurve = false }, told, leavesFiles: false, ending), monitor)
            : null;
        using var session = new RunSession(store, clock, record, experiment, prior, nested, studies, options, guard, outputs, programs, begin);
        return session.Run(stop);
    }
}
