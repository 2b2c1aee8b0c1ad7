using TuneLab.Errors;
using TuneLab.Storage.Sqlite;

namespace TuneLab.Storage;

/// <summary>
/// The store in one SQLite file with a write-ahead log: reads neither wait for writes nor hold them up. A commit is in the operating system's hands when the method returns and on the disk within a
/// second. Not for network shares: the log needs shared memory and the locks need a local disk.
/// </summary>
public sealed partial class SqliteTrialStore : ITrialStore
{
    private readonly StoreFile _file;
    private readonly TimeProvider _time;

    private SqliteTrialStore(StoreFile file, TimeProvider time) => (_file, _time) = (file, time);

    /// <inheritdoc/>
    public string Location => _file.Location;

    /// <inheritdoc/>
    public int SchemaVersion => SqlText.SchemaVersion;

    /// <summary>How often the log was forced to the disk; see <see cref="WalFlusher"/>.</summary>
    internal int Flushes => _file.Flushes;

    /// <summary>Opens the store, created with its folder when there is none; a store of an older version is brought to this one's schema.</summary>
    /// <param name="path">The file; relative to the current folder.</param>
    /// <param name="time">For instants in records and for the timer that forces commits to the disk.</param>
    /// <exception cref="InputException">It can't be created or written, is no TuneLab store, is damaged, or was written by a newer version.</exception>
    public static SqliteTrialStore Open(string path, TimeProvider time) => new(StoreFile.Open(path, time), time);

    /// <summary>Opens a store that is there, for verbs that only read.</summary>
    /// <inheritdoc cref="Open"/>
    /// <exception cref="InputException">There is none, or as for <see cref="Open"/>.</exception>
    public static SqliteTrialStore OpenExisting(string path, TimeProvider time) => new(StoreFile.OpenExisting(path, time), time);

    /// <inheritdoc/>
    public IDisposable? TryLock(long experiment) => ProcessLock.TryTake(Location, experiment.ToString(CultureInfo.InvariantCulture));

    /// <summary>Lets nobody write through this object until the handle is disposed, by the same thread: a process that is suspended meanwhile holds up no other one.</summary>
    public IDisposable HoldWrites() => _file.HoldWrites();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private T Read<T>(Func<SqliteSession, T> read) => _file.Read(read);

    private T Write<T>(Func<SqliteSession, T> write) => _file.Write(write);
}
