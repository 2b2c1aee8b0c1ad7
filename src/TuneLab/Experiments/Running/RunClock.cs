using TuneLab.Experiments.Search;

namespace TuneLab.Experiments.Running;

/// <summary>
/// Measures a run: this process's part since it began, and the active time over all resumptions that <c>budget.time</c> counts. Thread-safe.
/// </summary>
internal sealed class RunClock
{
    private readonly TimeProvider _time;
    private readonly long _begin;
    private readonly double _before;
    private TimeSpan? _limit;

    /// <param name="time">The clock.</param>
    /// <param name="begin">When the process began (timestamp of <paramref name="time"/>).</param>
    /// <param name="activeBefore">Active seconds of earlier processes.</param>
    /// <param name="budget">Time and deadline.</param>
    /// <param name="deadline">When all must be done whatever the budget says (<see cref="RunOptions.Deadline"/>). <value>Null.</value></param>
    public RunClock(TimeProvider time, long begin, double activeBefore, BudgetPlan budget, DateTimeOffset? deadline = null)
    {
        (_time, _begin, _before) = (time, begin, activeBefore);
        if (budget.Time is { } limit)
        {
            _limit = limit - TimeSpan.FromSeconds(activeBefore);
        }

        if (budget.Deadline is { } daily)
        {
            var until = daily.ToTimeSpan() - time.GetLocalNow().TimeOfDay;
            EndBy((until < TimeSpan.Zero ? until + TimeSpan.FromDays(1) : until) + Elapsed);
        }

        OnlyCuts = _limit is null;
        if (deadline is { } moment)
        {
            EndBy(moment - time.GetUtcNow() + Elapsed);
        }
    }

    /// <summary>Whether the budget knows no time: the limit, if there is one, came from outside, and time that is left over is not for the search.</summary>
    public bool OnlyCuts { get; }

    /// <summary>Whether a deadline limits and not <c>budget.time</c>.</summary>
    public bool DeadlineComesFirst { get; private set; }

    /// <summary>The exit of a pass whose share of <see cref="Limit"/> is used.</summary>
    public StageExit TimeExit => DeadlineComesFirst ? StageExit.Deadline : StageExit.Time;

    /// <summary>The same in words.</summary>
    public string TimeReason => DeadlineComesFirst ? "its share of the time until the deadline is used" : "its share of the time is used";

    /// <summary>Since this process began.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_begin);

    /// <summary>Seconds over all resumptions.</summary>
    public double ActiveSeconds => _before + Elapsed.TotalSeconds;

    /// <summary>What is left of the time, or null when time does not limit; never negative.</summary>
    public TimeSpan? Left => _limit is { } limit ? TimeSpan.FromTicks(Math.Max(0, (limit - Elapsed).Ticks)) : null;

    /// <summary>The time that this process has in all, or null.</summary>
    public TimeSpan? Limit => _limit;

    private void EndBy(TimeSpan until)
    {
        if (_limit is null || until < _limit)
        {
            (DeadlineComesFirst, _limit) = (true, until < TimeSpan.Zero ? TimeSpan.Zero : until);
        }
    }
}
