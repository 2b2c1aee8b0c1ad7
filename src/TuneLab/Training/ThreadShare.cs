namespace TuneLab.Training;

/// <summary>
/// The threads of a process, shared by the fits that run now: each gets an equal part, and when fewer fits run than there are threads the rest join
/// them at their next round. Thread-safe.
/// </summary>
public sealed class ThreadShare
{
    private int _total;
    private int _active;

    /// <param name="total">How many threads in all, at least 1.</param>
    public ThreadShare(int total) => Resize(total);

    /// <summary>One thread, for a single fit.</summary>
    public static ThreadShare Single { get; } = new(1);

    /// <summary>How many threads a fit may use now, at least 1.</summary>
    public int Current => Math.Max(1, Volatile.Read(ref _total) / Math.Max(1, Volatile.Read(ref _active)));

    /// <summary>Gives out another number of threads from now on.</summary>
    /// <param name="total">How many threads in all, at least 1.</param>
    public void Resize(int total) => Volatile.Write(ref _total, Math.Max(1, total));

    /// <summary>Counts a fit as running until disposed.</summary>
    public IDisposable Enter()
    {
        Interlocked.Increment(ref _active);
        return new Leave(this);
    }

    private sealed class Leave(ThreadShare owner) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Interlocked.Decrement(ref owner._active);
            }
        }
    }
}
