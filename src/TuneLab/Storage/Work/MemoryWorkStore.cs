namespace TuneLab.Storage.Work;

/// <summary>A work store that lives and ends with the object: for use as a library, and for tests. Its locks hold between the users of this object.</summary>
/// <param name="time">For instants in records.</param>
public sealed partial class MemoryWorkStore(TimeProvider time) : IWorkStore
{
    private readonly Lock _access = new();
    private readonly SortedDictionary<long, QueueEntry> _entries = [];
    private readonly List<Slice> _slices = [];
    private readonly SortedDictionary<long, RunRequest> _requests = [];
    private readonly Dictionary<string, WorkerRecord> _workers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private long _last;

    /// <inheritdoc/>
    public string Location => "memory";

    /// <inheritdoc/>
    public bool QueuePaused
    {
        get;
        set
        {
            QueueResumed = field && !value ? time.GetUtcNow() : QueueResumed;
            field = value;
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset? QueueResumed { get; private set; }

    /// <inheritdoc/>
    public string? When { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<QueueEntry> AddEntries(IReadOnlyList<QueueEntry> entries)
    {
        lock (_access)
        {
            var added = new List<QueueEntry>();
            foreach (var entry in entries)
            {
                var now = time.GetUtcNow();
                added.Add(entry with { Id = ++_last, Version = 1, Attempts = 0, Worker = null, Place = _entries.Values.Select(e => e.Place).DefaultIfEmpty(0).Max() + 1, Added = now, Updated = now });
                _entries[_last] = added[^1];
            }

            return added;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<QueueEntry> Entries()
    {
        lock (_access)
        {
            return [.. _entries.Values];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<QueueEntry> Undone() => [.. Entries().Where(e => e.State != QueueState.Done)];

    /// <inheritdoc/>
    public QueueEntry? FindEntry(long id)
    {
        lock (_access)
        {
            return _entries.GetValueOrDefault(id);
        }
    }

    /// <inheritdoc/>
    public QueueEntry? TryUpdate(QueueEntry entry)
    {
        lock (_access)
        {
            return _entries.GetValueOrDefault(entry.Id)?.Version == entry.Version ? _entries[entry.Id] = entry with { Version = entry.Version + 1, Updated = time.GetUtcNow() } : null;
        }
    }

    /// <inheritdoc/>
    public bool TryRemove(QueueEntry entry)
    {
        lock (_access)
        {
            return _entries.GetValueOrDefault(entry.Id)?.Version == entry.Version && _entries.Remove(entry.Id);
        }
    }

    /// <inheritdoc/>
    public Slice AddSlice(Slice slice)
    {
        lock (_access)
        {
            _slices.Add(slice with { Id = _slices.Count + 1 });
            return _slices[^1];
        }
    }

    /// <inheritdoc/>
    public void UpdateSlice(Slice slice)
    {
        lock (_access)
        {
            _slices[(int)slice.Id - 1] = slice;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Slice> Slices(DateTimeOffset since)
    {
        lock (_access)
        {
            return [.. _slices.Where(s => s.Ended is null || s.Ended >= since).OrderBy(s => s.Began).ThenBy(s => s.Id)];
        }
    }

    /// <inheritdoc/>
    public RunRequest? FindRequest(long experiment)
    {
        lock (_access)
        {
            return _requests.TryGetValue(experiment, out var request) ? request : null;
        }
    }

    /// <inheritdoc/>
    public void PutRequest(long experiment, RunRequest? request)
    {
        lock (_access)
        {
            if (request is { } asked)
            {
                _requests[experiment] = asked;
            }
            else
            {
                _requests.Remove(experiment);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<long, RunRequest> Requests()
    {
        lock (_access)
        {
            return new Dictionary<long, RunRequest>(_requests);
        }
    }

    /// <inheritdoc/>
    public void PutWorker(WorkerRecord worker)
    {
        lock (_access)
        {
            _workers[worker.Id] = _workers.GetValueOrDefault(worker.Id) is { } known ? known with { State = worker.State, Reason = worker.Reason, Seen = worker.Seen } : worker;
        }
    }

    /// <inheritdoc/>
    public void StopWorker(string id)
    {
        lock (_access)
        {
            if (_workers.GetValueOrDefault(id) is { } known)
            {
                _workers[id] = known with { Stop = true };
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<WorkerRecord> Workers()
    {
        lock (_access)
        {
            return [.. _workers.Values.OrderBy(w => w.Began).ThenBy(w => w.Id, StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc/>
    public void DropWorker(string id)
    {
        lock (_access)
        {
            _workers.Remove(id);
        }
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(string name)
    {
        lock (_access)
        {
            return _taken.Add(name) ? new Right(this, name) : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // nothing is open
    }

    private sealed class Right(MemoryWorkStore owner, string name) : IDisposable
    {
        private bool _released;

        public void Dispose()
        {
            lock (owner._access)
            {
                _ = _released || owner._taken.Remove(name);
                _released = true;
            }
        }
    }
}
