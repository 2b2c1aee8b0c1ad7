using System.Runtime.ExceptionServices;
using TuneLab.Analysis;
using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.Experiments.Running;
using TuneLab.Experiments.Search;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Storage;

namespace TuneLab.Experiments.Answer;

/// <summary>The answer: winner, baseline and verdict, and the models to keep, best first.</summary>
internal sealed record Answered(Contender Best, Contender Baseline, Verdict Verdict, IReadOnlyList<FinalModel> Models);

/// <summary>Draws the answer: the winner by confirm, refits on all training rows, holdout scores, verdict.</summary>
internal sealed class Conclusion(LoadedExperiment experiment, SearchState state, FinalFits finals, ITrialStore store, long id, RunOptions options) : IConclusion
{
    private readonly Seed _seed = new Seed((ulong)experiment.Resolved.Plan.Seed).Child("bootstrap");

    private Metric Objective => (Metric)experiment.Resolved.Metric;

    private LearningTask Task => experiment.Table.Task;

    private Expectation Expect => experiment.Resolved.Plan.Expect;

    // a percentage is one of the rival's score, which there is none of where this is asked
    private double By => Expect.Relative ? double.NaN : Expect.By;

    /// <inheritdoc/>
    public (double Fit, double Score, int Computed, int Cached) Used => finals.Used;

    /// <inheritdoc/>
    public int Looks => experiment.Holdout.Length == 0 ? 0 : store.Looks(finals.HoldoutKey).Count;

    /// <inheritdoc/>
    public Answered Draw(IReadOnlyList<Finalist> finalists, FinishedTrial baseline, CancellationToken limit)
    {
        var ranked = Finalist.Ranked(finalists, Objective);
        var keep = Math.Max(1, Math.Min(experiment.Resolved.Plan.Output.KeepModels, ranked.Count));
        var rival = Rival(ranked[0].Trial, baseline);
        var subject = Expect.Trainer is { } judges ? BestOf(judges) : ranked[0].Trial;
        var judged = experiment.Holdout.Length > 0;

        // every one of them is an independent fit
        var wanted = ranked.Take(keep).Select(f => (f.Trial, Model: true)).ToList();
        if (judged)
        {
            foreach (var trial in new[] { baseline, subject, rival }.OfType<FinishedTrial>().Where(t => !wanted.Exists(w => Same(w.Trial, t))))
            {
                wanted.Add((trial, false));
            }
        }

        var fitted = new FinalModel[wanted.Count];
        try
        {
            Parallel.For(0, wanted.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Jobs) }, i => fitted[i] = finals.Fit(wanted[i].Trial, wanted[i].Model, limit));
        }
        catch (AggregateException) when (limit.IsCancellationRequested)
        {
            throw new NoAnswerException("The final fit on all training rows did not end in time.", "Raise budget.time (or budget.trial_time) and run again: it goes on from here. With output.refit: false the model is fitted on fewer rows.");
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); // what went wrong, not that something did
        }

        var best = Describe(ranked[0], fitted[0]);
        var baselineFit = fitted.FirstOrDefault(f => Same(f.Trial, baseline));
        var verdict = !judged
            ? VerdictRule.Undecided("no rows were held out (validate.holdout is 0), so nothing unseen can decide it", By)
            : Decide(Fitted(subject), Fitted(rival), finalists);
        return new Answered(best, Describe(finalists.First(f => Same(f.Trial, baseline)), baselineFit), verdict, [.. fitted.Take(keep)]);

        FinalModel? Fitted(FinishedTrial? trial) => trial is null ? null : fitted.First(f => Same(f.Trial, trial));
    }

    private static bool Same(FinishedTrial a, FinishedTrial b) => a.Configuration.Equals(b.Configuration) && a.Rounds == b.Rounds;

    private Verdict Decide(FinalModel? subject, FinalModel? rival, IReadOnlyList<Finalist> finalists)
    {
        var metric = Expect.Metric is { } id ? MetricCatalog.Get(id, Task) : Objective;
        if (subject is null)
        {
            return VerdictRule.Undecided($"no trial of '{Expect.Trainer}' on all rows was completed", By);
        }

        if (Expect.AtLeast is { } threshold)
        {
            return VerdictRule.AtLeast(metric, PairedBootstrap.Single(metric, subject.Holdout!, _seed, threads: options.Threads), threshold, Expect.Subject);
        }

        if (rival is null)
        {
            return VerdictRule.Undecided($"there is no trial of '{Expect.Rival}' to compare with", By);
        }

        var effect = PairedBootstrap.Run(metric, subject.Holdout!, rival.Holdout!, _seed, threads: options.Threads);
        var name = Expect.Rival switch { Expectation.Default => "the default", Expectation.Winner => "the winner", var other => other! };
        var verdict = Expect.Within is { } most ? VerdictRule.Within(effect, most, Expect.Relative, name, Expect.Subject) : VerdictRule.Beats(effect, Expect.By, Expect.Relative, name, Expect.Subject);
        verdict = verdict with { Tests = [.. SupportingTests.OnHoldout(metric, subject.Holdout!, rival.Holdout!, verdict.By), .. SupportingTests.OnFreshSplits(metric, Confirmed(subject), Confirmed(rival), verdict.By, store)] };
        return Expect.FasterBy is { } factor ? VerdictRule.Both(verdict, SpeedRule.Faster(FitSeconds(subject), FitSeconds(rival), factor, Expect.Subject, name)) : verdict;

        IReadOnlyList<FinishedTrial> Confirmed(FinalModel model) => finalists.FirstOrDefault(f => Same(f.Trial, model.Trial))?.Confirmed ?? [];
    }

    // fold by fold, of the search
    private double[] FitSeconds(FinalModel model)
    {
        var evaluations = store.FindEvaluations(model.Trial.Evaluations);
        return [.. model.Trial.Evaluations.Select(key => Math.Max(evaluations[key].FitSeconds, 1e-6))];
    }

    private FinishedTrial? BestOf(string trainer) => state.Full().FirstOrDefault(t => t.Configuration.Trainer == trainer);

    /// <summary>The trial to compare with; null when a score is to be reached, or when the rival has none.</summary>
    private FinishedTrial? Rival(FinishedTrial winner, FinishedTrial baseline) => Expect.Rival switch
    {
        null => null,
        Expectation.Default => baseline,
        Expectation.Winner => winner,
        _ when RivalExperiment.IsNamed(experiment.Resolved) => RivalExperiment.Winner(experiment, store, id),
        var trainer => BestOf(trainer),
    };

    private Contender Describe(Finalist finalist, FinalModel? fitted)
    {
        var trial = finalist.Trial;
        var scores = new SortedDictionary<string, double>(StringComparer.Ordinal);
        HoldoutScore? holdout = null;
        if (fitted?.Holdout is { } predictions)
        {
            foreach (var metric in MetricCatalog.ForTask(Task))
            {
                scores[metric.Id] = metric.Score(predictions);
            }

            holdout = PairedBootstrap.Single(Objective, predictions, _seed, threads: options.Threads).Interval;
        }
        else
        {
            var evaluations = store.FindEvaluations(trial.Evaluations);
            foreach (var metric in MetricCatalog.ForTask(Task))
            {
                scores[metric.Id] = trial.Evaluations.Select(k => evaluations[k]).Average(e => e.Score(metric.Id, RoundChoice.Checkpoint(e, trial.Rounds)));
            }
        }

        return new Contender
        {
            Trainer = trial.Configuration.Trainer,
            Configuration = trial.Configuration,
            Settled = experiment.Resolved.Trainers.First(t => t.Trainer.Info.Id == trial.Configuration.Trainer).Trainer.Info.Settled(trial.Configuration, trial.Rounds),
            Trial = trial.Number,
            Rounds = trial.Rounds,
            Metric = Objective.Id,
            Validation = new ScoreSummary(trial.Score, Finalist.Spread(trial.Scores), trial.Scores.Length),
            Confirm = finalist.Summary,
            Holdout = holdout,
            OutOfBag = fitted?.OutOfBag,
            Scores = scores,
        };
    }
}
