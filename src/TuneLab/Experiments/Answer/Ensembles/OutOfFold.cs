using TuneLab.Data;
using TuneLab.Experiments.Running;
using TuneLab.Storage;

namespace TuneLab.Experiments.Answer.Ensembles;

/// <summary>
/// Gathers the candidates' predictions on the folds of the search: from the store, where trials left them, else by fitting those folds again with the trial's round count. That is needed where a fold came from the cache,
/// where a process was ended between a fold and its trial, and on tables whose predictions would have filled the memory; the numbers are the same.
/// </summary>
internal sealed class OutOfFold(LoadedExperiment experiment, ITrialStore store, FoldEvaluator evaluator, FoldSource folds)
{
    private readonly TaskTable _table = experiment.Table;

    // [folds]
    private readonly IReadOnlyList<FoldId> _folds = folds.Search;

    /// <summary>Seconds and evaluations of what had to be fitted.</summary>
    public (double Fit, double Score, int Computed) Used { get; private set; }

    /// <summary>The candidates that can be had in that time, best first: those whose predictions are stored, others as long as the time lasts.</summary>
    /// <param name="candidates">Best first.</param>
    /// <param name="jobs">Evaluations at once.</param>
    /// <param name="time">How long the fits may take by what they took in the search; null: as long as it takes.</param>
    public IReadOnlyList<FinishedTrial> Affordable(IReadOnlyList<FinishedTrial> candidates, int jobs, TimeSpan? time)
    {
        var left = time?.TotalSeconds * jobs;
        var affordable = new List<FinishedTrial>();
        foreach (var candidate in candidates)
        {
            var missing = _folds.Count(f => store.FindPredictions(KeyOf(candidate, f)) is null);
            var seconds = (candidate.FitSeconds + candidate.ScoreSeconds) * missing / _folds.Count;
            if (missing == 0 || left is null || seconds <= left)
            {
                left -= seconds;
                affordable.Add(candidate);
            }
        }

        return affordable;
    }

    /// <summary>[folds] the predictions of all candidates.</summary>
    /// <param name="candidates">Whose.</param>
    /// <param name="jobs">Evaluations at once.</param>
    /// <param name="cancellation">Ends it; what was fitted by then stays stored.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<FoldPredictions> Of(IReadOnlyList<FinishedTrial> candidates, int jobs, CancellationToken cancellation)
    {
        var found = _folds.Select(_ => new float[candidates.Count][]).ToArray();
        var missing = new List<(int Fold, int Candidate)>();
        for (var f = 0; f < _folds.Count; f++)
        {
            for (var c = 0; c < candidates.Count; c++)
            {
                if (store.FindPredictions(KeyOf(candidates[c], _folds[f])) is { } stored)
                {
                    found[f][c] = stored;
                }
                else
                {
                    missing.Add((f, c));
                }
            }
        }

        var outcomes = new Evaluation[missing.Count];
        Parallel.For(0, missing.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, jobs), CancellationToken = cancellation }, i =>
        {
            var (fold, candidate) = missing[i];
            var outcome = evaluator.Evaluate(WorkOf(candidates[candidate], _folds[fold]), candidates[candidate].Number, null, () => { }, cancellation);
            outcomes[i] = outcome.Evaluation;
            found[fold][candidate] = outcome.Predictions![^1];
            store.AddEvaluation(outcome.Evaluation);
            store.AddPredictions(outcome.Evaluation.Key, found[fold][candidate]);
        });
        Used = (outcomes.Sum(e => e.FitSeconds), outcomes.Sum(e => e.ScoreSeconds), outcomes.Length);
        return [.. _folds.Select((fold, f) => Rows(folds.Valid(fold), found[f]))];
    }

    private FoldPredictions Rows(int[] valid, float[][] candidates)
        => new(_table.Task, [.. valid.Select(r => _table.Target[r])], _table.Weights is null ? null : [.. valid.Select(r => _table.Weights[r])], _table.Outputs, candidates);

    private string KeyOf(FinishedTrial trial, FoldId fold) => evaluator.Key(WorkOf(trial, fold));

    private FoldWork WorkOf(FinishedTrial trial, FoldId fold)
        => new(experiment.Resolved.Trainers.First(t => t.Trainer.Info.Id == trial.Configuration.Trainer).Trainer, trial.Configuration, fold, 1, trial.Rounds);
}
