using TuneLab.Experiments;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Worker;

/// <summary>
/// Is told what a worker does: console, alerts.
/// <para><b>Contract.</b> Called on the worker's thread in the order of events; changes nothing; should return at once.</para>
/// </summary>
public interface IWorkerMonitor
{
    /// <summary>An experiment begins, or goes on.</summary>
    void Started(QueueEntry entry);

    /// <summary>A line about the experiment under way, or about the worker (null).</summary>
    void Note(QueueEntry? entry, string text);

    /// <summary>The worker waits: nothing may run, or nothing is there. Told once per reason.</summary>
    void Waiting(string reason);

    /// <summary>The experiment under way rests, or goes on.</summary>
    void Rested(QueueEntry entry, bool rests, string reason);

    /// <summary>The experiment under way has a better score than before.</summary>
    void Scored(QueueEntry entry, SliceScored scored);

    /// <summary>An experiment's slice has ended, and the entry is as it is now.</summary>
    void Ended(QueueEntry entry, SliceEnded end);

    /// <summary>An entry will not be done in its time: its deadline has passed.</summary>
    void Missed(QueueEntry entry);
}
