using TuneLab.Experiments;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Worker;

/// <summary>Several monitors as one, told in their order.</summary>
/// <param name="monitors">They.</param>
public sealed class WorkerMonitors(params IReadOnlyList<IWorkerMonitor> monitors) : IWorkerMonitor
{
    /// <inheritdoc/>
    public void Started(QueueEntry entry) => Tell(m => m.Started(entry));

    /// <inheritdoc/>
    public void Note(QueueEntry? entry, string text) => Tell(m => m.Note(entry, text));

    /// <inheritdoc/>
    public void Waiting(string reason) => Tell(m => m.Waiting(reason));

    /// <inheritdoc/>
    public void Rested(QueueEntry entry, bool rests, string reason) => Tell(m => m.Rested(entry, rests, reason));

    /// <inheritdoc/>
    public void Scored(QueueEntry entry, SliceScored scored) => Tell(m => m.Scored(entry, scored));

    /// <inheritdoc/>
    public void Ended(QueueEntry entry, SliceEnded end) => Tell(m => m.Ended(entry, end));

    /// <inheritdoc/>
    public void Missed(QueueEntry entry) => Tell(m => m.Missed(entry));

    private void Tell(Action<IWorkerMonitor> tell)
    {
        foreach (var monitor in monitors)
        {
            tell(monitor);
        }
    }
}
