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
    private readonly TimeSpan? _limit;
    private readonly DateTimeOffset? _deadline;

    /// <param name="time">The clock.</param>
    /// <param name="begin">When the process began (timestamp of <paramref name="time"/>).</param>
    /// <param name="activeBefore">Active seconds of earlier processes.</param>
    /// <param name="budget">Time and deadline.</param>
    /// <param name="latest">When all must be done whatever the budget says (<see cref="RunOptions.Deadline"/>). <value>Null.</value></param>
    /// <param name="sharing">How many searches share the time until the deadline; this one has an equal part. <value>1</value></param>
    public RunClock(TimeProvider time, long begin, double activeBefore, BudgetPlan budget, DateTimeOffset? latest = null, int sharing = 1)
    {
        (_time, _begin, _before) = (time, begin, activeBefore);
        if (budget.Time is { } limit)
        {
            _limit = limit - TimeSpan.FromSeconds(activeBefore);
        }

        if (budget.Deadline is { } deadline)
        {
            _deadline = TimeOfDay.Next(deadline, time.GetUtcNow(), time.LocalTimeZone);
        }

        OnlyCuts = _limit is null && _deadline is null;
        _deadline = _deadline < latest ? _deadline : latest ?? _deadline;
        if (_deadline is { } end && sharing > 1 && time.GetUtcNow() is var now && end > now)
        {
            _deadline = now + ((end - now) / sharing);
        }
    }

    /// <summary>Whether the budget knows no time: the limit, if there is one, came from outside, and time that is left over is not for the search.</summary>
    public bool OnlyCuts { get; }

    /// <summary>Whether a deadline limits and not <c>budget.time</c>.</summary>
    public bool DeadlineComesFirst => UntilDeadline is { } until && (_limit is null || until < _limit);

    /// <summary>The exit of a pass whose share of <see cref="Limit"/> is used.</summary>
    public StageExit TimeExit => DeadlineComesFirst ? StageExit.Deadline : StageExit.Time;

    /// <summary>The same in words.</summary>
    public string TimeReason => DeadlineComesFirst ? "its share of the time until the deadline is used" : "its share of the time is used";

    /// <summary>Since this process began.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_begin);

    /// <summary>Seconds over all resumptions.</summary>
    public double ActiveSeconds => _before + Elapsed.TotalSeconds;

    /// <summary>What is left of the time, or null when time does not limit; never negative.</summary>
    public TimeSpan? Left => Limit is { } limit ? TimeSpan.FromTicks(Math.Max(0, (limit - Elapsed).Ticks)) : null;

    /// <summary>The time that this process has in all, or null.</summary>
    public TimeSpan? Limit => DeadlineComesFirst ? UntilDeadline : _limit;

    // the time of day goes on while a held run's own clock stands, so this gets less
    private TimeSpan? UntilDeadline => _deadline is { } at ? at - _time.GetUtcNow() + Elapsed : null;
}
