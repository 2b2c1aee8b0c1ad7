using TuneLab.Experiments.Answer;
using TuneLab.Storage;

namespace TuneLab.Experiments.Forecasting;

/// <summary>What a finished trial tells about cost.</summary>
/// <param name="Trial">It.</param>
/// <param name="FoldSeconds">Mean seconds of learning and scoring of a fold that was trained as far as its fidelity lets it; NaN where there is none.</param>
/// <param name="Settled">The part of the rounds that were run which the settled count is, in (0, 1]: what confirm and the refits train again.</param>
/// <param name="Work">Seconds that were computed for it, on one job each: without folds from the cache and the rounds of a paused run that it went on from.</param>
/// <param name="Folds">Folds begun.</param>
internal sealed record TrialCost(FinishedTrial Trial, double FoldSeconds, double Settled, double Work, int Folds)
{
    /// <summary>The trainer's id.</summary>
    public string Trainer => Trial.Configuration.Trainer;

    /// <summary>Whether it tells what a whole fold takes.</summary>
    public bool IsMeasured => FoldSeconds > 0;

    /// <summary>Reads the costs of an experiment's trials.</summary>
    /// <param name="trials">In the order of their numbers.</param>
    /// <param name="evaluations">Their evaluations by key, as far as they are known.</param>
    public static IReadOnlyList<TrialCost> Of(IReadOnlyList<FinishedTrial> trials, IReadOnlyDictionary<string, Evaluation> evaluations)
    {
        var costs = new List<TrialCost>(trials.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var begun = new Dictionary<(string, double, int), (double Rounds, double Seconds)>();
        foreach (var trial in trials)
        {
            Evaluation[] folds = [.. trial.Evaluations.Select(evaluations.GetValueOrDefault).OfType<Evaluation>()];
            var first = !costs.Exists(c => c.Trainer == trial.Configuration.Trainer) && folds.Length > 2 ? 1 : 0; // the first fold of a process compiles the trainer
            Evaluation[] whole = trial.Status == TrialStatus.Failed ? [] : [.. folds[..^(trial.Status == TrialStatus.Pruned && folds.Length > 0 ? 1 : 0)].Skip(first)];
            var settled = trial.Rounds > 0 && whole.Length > 0 ? Math.Clamp(trial.Rounds / whole.Average(e => (double)e.Rounds[^1]), 0.02, 1) : 1;
            costs.Add(new TrialCost(trial, whole.Length == 0 ? double.NaN : whole.Average(Seconds), settled, Computed(trial, folds, seen, begun), Math.Max(1, folds.Length)));
        }

        return costs;
    }

    private static double Seconds(Evaluation fold) => fold.FitSeconds + fold.ScoreSeconds;

    private static double Computed(FinishedTrial trial, Evaluation[] folds, HashSet<string> seen, Dictionary<(string, double, int), (double Rounds, double Seconds)> begun)
    {
        if (trial.Cached)
        {
            return 0;
        }

        if (folds.Length == 0)
        {
            return trial.Status == TrialStatus.Failed ? trial.FinishedSeconds - trial.StartedSeconds : trial.FitSeconds + trial.ScoreSeconds;
        }

        var work = 0.0;
        for (var i = 0; i < folds.Length; i++)
        {
            if (!seen.Add(folds[i].Key))
            {
                continue; // the same fold in a trial with more folds
            }

            // a run that goes on counts what it took before
            var (run, seconds) = ((trial.Configuration.Canonical, trial.Rows, trial.Stage == Confirmation.Stage ? -1 - i : i), Seconds(folds[i]));
            work += seconds - (begun.TryGetValue(run, out var before) && before.Rounds < trial.RoundFraction ? Math.Min(before.Seconds, seconds) : 0);
            begun[run] = (trial.RoundFraction, seconds);
        }

        return work;
    }
}
