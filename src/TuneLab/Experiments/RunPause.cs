using TuneLab.Experiments.Running;

namespace TuneLab.Experiments;

/// <summary>
/// Holds a run still and lets it go on. While it is held no fold begins, fits wait before their next rounds, child processes are suspended, and the run's clock stands, so neither budgets nor limits
/// count the time; what comes out is the same as without the pause. Several may hold it at once: it goes on when the last of them lets go.
/// </summary>
/// <param name="time">The clock of the world around.</param>
/// <threadsafety>Thread-safe.</threadsafety>
public sealed class RunPause(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<string> _reasons = [];
    private readonly ManualResetEventSlim _open = new(true);
    private readonly StandingClock _clock = new(time);

    /// <summary>Is called on the holder's thread when the run is held, with the reason.</summary>
    public event Action<string>? Held;

    /// <summary>Is called on the holder's thread when it goes on.</summary>
    public event Action? Released;

    /// <summary>The run's clock: timestamps and timers stand while it is held; the time of day goes on.</summary>
    public TimeProvider Clock => _clock;

    /// <summary>Whether it is held.</summary>
    public bool IsHeld => !_open.IsSet;

    /// <summary>Holds it.</summary>
    /// <param name="reason">Why, in words; names the holder: the same reason twice holds once.</param>
    public void Hold(string reason)
    {
        lock (_lock)
        {
            if (_reasons.Contains(reason))
            {
                return;
            }

            _reasons.Add(reason);
            if (_reasons.Count > 1)
            {
                return;
            }

            _open.Reset();
            _clock.Stand();
            Held?.Invoke(reason);
        }
    }

    /// <summary>Lets go; nothing happens when that reason does not hold it.</summary>
    public void Release(string reason)
    {
        lock (_lock)
        {
            if (!_reasons.Remove(reason) || _reasons.Count > 0)
            {
                return;
            }

            Released?.Invoke();
            _clock.GoOn();
            _open.Set();
        }
    }

    /// <summary>Returns at once when it is not held, else when it goes on.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Wait(CancellationToken cancellation) => _open.Wait(cancellation);

    /// <inheritdoc/>
    public void Dispose() => _open.Dispose();
}
