namespace TuneLab.Experiments.Running;

/// <summary>
/// A fixed number of threads that take work in the order of its rank: folds of earlier trials first, whatever order they were put in. What the work computes must not depend on
/// that order; only time does.
/// </summary>
internal sealed class JobPool : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Action, (int Trial, int Fold)> _queue = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly Thread[] _threads;
    private volatile bool _closed;

    /// <param name="jobs">How many threads, at least 1.</param>
    public JobPool(int jobs)
    {
        _threads = new Thread[Math.Max(1, jobs)];
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = "job " + (i + 1).ToString(CultureInfo.InvariantCulture) };
            _threads[i].Start();
        }
    }

    /// <summary>Queues work; it must not throw.</summary>
    public void Add(int trial, int fold, Action work)
    {
        lock (_lock)
        {
            _queue.Enqueue(work, (trial, fold));
        }

        _waiting.Release();
    }

    /// <summary>Ends the threads after what they do now.</summary>
    public void Dispose()
    {
        _closed = true;
        _waiting.Release(_threads.Length);
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _waiting.Dispose();
    }

    private void Work()
    {
        while (true)
        {
            _waiting.Wait();
            if (_closed)
            {
                return;
            }

            Action? work;
            lock (_lock)
            {
                _queue.TryDequeue(out work, out _);
            }

            work?.Invoke();
        }
    }
}
