namespace TuneLab.Scheduling.Worker;

/// <summary>A clock that is never set back: where the other one is, this one goes on from where it was, and is ahead of it from then on. What is set forward, or slept through, it shows. Any thread.</summary>
/// <param name="time">The other one.</param>
internal sealed class ForwardClock(TimeProvider time) : TimeProvider
{
    private readonly Lock _reading = new();
    private DateTimeOffset _last = DateTimeOffset.MinValue;
    private TimeSpan _ahead;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_reading)
        {
            var now = time.GetUtcNow();
            _ahead += now < _last ? _last - now : TimeSpan.Zero;
            _last = now;
            return now + _ahead;
        }
    }

    /// <summary>How far it is ahead of the other one.</summary>
    public TimeSpan Ahead
    {
        get
        {
            lock (_reading)
            {
                return _ahead;
            }
        }
    }

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}
