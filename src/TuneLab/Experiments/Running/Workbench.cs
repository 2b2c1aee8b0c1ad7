using TuneLab.Experiments.Answer;
using TuneLab.Experiments.Answer.Ensembles;
using TuneLab.Experiments.Commands;
using TuneLab.Experiments.Search;
using TuneLab.Storage;
using TuneLab.Training;

namespace TuneLab.Experiments.Running;

/// <summary>What differs between tuning trainers on a table and tuning a program: what a trial is scored on, who computes it, and how the answer is drawn. Stages, samplers, cache and pruning are the same.</summary>
/// <param name="Folds">Folds, or seeds.</param>
/// <param name="Evaluator">Computes an evaluation.</param>
/// <param name="Conclusion">Draws the answer.</param>
/// <param name="Paused">Runs that may go on.</param>
internal sealed record Workbench(IFolds Folds, IEvaluator Evaluator, IConclusion Conclusion, PausedRuns Paused)
{
    /// <summary>Makes the ensemble that the plan asks for. <value>Null: it asks for none.</value></summary>
    public EnsembleBuilder? Ensembles { get; init; }

    /// <summary>Trainers on a table.</summary>
    public static Workbench OfTable(LoadedExperiment experiment, SearchState state, long id, ITrialStore store, RunOptions options, ProcessMemory memory, FoldTimers timers, TimeProvider time)
    {
        var folds = new FoldSource(experiment);
        var paused = PausedRuns.Of(store, id, experiment.Resolved.Plan.Budget);
        var evaluator = new FoldEvaluator(experiment, folds, new ThreadShare(options.Threads), paused, memory, time, options.Pause);
        var finals = new FinalFits(experiment, id, store, evaluator, folds, timers, time);
        return new Workbench(folds, evaluator, new Conclusion(experiment, state, finals, store, id, options), paused)
        {
            Ensembles = experiment.Resolved.Plan.Ensemble ? new EnsembleBuilder(experiment, state, finals, new OutOfFold(experiment, store, evaluator, folds), options, time) : null,
        };
    }

    /// <summary>A program.</summary>
    public static Workbench OfProgram(LoadedExperiment experiment, SearchState state, long id, ITrialStore store, IProgramRunner programs, TimeProvider time)
        => new(new SeedFolds(experiment.Resolved.Plan.Validate.Repeats), new CommandEvaluator(experiment, programs, time), new RepeatsConclusion(experiment, store), PausedRuns.Of(store, id, experiment.Resolved.Plan.Budget));
}
