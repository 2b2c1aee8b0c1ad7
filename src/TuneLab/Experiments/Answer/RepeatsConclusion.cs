using TuneLab.Analysis;
using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Experiments.Answer;

/// <summary>The answer for a program: confirm's repeats are all there is to judge by, so the verdict compares winner and default seed by seed. No model is left.</summary>
internal sealed class RepeatsConclusion(LoadedExperiment experiment, ITrialStore store) : IConclusion
{
    private Objective Objective => experiment.Resolved.Metric;

    private Expectation Expect => experiment.Resolved.Plan.Expect;

    /// <inheritdoc/>
    public (double Fit, double Score, int Computed, int Cached) Used => default;

    /// <inheritdoc/>
    public int Looks => 0;

    /// <inheritdoc/>
    public Answered Draw(IReadOnlyList<Finalist> finalists, FinishedTrial baseline, CancellationToken limit)
    {
        var best = Finalist.Ranked(finalists, Objective)[0];
        var rival = finalists.First(f => f.Trial.Configuration.Equals(baseline.Configuration));
        return new Answered(Describe(best), Describe(rival), Decide(best, rival), []);
    }

    private Verdict Decide(Finalist best, Finalist rival)
        => Expect.AtLeast is { } threshold ? VerdictRule.AtLeast(Objective, best.Repeats, threshold)
            : VerdictRule.Beats(Objective, best.Repeats, rival.Repeats, Expect.By, Expect.Relative, "the default");

    private Contender Describe(Finalist finalist)
    {
        var trial = finalist.Trial;
        var evaluations = store.FindEvaluations(trial.Evaluations).Values;
        var scores = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var metric in evaluations.SelectMany(e => e.Metrics).Distinct())
        {
            scores[metric] = evaluations.Average(e => e.Score(metric, e.Rounds.Length - 1));
        }

        return new Contender
        {
            Trainer = trial.Configuration.Trainer,
            Configuration = trial.Configuration,
            Settled = trial.Configuration,
            Trial = trial.Number,
            Rounds = trial.Rounds,
            Metric = Objective.Id,
            Validation = new ScoreSummary(trial.Score, Finalist.Spread(trial.Scores), trial.Scores.Length),
            Confirm = finalist.Summary,
            Holdout = null,
            Scores = scores,
        };
    }
}
