namespace TuneLab.Storage.Sqlite;

/// <summary>
/// Forces what was committed to the disk, half a second after the first commit that is not there yet. SQLite with <c>synchronous = NORMAL</c> leaves commits to the operating system,
/// where they survive the process but not a power cut, until the next checkpoint; an fsync of the write-ahead log is all that is missing, and it needs neither a connection nor a lock.
/// </summary>
internal sealed class WalFlusher : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(0.5);

    private readonly string _log;
    private readonly ITimer _timer;
    private int _armed;
    private int _flushes;

    /// <param name="log">The write-ahead log's path.</param>
    /// <param name="time">Whose timer is used.</param>
    public WalFlusher(string log, TimeProvider time)
    {
        _log = log;
        _timer = time.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How often the log was forced to the disk.</summary>
    public int Flushes => Volatile.Read(ref _flushes);

    /// <summary>Says that something was committed.</summary>
    public void Committed()
    {
        if (Interlocked.Exchange(ref _armed, 1) == 0)
        {
            _timer.Change(Delay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Flush()
    {
        Volatile.Write(ref _armed, 0); // before the flush: a commit during it asks for the next one
        try
        {
            using var file = File.OpenHandle(_log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(file);
            Interlocked.Increment(ref _flushes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No log: a checkpoint has put everything into the database. A disk that fails is reported by the next commit.
        }
    }
}
