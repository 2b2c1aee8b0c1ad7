using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Background;

/// <summary>What there is to do when the queue is empty, or why there is nothing.</summary>
/// <param name="Entry">An entry to queue, not added yet; null: nothing.</param>
/// <param name="Reason">Why this, or why nothing; as a clause, not empty.</param>
public sealed record FurtherWork(QueueEntry? Entry, string Reason);

/// <summary>
/// Finds something worth doing when nothing is queued.
/// <para><b>Contract.</b> Called by one worker, when the queue has been found empty, and again when it has changed; reads the stores and changes nothing.
/// <b>Errors:</b> <see cref="Errors.InputException"/> where a store can't be read.</para>
/// </summary>
public interface IFurtherWork
{
    /// <summary>The most promising.</summary>
    FurtherWork Find();
}
