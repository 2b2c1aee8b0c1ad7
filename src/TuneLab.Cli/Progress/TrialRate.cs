using TuneLab.Experiments;
using TuneLab.Storage;

namespace TuneLab.Cli.Progress;

/// <summary>How many trials end per second, over about the last half minute; those found in the store are not counted.</summary>
internal sealed class TrialRate
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private readonly Queue<TimeSpan> _ends = new();
    private TimeSpan? _begin;

    /// <summary>A trial has ended.</summary>
    public void Add(FinishedTrial trial, RunProgress progress)
    {
        _begin ??= progress.Elapsed;
        if (trial.Cached)
        {
            return;
        }

        _ends.Enqueue(progress.Elapsed);
        while (progress.Elapsed - _ends.Peek() > Window)
        {
            _ends.Dequeue();
        }
    }

    /// <summary>Trials per second; NaN before there are two ends.</summary>
    public double At(TimeSpan elapsed)
    {
        if (_begin is not { } begin || _ends.Count < 2)
        {
            return double.NaN;
        }

        var since = elapsed - begin < Window ? begin : _ends.Peek();
        return elapsed > since ? _ends.Count / (elapsed - since).TotalSeconds : double.NaN;
    }
}
