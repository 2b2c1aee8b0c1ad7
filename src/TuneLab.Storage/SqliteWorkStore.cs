using TuneLab.Storage.Sqlite;
using TuneLab.Storage.Work;

namespace TuneLab.Storage;

/// <summary>The queue and who works on it, in the SQLite file of a <see cref="SqliteTrialStore"/>; both may be open at once.</summary>
public sealed partial class SqliteWorkStore : IWorkStore
{
    private readonly StoreFile _file;
    private readonly TimeProvider _time;

    private SqliteWorkStore(StoreFile file, TimeProvider time) => (_file, _time) = (file, time);

    /// <inheritdoc/>
    public string Location => _file.Location;

    /// <summary>Opens the store, created with its folder when there is none.</summary>
    /// <inheritdoc cref="SqliteTrialStore.Open"/>
    public static SqliteWorkStore Open(string path, TimeProvider time) => new(StoreFile.Open(path, time), time);

    /// <summary>Opens a store that is there.</summary>
    /// <inheritdoc cref="SqliteTrialStore.OpenExisting"/>
    public static SqliteWorkStore OpenExisting(string path, TimeProvider time) => new(StoreFile.OpenExisting(path, time), time);

    /// <inheritdoc/>
    public IDisposable? TryLock(string name) => ProcessLock.TryTake(Location, name);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private string Now() => RowReading.Instant(_time.GetUtcNow());
}
