using TuneLab.Experiments.Search;

namespace TuneLab.Experiments.Running;

/// <summary>Reads how far a run has come.</summary>
internal static class ProgressMeter
{
    /// <summary>Now.</summary>
    public static RunProgress Read(SearchState state, ResolvedPlan plan, int folds, RunClock clock, RestMeter rest)
    {
        var counts = state.Counts;
        var planned = Planned(state, plan, folds);
        var fresh = counts.Total - counts.Cached;
        TimeSpan? remaining = clock.Left;
        (TimeSpan Low, TimeSpan High)? between = null;
        if (planned is not null && rest.Read(state.Finished) is var (forecast, at) && forecast.Left is { } left)
        {
            var median = Since(left.Median);
            if (!(clock.Left < median))
            {
                (remaining, between) = (median, (Since(left.Low), Since(left.High)));
            }

            TimeSpan Since(double seconds) => TimeSpan.FromSeconds(Math.Max(0, seconds - (clock.Elapsed - at).TotalSeconds));
        }
        else if (remaining is null && planned is { } all && fresh > 0)
        {
            remaining = clock.Elapsed * ((double)Math.Max(0, all - counts.Total) / fresh);
        }

        return new RunProgress(
            counts.Total, planned, counts.Cached, counts.Failed, counts.Pruned, state.Best?.Score ?? double.NaN, state.Baseline?.Score ?? double.NaN, plan.Metric, clock.Elapsed, remaining) { Between = between };
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
