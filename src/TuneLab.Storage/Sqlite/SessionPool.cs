using System.Collections.Concurrent;

namespace TuneLab.Storage.Sqlite;

/// <summary>Reading connections, as many as are in use at once, kept for the next reader.</summary>
internal sealed class SessionPool(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _disposed;

    /// <summary>A session of the caller's own until <see cref="Return"/>.</summary>
    public SqliteSession Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteTrialStore));
        return _idle.TryTake(out var session) ? session : new SqliteSession(path, create: false);
    }

    public void Return(SqliteSession session)
    {
        _idle.Add(session);
        if (_disposed)
        {
            Drain(); // whoever comes last, this or Dispose, closes it
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        Drain();
    }

    private void Drain()
    {
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
