using TuneLab.Errors;
using TuneLab.Metrics;

namespace TuneLab.Experiments.Nested;

/// <summary>Runs the whole search once without each outer fold, as an experiment of its own, so that each is durable and resumed; the answers together are the verdict.</summary>
/// <param name="experiment">The experiment that asks for it.</param>
/// <param name="run">Runs an experiment of an outer fold.</param>
/// <param name="monitor">Is told what happens; null: nobody is.</param>
internal sealed class NestedSearch(LoadedExperiment experiment, Func<LoadedExperiment, IExperimentMonitor?, CancellationToken, ExperimentResult> run, IExperimentMonitor? monitor)
{
    /// <summary>With fewer outer folds than this that came to an answer nothing is decided where others failed.</summary>
    public const int FewestFolds = 3;

    private ExperimentPlan Plan => experiment.Resolved.Plan;

    /// <summary>The part of a time budget that each of the searches has, the one on all rows included.</summary>
    public static BudgetPlan Share(ExperimentPlan plan) => plan.Validate is { Nested: { } folds, Outer: null } ? plan.Budget with { Time = plan.Budget.Time / (folds + 1) } : plan.Budget;

    /// <summary>How many searches share the time from the beginning of a plan's own until a deadline, itself included: with outer folds those that come after it.</summary>
    public static int Sharing(ExperimentPlan plan) => plan.Validate is { Nested: { } folds } ? folds + 1 - (plan.Validate.Outer ?? 0) : 1;

    /// <summary>The name of the experiment of an outer fold.</summary>
    /// <param name="plan">The plan of the one that asks for it.</param>
    /// <param name="outer">From 1.</param>
    public static string Name(ExperimentPlan plan, int outer) => string.Create(CultureInfo.InvariantCulture, $"{plan.Name}, outer fold {outer} of {plan.Validate.Nested}");

    /// <summary>Runs those that are not through; fewer than all when it is stopped.</summary>
    public NestedSummary Run(CancellationToken stop)
    {
        var count = Plan.Validate.Nested!.Value;
        var (folds, failures) = (new List<NestedFold>(), new List<NestedFailure>());
        for (var outer = 1; outer <= count && !stop.IsCancellationRequested; outer++)
        {
            var plan = Plan with
            {
                Name = Name(Plan, outer),
                Validate = Plan.Validate with { Outer = outer },
                Budget = Share(Plan),
                Ensemble = false,
                Stages = experiment.Resolved.StagesAreAuto ? [] : Plan.Stages,
            };
            var name = string.Create(CultureInfo.InvariantCulture, $"outer {outer}/{count}");
            LoadedExperiment own;
            ExperimentResult result;
            try
            {
                own = Reloaded(plan);
                result = run(own, monitor is null ? null : new NestedMonitor(monitor, name), stop);
            }
            catch (StoppedException)
            {
                break;
            }
            catch (NoAnswerException e)
            {
                var reason = string.Join(' ', e.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
                failures.Add(new NestedFailure(outer, reason));
                monitor?.Note($"{name}: {reason}");
                continue;
            }

            if (!result.Complete)
            {
                break;
            }

            var metric = Plan.Expect.Metric ?? experiment.Resolved.Metric.Id;
            folds.Add(new NestedFold(outer, own.Holdout.Length, result.Best.Trainer, result.Best.Scores[metric], result.Baseline.Scores[metric], result.Verdict.Effect, result.Verdict.By)
            {
                Faster = Plan.Expect.FasterBy is null ? null : result.Verdict.Tests.FirstOrDefault(t => t.Id == Analysis.SpeedRule.Id)?.Effect ?? double.NaN,
            });
        }

        return new NestedSummary(folds, count) { Failures = failures };
    }

    /// <summary>What they say.</summary>
    public Verdict Decide(NestedSummary summary)
    {
        var by = Plan.Expect.Relative ? double.NaN : Plan.Expect.By;
        if (!summary.Complete)
        {
            return Analysis.VerdictRule.Undecided(string.Create(CultureInfo.InvariantCulture, $"{summary.Folds.Count} of {summary.Of} outer folds are through, and all of them decide; the same command goes on with the others"), by);
        }

        var left = string.Join("; ", summary.Failures.Select(f => string.Create(CultureInfo.InvariantCulture, $"outer fold {f.Fold} of {summary.Of} failed ({f.Reason})")));
        if (summary.Failures.Count > 0 && summary.Folds.Count < FewestFolds)
        {
            return Analysis.VerdictRule.Undecided(string.Create(CultureInfo.InvariantCulture, $"{left}; {summary.Folds.Count} of {summary.Of} outer folds came to an answer, and where one fails it takes {FewestFolds}"), by);
        }

        var metric = Plan.Expect.Metric is { } id ? MetricCatalog.Get(id, experiment.Table.Task) : (Metric)experiment.Resolved.Metric;
        var verdict = Analysis.VerdictRule.Nested(metric, Plan.Expect, summary.Folds, TestTrainRatio(summary));
        return summary.Failures.Count == 0 ? verdict : verdict with { Sentence = verdict.Sentence.TrimEnd('.') + $"; decided without what failed: {left}." };
    }

    private LoadedExperiment Reloaded(ExperimentPlan plan)
    {
        try
        {
            return experiment.Reloaded(plan);
        }
        catch (InputException e)
        {
            throw new NoAnswerException(e.Message, e.Hint); // without the fold too few rows are left, say
        }
    }

    // along time the first searches have fewer rows than the last ones
    private double TestTrainRatio(NestedSummary summary)
        => experiment.Resolved.SplitKind == "time" ? summary.Folds.Average(f => 1.0 / f.Fold) : 1.0 / (summary.Of - 1);
}
