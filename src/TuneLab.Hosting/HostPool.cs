using TuneLab.Errors;
using TuneLab.Hosting.Folds;
using TuneLab.Hosting.Processes;
using TuneLab.Training;

namespace TuneLab.Hosting;

/// <summary>
/// Child processes that train, kept warm from run to run; <see cref="HostedTrainer"/> borrows one per run. Hosts are started when they are first needed and replaced when they have crashed, were ended
/// or have grown past their share. They end with the pool, and with the process that owns it however that ends.
/// </summary>
/// <threadsafety>Thread-safe, but dispose it when no run of its trainers is left.</threadsafety>
public sealed class HostPool : ITrainingProcesses, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Host> _idle = [];
    private readonly HashSet<Host> _all = [];
    private readonly Queue<Task<Host>> _coming = new();
    private readonly SemaphoreSlim _free;
    private readonly CancellationTokenSource _end = new();
    private readonly HostLauncher _launcher;
    private bool _disposed;

    /// <summary>Starts nothing yet.</summary>
    public HostPool(HostPoolOptions options)
    {
        Options = options;
        _free = new SemaphoreSlim(Math.Max(1, options.Hosts));
        Folder = new FoldFolder();
        _launcher = new HostLauncher(options);
    }

    /// <summary>How many hosts were started so far: the first ones and those that replaced others.</summary>
    public int Started { get; private set; }

    /// <summary>The ids of the processes that live now.</summary>
    public IReadOnlyList<int> ProcessIds
    {
        get
        {
            lock (_lock)
            {
                return [.. _all.Where(h => !h.Ended).Select(h => h.Id)];
            }
        }
    }

    /// <inheritdoc/>
    public long MemoryBytes
    {
        get
        {
            lock (_lock)
            {
                return _all.Where(h => !h.Ended).Sum(h => h.MemoryBytes);
            }
        }
    }

    internal HostPoolOptions Options { get; }

    internal FoldFolder Folder { get; }

    /// <summary>
    /// Starts hosts ahead of their first runs, in the background, and has each fit a tiny made-up table with these trainers until a run wants it: the first fit of a process is spent on compiling. Such a fit
    /// changes no result; a run waits 3 s at most for the one under way; a host that crashes or hangs in it is replaced. To be called once, before there are runs.
    /// </summary>
    /// <param name="hosts">How many; at most <see cref="HostPoolOptions.Hosts"/> count.</param>
    /// <param name="trainers">Ids, in this order.</param>
    public void Warm(int hosts, IReadOnlyList<string> trainers)
    {
        lock (_lock)
        {
            for (var i = _coming.Count; i < Math.Min(hosts, Options.Hosts); i++)
            {
                _coming.Enqueue(Task.Run(() => StartWarm(trainers)));
            }
        }
    }

    /// <summary>Ends all hosts.</summary>
    public void Dispose()
    {
        Host[] all;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            all = [.. _all];
        }

        _end.Cancel();
        Task.WaitAll([.. _coming.Select(c => c.ContinueWith(_ => { }, TaskScheduler.Default))]); // each ends what it has started
        foreach (var host in all)
        {
            host.Dispose();
        }

        _launcher.Dispose();
        Folder.Dispose();
        _free.Dispose();
        _end.Dispose();
    }

    /// <summary>A host for one run, by choice one that has the fold already; waits while all are lent.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before there was one.</exception>
    /// <exception cref="TuneLabException">None can be started.</exception>
    internal Host Borrow(FoldFile fold, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _free.Wait(cancellation);
        try
        {
            return TakeIdle(fold) ?? TakeComing(cancellation) ?? Start(cancellation);
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    /// <summary>Takes a host back: one that can't be used again is ended.</summary>
    internal void Return(Host host)
    {
        var keep = !host.Ended && host.MemoryBytes <= Options.Share;
        lock (_lock)
        {
            if (keep && !_disposed)
            {
                _idle.Add(host);
            }
            else
            {
                _all.Remove(host);
                host.Dispose();
            }

            if (_disposed)
            {
                return;
            }

            if (!keep)
            {
                Order(); // while whoever ran here does something else
            }

            _free.Release();
        }
    }

    private Host? TakeIdle(FoldFile fold)
    {
        lock (_lock)
        {
            foreach (var dead in _idle.Where(h => h.Ended).ToList())
            {
                _idle.Remove(dead);
                _all.Remove(dead);
                dead.Dispose();
            }

            var chosen = _idle.FindLast(h => h.Knows(fold)) ?? _idle.LastOrDefault();
            if (chosen is not null)
            {
                _idle.Remove(chosen);
            }

            return chosen;
        }
    }

    private Host? TakeComing(CancellationToken cancellation)
    {
        Task<Host>? next;
        lock (_lock)
        {
            _coming.TryDequeue(out next);
        }

        try
        {
            next?.Wait(cancellation);
        }
        catch (AggregateException)
        {
            return null; // tried again, so that whoever waits hears why
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                _coming.Enqueue(next!);
            }

            throw;
        }

        if (next?.Result is not { } host)
        {
            return null;
        }

        host.EndWarming(cancellation);
        if (!host.Ended)
        {
            return host;
        }

        lock (_lock)
        {
            _all.Remove(host);
        }

        host.Dispose();
        return null;
    }

    private void Order() => _coming.Enqueue(Task.Run(() => Start(_end.Token)));

    private Host StartWarm(IReadOnlyList<string> trainers)
    {
        var host = Start(_end.Token);
        if (trainers.Count > 0)
        {
            host.Warm(trainers);
        }

        return host;
    }

    private Host Start(CancellationToken cancellation)
    {
        var host = _launcher.Start(cancellation);
        lock (_lock)
        {
            if (!_disposed)
            {
                Started++;
                _all.Add(host);
                return host;
            }
        }

        host.Dispose();
        throw new ObjectDisposedException(nameof(HostPool));
    }
}
