using TuneLab.Storage;

namespace TuneLab.Experiments.Search;

/// <summary>How long the latest trials of one fidelity took from their start to their end.</summary>
internal sealed class RecentTimes
{
    private const int Kept = 9;
    private const int EnoughToTell = 3;
    private readonly Fidelity _fidelity;
    private readonly Queue<double> _seconds = new();

    public RecentTimes(Fidelity fidelity, IEnumerable<FinishedTrial> finished)
    {
        _fidelity = fidelity;
        foreach (var trial in finished)
        {
            Add(trial);
        }
    }

    /// <summary>What half of them took no longer than; null while there are too few.</summary>
    public TimeSpan? Typical => _seconds.Count < EnoughToTell ? null : TimeSpan.FromSeconds(_seconds.Order().ElementAt((_seconds.Count - 1) / 2));

    /// <summary>Takes one in, if it is of the fidelity and was not found in the store.</summary>
    public void Add(FinishedTrial trial)
    {
        if (trial.Fidelity != _fidelity || trial.Cached)
        {
            return;
        }

        _seconds.Enqueue(trial.FinishedSeconds - trial.StartedSeconds);
        if (_seconds.Count > Kept)
        {
            _seconds.Dequeue();
        }
    }
}
