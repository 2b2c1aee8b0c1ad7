using TuneLab.Errors;
using TuneLab.Experiments.Files;
using TuneLab.Experiments.Search;
using TuneLab.Storage;

namespace TuneLab.Experiments.Forecasting;

/// <summary>Says from the store alone how long an experiment still takes: another process may be running it, or nobody.</summary>
public static class ExperimentForecast
{
    private const int Fewest = 5;

    /// <summary>The forecast of a stored experiment.</summary>
    /// <param name="store">Where it is.</param>
    /// <param name="record">It.</param>
    /// <param name="time">The clock, in whose time zone <c>budget.deadline</c> is meant.</param>
    /// <param name="budget">What it may take. <value>Null: the budget that it was created with.</value></param>
    public static Forecast Of(ITrialStore store, ExperimentRecord record, TimeProvider time, BudgetPlan? budget = null)
    {
        if (record.State == ExperimentState.Finished)
        {
            return Forecast.Not("it is finished");
        }

        if (Read(record.Plan) is not { } plan)
        {
            return Unreadable;
        }

        plan = budget is null ? plan : plan with { Budget = budget };
        return Of(plan, StoredObjective.Of(record), new TrialCosts(store).Take(store.Trials(record.Id)), TimeLimit(plan.Budget, record.ActiveSeconds, time), time.GetLocalNow(), OuterFoldsLeft.Of(plan, store, record));
    }

    /// <summary>The forecast of an experiment of which nothing is known but its plan: what its budget's time allows.</summary>
    /// <param name="plan">The plan as it is stored (<see cref="PlanJson.Write(ExperimentPlan)"/>).</param>
    /// <param name="time">As in <see cref="Of(ITrialStore, ExperimentRecord, TimeProvider, BudgetPlan?)"/>.</param>
    public static Forecast NotBegun(string plan, TimeProvider time) => Read(plan) is { } read ? Of(read, null, [], TimeLimit(read.Budget, 0, time), time.GetLocalNow()) : Unreadable;

    /// <summary>The same of what is in memory.</summary>
    /// <param name="plan">The settled plan.</param>
    /// <param name="objective">What ranks; null: unknown.</param>
    /// <param name="costs">The trials so far.</param>
    /// <param name="limit">Seconds that are left by its budget's time and deadline; null: there is no such limit.</param>
    /// <param name="now">The time now, of which its end is told.</param>
    /// <param name="outer">The searches of outer folds that belong to it. <value>Null: none, or they are not asked for.</value></param>
    internal static Forecast Of(ExperimentPlan plan, Metrics.Objective? objective, IReadOnlyList<TrialCost> costs, double? limit, DateTimeOffset now, OuterFoldsLeft? outer = null)
    {
        var measured = costs.Count(c => c.IsMeasured);
        if (measured < Fewest && limit is null)
        {
            return Forecast.Not(string.Create(CultureInfo.InvariantCulture, $"{measured} of the first {Fewest} trials have ended"));
        }

        if (measured < Fewest || new Forecaster(plan, objective, costs) is not { } forecaster || forecaster.Rest() is not { } rest)
        {
            return limit is { } only ? Limited(only, now) : Forecast.Not("nothing but the score limits it");
        }

        var spent = costs.Sum(c => c.Work) / forecaster.Jobs;
        return Capped(rest.All, limit, rest.Parts, forecaster.Jobs, now, spent, outer);
    }

    /// <summary>The forecast of an experiment that has not begun, from one fold of each trainer's default.</summary>
    /// <param name="plan">The settled plan.</param>
    /// <param name="foldSeconds">What the fold takes on all rows, by trainer.</param>
    /// <param name="jobs">Evaluations at once.</param>
    /// <param name="time">As in <see cref="Of(ITrialStore, ExperimentRecord, TimeProvider, BudgetPlan?)"/>.</param>
    internal static Forecast Before(ResolvedPlan plan, IReadOnlyDictionary<string, double> foldSeconds, int jobs, TimeProvider time)
    {
        // a fold of the default, timed on a part of the rows and rounds, says little yet of what is searched
        const double Rough = 0.5;
        const double Settled = 0.7;
        var folds = (plan.SplitKind == "given" ? 1 : Math.Max(1, plan.Plan.Validate.Folds)) * plan.Plan.Validate.Repeats;
        TrialCost[] costs = [.. plan.Trainers.Select((t, i) => new TrialCost(Default(t.Default, i, folds), foldSeconds[t.Trainer.Info.Id], t.Trainer.Info.RoundsOverfit ? Settled : 1, 0))];
        var settled = PlanJson.Settled(plan);
        var (limit, now) = (TimeLimit(settled.Budget, 0, time), time.GetLocalNow());
        if (new Forecaster(settled, null, costs, jobs, Rough).Rest() is not { } rest)
        {
            return limit is { } only ? Limited(only, now) : Forecast.Not("nothing but the score limits it");
        }

        var defaults = costs.Sum(c => c.FoldSeconds) * folds / jobs;
        var all = new SecondsLeft(rest.All.Median + defaults, rest.All.Low + defaults, rest.All.High + defaults);
        return Capped(all, limit, rest.Parts, jobs, now, 0, OuterFoldsLeft.Of(settled));
    }

    private static Forecast Unreadable => Forecast.Not("this version can't read its stored plan"); // no reason for a status to fail

    private static ExperimentPlan? Read(string plan)
    {
        try
        {
            return PlanReader.Read(plan, "plan.json");
        }
        catch (InputException)
        {
            return null;
        }
    }

    // as if its trial had ended: it is not searched any more
    private static FinishedTrial Default(Space.Configuration configuration, int number, int folds) => new()
    {
        Number = number, Stage = StagedSearch.DefaultsStage, Pass = 0, Configuration = configuration, Status = TrialStatus.Completed, Cached = true, Scores = new double[folds], Rows = 1, Rounds = 1,
        StartedSeconds = double.PositiveInfinity, FinishedSeconds = double.PositiveInfinity, FitSeconds = 0, ScoreSeconds = 0, Reason = "", Evaluations = [],
    };

    private static Forecast Limited(double seconds, DateTimeOffset now) => new(new SecondsLeft(seconds, seconds, seconds), null, now.AddSeconds(seconds), [], double.NaN);

    private static Forecast Capped(SecondsLeft all, double? limit, IReadOnlyList<ForecastPart> parts, double jobs, DateTimeOffset now, double spent, OuterFoldsLeft? outer)
    {
        if (outer?.Seconds(spent + all.Median, all) is { } folds)
        {
            all = new SecondsLeft(all.Median + folds.Median, all.Low + folds.Low, all.High + folds.High);
            parts = [.. parts, new ForecastPart("outer folds", 0, folds)];
        }

        var left = limit is { } most ? new SecondsLeft(Math.Min(most, all.Median), Math.Min(most, all.Low), Math.Min(most, all.High)) : all;
        return new Forecast(left, null, now.AddSeconds(left.Median), parts, jobs);
    }

    // what is left of the time budget and until the time of day at which all must be done
    private static double? TimeLimit(BudgetPlan budget, double activeSeconds, TimeProvider clock)
    {
        double? time = budget.Time is { } limit ? Math.Max(0, limit.TotalSeconds - activeSeconds) : null;
        if (budget.Deadline is { } deadline)
        {
            var now = clock.GetUtcNow();
            var seconds = (TimeOfDay.Next(deadline, now, clock.LocalTimeZone) - now).TotalSeconds;
            time = time < seconds ? time : seconds;
        }

        return time;
    }
}
