using TuneLab.Experiments.Files;
using TuneLab.Storage;

namespace TuneLab.Experiments.Forecasting;

/// <summary>Says from the store alone how long an experiment still takes: another process may be running it, or nobody.</summary>
public static class ExperimentForecast
{
    private const int Fewest = 5;

    /// <summary>The forecast of a stored experiment.</summary>
    /// <param name="store">Where it is.</param>
    /// <param name="record">It.</param>
    /// <param name="now">The time now, with the offset of the time zone that <c>budget.deadline</c> is meant in.</param>
    /// <param name="budget">What it may take. <value>Null: the budget that it was created with.</value></param>
    public static Forecast Of(ITrialStore store, ExperimentRecord record, DateTimeOffset now, BudgetPlan? budget = null)
    {
        if (record.State == ExperimentState.Finished)
        {
            return Forecast.Not("it is finished");
        }

        var plan = PlanReader.Read(record.Plan, "plan.json");
        plan = budget is null ? plan : plan with { Budget = budget };
        var trials = store.Trials(record.Id);
        return Of(plan, StoredObjective.Of(record), TrialCost.Of(trials, store.FindEvaluations([.. trials.SelectMany(t => t.Evaluations)])), record.ActiveSeconds, now);
    }

    /// <summary>The same of what is in memory.</summary>
    internal static Forecast Of(ExperimentPlan plan, Metrics.Objective? objective, IReadOnlyList<TrialCost> costs, double activeSeconds, DateTimeOffset now)
    {
        var limit = TimeLimit(plan.Budget, activeSeconds, now);
        var measured = costs.Count(c => c.IsMeasured);
        if (measured < Fewest && limit is null)
        {
            return Forecast.Not(string.Create(CultureInfo.InvariantCulture, $"{measured} of the first {Fewest} trials have ended"));
        }

        if (measured < Fewest || new Forecaster(plan, objective, costs) is not { } forecaster || forecaster.Rest() is not { } rest)
        {
            return limit is { } only ? new Forecast(new SecondsLeft(only, only, only), null, now.AddSeconds(only), [], double.NaN) : Forecast.Not("nothing but the time limits it");
        }

        var left = limit is { } most ? new SecondsLeft(Math.Min(most, rest.All.Median), Math.Min(most, rest.All.Low), Math.Min(most, rest.All.High)) : rest.All;
        return new Forecast(left, null, now.AddSeconds(left.Median), rest.Parts, forecaster.Jobs);
    }

    // what is left of the time budget and until the time of day at which all must be done
    private static double? TimeLimit(BudgetPlan budget, double activeSeconds, DateTimeOffset now)
    {
        double? time = budget.Time is { } limit ? Math.Max(0, limit.TotalSeconds - activeSeconds) : null;
        if (budget.Deadline is { } deadline)
        {
            var until = deadline.ToTimeSpan() - now.TimeOfDay;
            var seconds = (until < TimeSpan.Zero ? until + TimeSpan.FromDays(1) : until).TotalSeconds;
            time = time < seconds ? time : seconds;
        }

        return time;
    }
}
