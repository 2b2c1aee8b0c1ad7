using TuneLab.Errors;
using TuneLab.Metrics;

namespace TuneLab.Experiments.Nested;

/// <summary>Runs the whole search once without each outer fold, as an experiment of its own, so that each is durable and resumed; the answers together are the verdict.</summary>
/// <param name="experiment">The experiment that asks for it.</param>
/// <param name="run">Runs an experiment of an outer fold.</param>
/// <param name="monitor">Is told what happens; null: nobody is.</param>
internal sealed class NestedSearch(LoadedExperiment experiment, Func<LoadedExperiment, IExperimentMonitor?, CancellationToken, ExperimentResult> run, IExperimentMonitor? monitor)
{
    private ExperimentPlan Plan => experiment.Resolved.Plan;

    /// <summary>The part of a time budget that each of the searches has, the one on all rows included.</summary>
    public static BudgetPlan Share(ExperimentPlan plan) => plan.Validate is { Nested: { } folds, Outer: null } ? plan.Budget with { Time = plan.Budget.Time / (folds + 1) } : plan.Budget;

    /// <summary>Runs those that are not through; fewer than all when it is stopped.</summary>
    public NestedSummary Run(CancellationToken stop)
    {
        var count = Plan.Validate.Nested!.Value;
        var folds = new List<NestedFold>();
        for (var outer = 1; outer <= count && !stop.IsCancellationRequested; outer++)
        {
            var plan = Plan with
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"{Plan.Name}, outer fold {outer} of {count}"),
                Validate = Plan.Validate with { Outer = outer },
                Budget = Share(Plan),
                Ensemble = false,
                Stages = experiment.Resolved.StagesAreAuto ? [] : Plan.Stages,
            };
            var own = experiment.Reloaded(plan);
            var name = string.Create(CultureInfo.InvariantCulture, $"outer {outer}/{count}");
            ExperimentResult result;
            try
            {
                result = run(own, monitor is null ? null : new NestedMonitor(monitor, name), stop);
            }
            catch (StoppedException)
            {
                break;
            }

            if (!result.Complete)
            {
                break;
            }

            var metric = Plan.Expect.Metric ?? experiment.Resolved.Metric.Id;
            folds.Add(new NestedFold(outer, own.Holdout.Length, result.Best.Trainer, result.Best.Scores[metric], result.Baseline.Scores[metric], result.Verdict.Effect, result.Verdict.By));
        }

        return new NestedSummary(folds, count);
    }

    /// <summary>What they say.</summary>
    public Verdict Decide(NestedSummary summary)
        => summary.Complete
            ? Analysis.VerdictRule.Nested(Plan.Expect.Metric is { } id ? MetricCatalog.Get(id, experiment.Table.Task) : (Metric)experiment.Resolved.Metric, Plan.Expect, [.. summary.Folds.Select(f => (f.Effect, f.By, f.Winner))])
            : Analysis.VerdictRule.Undecided(string.Create(CultureInfo.InvariantCulture, $"{summary.Folds.Count} of {summary.Of} outer folds are through, and all of them decide; the same command goes on with the others"), Plan.Expect.Relative ? double.NaN : Plan.Expect.By);
}
