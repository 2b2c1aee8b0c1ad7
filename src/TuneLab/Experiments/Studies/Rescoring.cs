using TuneLab.Experiments.Running;
using TuneLab.Metrics;
using TuneLab.Space;
using TuneLab.Storage;
using TuneLab.Training;

namespace TuneLab.Experiments.Studies;

/// <summary>Scores configurations again on a changed experiment, fold by fold; evaluations are cached as those of trials are.</summary>
internal sealed class Rescoring
{
    private readonly LoadedExperiment _experiment;
    private readonly ITrialStore _store;
    private readonly int _jobs;
    private readonly FoldSource _folds;
    private readonly FoldEvaluator _evaluator;
    private readonly Lock _lock = new();
    private (double Fit, double Score, int Computed) _used;

    public Rescoring(LoadedExperiment experiment, ITrialStore store, long id, RunOptions options, TimeProvider time)
    {
        (_experiment, _store, _jobs) = (experiment, store, options.Jobs);
        _folds = new FoldSource(experiment);
        var memory = ProcessMemory.Of(time, experiment.Resolved.Trainers.Select(t => t.Trainer));
        _evaluator = new FoldEvaluator(experiment, _folds, new ThreadShare(options.Threads), PausedRuns.Of(store, id, experiment.Resolved.Plan.Budget), memory, time, options.Pause);
    }

    /// <summary>Seconds and evaluations of what was not in the store.</summary>
    public (double Fit, double Score, int Computed) Used => _used;

    /// <summary>[folds] the objective of a configuration that learns from a part of each fold's training rows, at the round count of its own fold-averaged loss curve.</summary>
    /// <param name="configuration">What is scored.</param>
    /// <param name="rows">The fraction of the rows, in (0, 1].</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public double[] ScoresOf(Configuration configuration, double rows, CancellationToken stop)
    {
        var folds = _folds.Search;
        var evaluations = new Evaluation[folds.Count];
        Parallel.For(0, folds.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _jobs), CancellationToken = stop }, f => evaluations[f] = Evaluation(configuration, folds[f], rows, null, stop));
        var rounds = RoundChoice.Rounds(evaluations);
        return [.. evaluations.Select(e => e.Score(_experiment.Resolved.Metric.Id, RoundChoice.Checkpoint(e, rounds)))];
    }

    /// <summary>[configurations][folds] the objective on the search's folds, the round counts settled.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public double[][] Scores(IReadOnlyList<(Configuration Configuration, int Rounds)> configurations, CancellationToken stop)
    {
        var folds = _folds.Search;
        var scores = configurations.Select(_ => new double[folds.Count]).ToArray();
        Parallel.For(0, configurations.Count * folds.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _jobs), CancellationToken = stop }, at =>
        {
            var (c, f) = (at / folds.Count, at % folds.Count);
            var (configuration, rounds) = configurations[c];
            var evaluation = Evaluation(configuration, folds[f], 1, rounds, stop);
            scores[c][f] = evaluation.Score(_experiment.Resolved.Metric.Id, evaluation.Rounds.Length - 1);
        });
        return scores;
    }

    private Evaluation Evaluation(Configuration configuration, FoldId fold, double rows, int? rounds, CancellationToken stop)
    {
        var work = new FoldWork(_experiment.Resolved.Trainers.First(t => t.Trainer.Info.Id == configuration.Trainer).Trainer, configuration, fold, rows, rounds);
        var evaluation = _store.FindEvaluation(_evaluator.Key(work));
        if (evaluation is null)
        {
            evaluation = _evaluator.Evaluate(work, 0, null, () => { }, stop).Evaluation;
            _store.AddEvaluation(evaluation);
            lock (_lock)
            {
                _used = (_used.Fit + evaluation.FitSeconds, _used.Score + evaluation.ScoreSeconds, _used.Computed + 1);
            }
        }

        return evaluation;
    }
}
