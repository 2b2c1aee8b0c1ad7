using TuneLab.Experiments.Answer;
using TuneLab.Storage;

namespace TuneLab.Experiments.Forecasting;

/// <summary>The costs of an experiment's trials, read from the store as they finish. Used by one thread.</summary>
/// <param name="store">Has their evaluations.</param>
internal sealed class TrialCosts(ITrialStore store)
{
    private readonly List<TrialCost> _costs = [];
    private readonly HashSet<int> _taken = [];
    private readonly HashSet<string> _trainers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folds = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Configuration, double Rows, int Fold), (double Rounds, double Seconds)> _begun = [];

    /// <summary>Takes in the trials that are new, in the order of their numbers.</summary>
    /// <returns>The costs of all so far.</returns>
    public IReadOnlyList<TrialCost> Take(IEnumerable<FinishedTrial> trials)
    {
        FinishedTrial[] fresh = [.. trials.Where(t => _taken.Add(t.Number))];
        if (fresh.Length > 0)
        {
            var evaluations = store.FindEvaluations([.. fresh.SelectMany(t => t.Evaluations)]);
            _costs.AddRange(fresh.Select(t => Of(t, [.. t.Evaluations.Select(evaluations.GetValueOrDefault).OfType<Evaluation>()])));
        }

        return _costs;
    }

    private TrialCost Of(FinishedTrial trial, Evaluation[] folds)
    {
        // the first fold of a process compiles its trainer; the last one of a pruned trial may not be whole
        var first = _trainers.Add(trial.Configuration.Trainer) && folds.Length > 2 ? 1 : 0;
        Evaluation[] whole = trial.Status == TrialStatus.Failed ? [] : [.. folds.SkipLast(trial.Status == TrialStatus.Pruned ? 1 : 0).Skip(first)];
        var settled = trial.Rounds > 0 && whole.Length > 0 ? Math.Clamp(trial.Rounds / whole.Average(e => (double)e.Rounds[^1]), 0.02, 1) : 1;
        return new TrialCost(trial, whole.Length == 0 ? double.NaN : whole.Average(Seconds), settled, Work(trial, folds));
    }

    private static double Seconds(Evaluation fold) => fold.FitSeconds + fold.ScoreSeconds;

    private double Work(FinishedTrial trial, Evaluation[] folds)
    {
        if (trial.Cached || folds.Length == 0)
        {
            return trial.Cached ? 0 : trial.Status == TrialStatus.Failed ? trial.FinishedSeconds - trial.StartedSeconds : trial.FitSeconds + trial.ScoreSeconds;
        }

        var work = 0.0;
        for (var i = 0; i < folds.Length; i++)
        {
            if (!_folds.Add(folds[i].Key))
            {
                continue; // the same fold in a trial with fewer folds
            }

            // a run that goes on counts what it took before
            var (run, seconds) = ((trial.Configuration.Canonical, trial.Rows, trial.Stage == Confirmation.Stage ? -1 - i : i), Seconds(folds[i]));
            work += seconds - (_begun.TryGetValue(run, out var before) && before.Rounds < trial.RoundFraction ? Math.Min(before.Seconds, seconds) : 0);
            _begun[run] = (trial.RoundFraction, seconds);
        }

        return work;
    }
}
