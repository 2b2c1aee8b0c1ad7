namespace TuneLab.Experiments.Running;

/// <summary>A clock whose timestamps and timers can be made to stand; its time of day is the world's. Thread-safe.</summary>
/// <param name="time">The clock of the world.</param>
internal sealed class StandingClock(TimeProvider time) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<StandingTimer> _timers = [];
    private long _stood;
    private long? _since;

    /// <inheritdoc/>
    public override long TimestampFrequency => time.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return Now();
        }
    }

    /// <summary>Stands from now on.</summary>
    public void Stand()
    {
        lock (_lock)
        {
            if (_since is null)
            {
                _since = time.GetTimestamp();
                foreach (var timer in _timers)
                {
                    timer.Stand();
                }
            }
        }
    }

    /// <summary>Goes on.</summary>
    public void GoOn()
    {
        lock (_lock)
        {
            if (_since is { } since)
            {
                _stood += time.GetTimestamp() - since;
                _since = null;
                foreach (var timer in _timers)
                {
                    timer.GoOn();
                }
            }
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new StandingTimer(this, callback, state);
        lock (_lock)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    private long Now() => (_since ?? time.GetTimestamp()) - _stood;

    // due times are timestamps of the standing clock, so that they need no change when it stands
    private sealed class StandingTimer : ITimer
    {
        private readonly StandingClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _inner;
        private long? _due;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public StandingTimer(StandingClock clock, TimerCallback callback, object? state)
        {
            (_clock, _callback, _state) = (clock, callback, state);
            _inner = clock.World.CreateTimer(_ => Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_clock._lock)
            {
                _due = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.Now() + (long)(dueTime.TotalSeconds * _clock.TimestampFrequency);
                _period = period;
                return _clock._since is not null || Arm();
            }
        }

        public void Stand() => _inner.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public void GoOn() => Arm();

        public void Dispose()
        {
            lock (_clock._lock)
            {
                _clock._timers.Remove(this);
                _due = null;
            }

            _inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private bool Arm()
        {
            var left = _due is { } due ? TimeSpan.FromSeconds((due - _clock.Now()) / (double)_clock.TimestampFrequency) : Timeout.InfiniteTimeSpan;
            return _inner.Change(_due is not null && left < TimeSpan.Zero ? TimeSpan.Zero : left, Timeout.InfiniteTimeSpan);
        }

        private void Run()
        {
            lock (_clock._lock)
            {
                if (_due is not { } due || _clock._since is not null)
                {
                    return; // changed, or the clock stands: it is armed again when that goes on
                }

                if (_clock.Now() < due)
                {
                    Arm(); // the world's timers are coarser than its timestamps
                    return;
                }

                _due = _period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero ? null : due + (long)(_period.TotalSeconds * _clock.TimestampFrequency);
                Arm();
            }

            _callback(_state);
        }
    }

    private TimeProvider World => time;
}
