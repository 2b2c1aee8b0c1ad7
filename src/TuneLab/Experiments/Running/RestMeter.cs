using TuneLab.Experiments.Files;
using TuneLab.Experiments.Forecasting;
using TuneLab.Storage;

namespace TuneLab.Experiments.Running;

/// <summary>Forecasts, while a run goes on, what is left of it; again when a tenth more trials have ended, seldom enough to cost nothing, and not in its first seconds. Used by the run's thread.</summary>
/// <param name="plan">The settled plan.</param>
/// <param name="store">Has the evaluations.</param>
/// <param name="clock">The run's.</param>
internal sealed class RestMeter(ResolvedPlan plan, ITrialStore store, RunClock clock)
{
    private const int Fewest = 8;
    private const double More = 1.1;
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(3);

    // without the budget's time: what there is to do, not how long one may
    private readonly ExperimentPlan _plan = PlanJson.Settled(plan with { Plan = plan.Plan with { Budget = plan.Plan.Budget with { Time = null, Deadline = null } } });
    private readonly TrialCosts _costs = new(store);
    private (int Trials, TimeSpan At, Forecast? Forecast) _last;

    /// <summary>The forecast, and when it was made on the run's clock; null while it can't be made.</summary>
    /// <param name="finished">The trials that have ended, by number.</param>
    public (Forecast Forecast, TimeSpan At)? Read(IReadOnlyCollection<FinishedTrial> finished)
    {
        if (finished.Count >= Math.Max(Fewest, More * _last.Trials) && clock.Elapsed - _last.At >= Seldom)
        {
            _last = (finished.Count, clock.Elapsed, ExperimentForecast.Of(_plan, plan.Metric, _costs.Take(finished), null, DateTimeOffset.UnixEpoch));
        }

        return _last.Forecast is { Left: not null } forecast ? (forecast, _last.At) : null;
    }
}
