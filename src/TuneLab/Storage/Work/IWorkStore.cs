namespace TuneLab.Storage.Work;

/// <summary>
/// Work that waits, and who does it: queue, slices, requests, workers, the backlog, alerts on their way. It lies beside the trials in the same store.
/// <para><b>Contract.</b> Called by the worker and by the verbs. <b>Durability:</b> as of <see cref="ITrialStore"/>. <b>Thread safety:</b> all methods may be called from any thread and from several
/// processes on one store. <b>Changes:</b> a record with a version is changed only by who knows its version, so of two that change it at once one is told that it came late.
/// <b>Errors:</b> <see cref="Errors.InputException"/> as of <see cref="ITrialStore"/>.</para>
/// </summary>
public interface IWorkStore : IDisposable
{
    /// <summary>Where it is, for people.</summary>
    string Location { get; }

    /// <summary>Whether no worker takes anything from the queue. <value>False.</value></summary>
    bool QueuePaused { get; set; }

    /// <summary>When a paused queue was last let go on. <value>Null: never.</value></summary>
    DateTimeOffset? QueueResumed { get; }

    /// <summary>When the worker works that was last begun with windows or idle, in the words of <c>work --when</c>. <value>Null: there was none.</value></summary>
    string? When { get; set; }

    /// <summary>Adds entries, all or none.</summary>
    /// <returns>The entries with number, version, place and instants.</returns>
    IReadOnlyList<QueueEntry> AddEntries(IReadOnlyList<QueueEntry> entries);

    /// <summary>All entries, by number.</summary>
    IReadOnlyList<QueueEntry> Entries();

    /// <summary>The entries that are not done, by number: they are few however long the queue has been used.</summary>
    IReadOnlyList<QueueEntry> Undone();

    /// <summary>The entry of that number, or null.</summary>
    QueueEntry? FindEntry(long id);

    /// <summary>Changes an entry if it has the version that <paramref name="entry"/> was read with.</summary>
    /// <returns>The entry with its next version; null when another one was faster, or it is gone.</returns>
    QueueEntry? TryUpdate(QueueEntry entry);

    /// <summary>Removes an entry if it has that version; its slices stay.</summary>
    bool TryRemove(QueueEntry entry);

    /// <summary>Adds a slice that begins.</summary>
    /// <returns>The slice with its number.</returns>
    Slice AddSlice(Slice slice);

    /// <summary>Writes how a slice stands or ended.</summary>
    void UpdateSlice(Slice slice);

    /// <summary>The slices that had not ended before an instant, or began since, oldest first.</summary>
    IReadOnlyList<Slice> Slices(DateTimeOffset since);

    /// <summary>What is asked of whoever runs that experiment, or null.</summary>
    RunRequest? FindRequest(long experiment);

    /// <summary>Asks; replaces what was asked before. Null takes it back.</summary>
    void PutRequest(long experiment, RunRequest? request);

    /// <summary>What is asked of all experiments.</summary>
    IReadOnlyDictionary<long, RunRequest> Requests();

    /// <summary>Writes what a worker tells; what it was asked (<see cref="WorkerRecord.Stop"/>) stays.</summary>
    void PutWorker(WorkerRecord worker);

    /// <summary>Asks a worker to end.</summary>
    void StopWorker(string id);

    /// <summary>All workers that were not forgotten, by when they began.</summary>
    IReadOnlyList<WorkerRecord> Workers();

    /// <summary>Forgets a worker that has ended.</summary>
    void DropWorker(string id);

    /// <summary>Takes a right that one living process has at a time, or null. The right ends with the handle or with the process, however it ends.</summary>
    /// <param name="name">What it is to; letters, digits and hyphens.</param>
    IDisposable? TryLock(string name);

    /// <summary>Adds backlog items, all or none.</summary>
    /// <returns>The items with number, version and instants.</returns>
    IReadOnlyList<BacklogItem> AddItems(IReadOnlyList<BacklogItem> items);

    /// <summary>The whole backlog, by number.</summary>
    IReadOnlyList<BacklogItem> Items();

    /// <summary>The backlog item of that number, or null.</summary>
    BacklogItem? FindItem(long id);

    /// <summary>Changes a backlog item if it has the version that <paramref name="item"/> was read with.</summary>
    /// <returns>The item with its next version; null when another one was faster, or there is none.</returns>
    BacklogItem? TryUpdate(BacklogItem item);

    /// <summary>Adds an alert that is due at once on each channel, all or none. One whose id is known is left as it is, with its deliveries.</summary>
    /// <returns>Whether it was new.</returns>
    bool RaiseAlert(Alert alert, IReadOnlyList<string> channels);

    /// <summary>The alert of that id, or null.</summary>
    Alert? FindAlert(string id);

    /// <summary>The alerts that were raised at an instant or since, oldest first.</summary>
    IReadOnlyList<Alert> Alerts(DateTimeOffset since);

    /// <summary>The deliveries whose next attempt is due, the longest due first.</summary>
    IReadOnlyList<Delivery> DueDeliveries(DateTimeOffset now);

    /// <summary>How an alert stands on each of its channels, by channel.</summary>
    IReadOnlyList<Delivery> Deliveries(string alert);

    /// <summary>Changes a delivery if it has the version that <paramref name="delivery"/> was read with; so it is claimed, too.</summary>
    /// <returns>The delivery with its next version; null when another one was faster, or there is none.</returns>
    Delivery? TryUpdate(Delivery delivery);
}
