using Microsoft.Data.Sqlite;
using TuneLab.Errors;

namespace TuneLab.Storage.Sqlite;

/// <summary>
/// One open SQLite file with a write-ahead log: one writing connection behind a lock, a reading connection per thread that reads, so reads neither wait for writes nor hold them up.
/// A commit is in the operating system's hands when the method returns and on the disk within a second. Thread-safe.
/// </summary>
internal sealed class StoreFile : IDisposable
{
    private readonly Lock _writing = new();
    private readonly SqliteSession _writer;
    private readonly SessionPool _readers;
    private readonly WalFlusher _flusher;
    private bool _disposed;

    private StoreFile(string path, TimeProvider time, SqliteSession writer)
    {
        Location = path;
        _writer = writer;
        _readers = new SessionPool(path);
        _flusher = new WalFlusher(path + "-wal", time);
    }

    /// <summary>The file, absolute.</summary>
    public string Location { get; }

    /// <summary>How often the log was forced to the disk; see <see cref="WalFlusher"/>.</summary>
    public int Flushes => _flusher.Flushes;

    /// <summary>Opens the store, created with its folder when there is none; a store of an older version is brought to this one's schema.</summary>
    /// <param name="path">The file; relative to the current folder.</param>
    /// <param name="time">For the timer that forces commits to the disk.</param>
    /// <exception cref="InputException">It can't be created or written, is no TuneLab store, is damaged, or was written by a newer version.</exception>
    public static StoreFile Open(string path, TimeProvider time)
    {
        var file = Resolve(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.NotWritable(file, e);
        }

        return Connect(file, time, create: true);
    }

    /// <summary>Opens a store that is there, for verbs that only read.</summary>
    /// <inheritdoc cref="Open"/>
    /// <exception cref="InputException">There is none, or as for <see cref="Open"/>.</exception>
    public static StoreFile OpenExisting(string path, TimeProvider time)
    {
        var file = Resolve(path);
        return File.Exists(file) ? Connect(file, time, create: false)
            : throw new InputException($"There is no store at '{file}'.", "Run an experiment first: 'tunelab run FILE' makes the store; or name another with --store.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            if (!_disposed)
            {
                _disposed = true;
                _flusher.Dispose();
                _readers.Dispose();
                _writer.Dispose(); // the last connection to close moves the log into the database and syncs it
            }
        }
    }

    private static string Resolve(string path)
    {
        var file = Path.GetFullPath(path);
        if (Directory.Exists(file))
        {
            throw new InputException($"The store '{file}' is a folder.", $"Name a file, for example '{Path.Combine(file, "tunelab.db")}'.");
        }

        // Two names of one file share one log and one set of locks.
        return File.Exists(file) ? File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file : file;
    }

    private static StoreFile Connect(string file, TimeProvider time, bool create)
    {
        try
        {
            var session = new SqliteSession(file, create);
            try
            {
                if (session.IsReadOnly)
                {
                    throw SqliteErrors.NotWritable(file, null);
                }

                SchemaMigrator.Migrate(session, file);
                return new StoreFile(file, time, session);
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Explain(e, file);
        }
    }

    /// <summary>Lets nobody of this process write until the handle is disposed, by the same thread: then no transaction is under way that another process would wait for.</summary>
    public IDisposable HoldWrites()
    {
        _writing.Enter();
        return new HeldWrites(_writing);
    }

    /// <summary>Reads on a connection of its own.</summary>
    /// <exception cref="InputException">The file is damaged or can't be reached.</exception>
    public T Read<T>(Func<SqliteSession, T> read)
    {
        try
        {
            var session = _readers.Rent();
            try
            {
                return read(session);
            }
            finally
            {
                _readers.Return(session);
            }
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Explain(e, Location);
        }
    }

    /// <summary>Writes, one writer at a time.</summary>
    /// <exception cref="InputException">The file is damaged, can't be written, or the disk is full.</exception>
    public T Write<T>(Func<SqliteSession, T> write)
    {
        try
        {
            lock (_writing)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                var result = write(_writer);
                _flusher.Committed();
                return result;
            }
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Explain(e, Location);
        }
    }

    private sealed class HeldWrites(Lock writing) : IDisposable
    {
        public void Dispose() => writing.Exit();
    }
}
