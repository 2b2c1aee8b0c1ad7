namespace TuneLab.Experiments.Running;

/// <summary>The time of one training that is under way: its limit, and what is said when it takes very long. Thread-safe.</summary>
internal sealed class FoldTimer : IDisposable
{
    private readonly FoldTimers _owner;
    private readonly string _what;
    private readonly string _trainer;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _over;
    private ITimer? _reminder;
    private long _begin;
    private TimeSpan _patience;
    private bool _disposed;

    public FoldTimer(FoldTimers owner, string what, string trainer)
        => (_owner, _what, _trainer, _over) = (owner, what, trainer, new CancellationTokenSource(Timeout.InfiniteTimeSpan, owner.Time));

    /// <summary>Cancelled when the training is over its limit.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>The training begins: what went before (a process, reading, encoding) does not count.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _begin = _owner.Time.GetTimestamp();
            if (_owner.Limit is { } limit)
            {
                _over.CancelAfter(limit);
                return;
            }

            _patience = _owner.Patience(_trainer);
            _reminder ??= _owner.Time.CreateTimer(_ => Remind(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _reminder.Change(_patience, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The training ended well: what it took is what others of its trainer are held against.</summary>
    public void Completed() => _owner.Add(_trainer, _owner.Time.GetElapsedTime(_begin));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _reminder?.Dispose();
            _over.Dispose();
        }
    }

    // a timer may fire while it is disposed
    private void Remind()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _owner.Note(_what, _trainer, _patience);
            var before = _patience;
            _patience *= 2;
            _reminder!.Change(_patience - before, Timeout.InfiniteTimeSpan);
        }
    }
}
