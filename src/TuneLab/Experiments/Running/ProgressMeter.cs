using TuneLab.Experiments.Search;

namespace TuneLab.Experiments.Running;

/// <summary>Reads how far a run has come.</summary>
internal static class ProgressMeter
{
    /// <summary>Now.</summary>
    public static RunProgress Read(SearchState state, ResolvedPlan plan, int folds, RunClock clock)
    {
        var counts = state.Counts;
        var planned = Planned(state, plan, folds);
        var fresh = counts.Total - counts.Cached;
        TimeSpan? remaining = clock.Left;
        if (remaining is null && planned is { } all && fresh > 0)
        {
            remaining = clock.Elapsed * ((double)Math.Max(0, all - counts.Total) / fresh);
        }

        return new RunProgress(
            counts.Total, planned, counts.Cached, counts.Failed, counts.Pruned, state.Best?.Score ?? double.NaN, state.Baseline?.Score ?? double.NaN, plan.Metric, clock.Elapsed, remaining);
    }

    private static int? Planned(SearchState state, ResolvedPlan plan, int folds)
    {
        if (plan.Stages.Any(s => s.Name != "confirm" && s.Trials is null) || plan.Plan.Budget.Time is not null)
        {
            return null;
        }

        var confirm = plan.Stages[^1];
        var search = plan.Trainers.Count + plan.Stages.Where(s => s.Name != "confirm").Sum(s => Rungs.Planned(s, folds)!.Value);
        return Math.Max(state.Counts.Total, Math.Min(search, plan.Plan.Budget.Trials ?? int.MaxValue) + (confirm.Top + 1) * confirm.Repeats);
    }
}
