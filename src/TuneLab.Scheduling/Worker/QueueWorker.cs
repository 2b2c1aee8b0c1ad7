using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Scheduling.Background;
using TuneLab.Scheduling.Queue;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Worker;

/// <summary>What a worker does after a look around.</summary>
public enum WorkerState
{
    /// <summary>An experiment is under way.</summary>
    Running,

    /// <summary>An experiment is under way and rests.</summary>
    Resting,

    /// <summary>Nothing may run, or nothing is there.</summary>
    Waiting,

    /// <summary>It is done.</summary>
    Ended,
}

/// <summary>
/// Takes the most urgent experiment that may run now, one at a time, and has it rest while it may not. Several workers may work on one store: an entry is run by one of them at a time, and what a worker
/// that was ended left behind is taken over. Nothing but <see cref="Look"/> does anything, so whoever owns it decides how often. Used by one thread.
/// </summary>
/// <param name="store">The queue.</param>
/// <param name="slices">Runs experiments.</param>
/// <param name="permits">Says when.</param>
/// <param name="options">How it works.</param>
/// <param name="time">The clock.</param>
/// <param name="monitor">Is told what happens.</param>
/// <param name="further">What to do when nothing that is queued can run. <value>Null: nothing.</value></param>
public sealed class QueueWorker(IWorkStore store, ISliceRunner slices, IPermits permits, WorkerOptions options, TimeProvider time, IWorkerMonitor monitor, IFurtherWork? further = null) : IDisposable
{
    // nothing else changes in the record of a worker that waits
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    // what could be gone on with is looked for again after so long: it reads all that is known
    private static readonly TimeSpan NothingFor = TimeSpan.FromMinutes(1);

    // deadlines of others that pass while an experiment is under way are looked for so often
    private static readonly TimeSpan MissesFor = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset _began = time.GetUtcNow();
    private readonly IDisposable _alive = store.TryLock("worker-" + options.Id) ?? throw new InputException($"A worker named '{options.Id}' works on {store.Location} already.", "Give this one another name.");
    private readonly EntryOutcome _outcome = new(options, permits);
    private UnderWay? _work;
    private bool _ending;
    private (string State, string Reason) _told = ("", "");
    private string? _waiting;
    private DateTimeOffset _seen = DateTimeOffset.MinValue;
    private (string Reason, DateTimeOffset At)? _nothing;
    private DateTimeOffset _missesAt = DateTimeOffset.MinValue;

    /// <summary>Asks it to end: what is under way is left for later.</summary>
    public void End() => _ending = true;

    /// <summary>Whether an experiment is under way.</summary>
    public bool IsBusy => _work is not null;

    /// <summary>Looks around once and does what is to be done.</summary>
    /// <exception cref="InputException">The store can't be read or written.</exception>
    public WorkerState Look()
    {
        var now = time.GetUtcNow();
        var gaveWay = GiveWay(now);
        _ending |= store.Workers().FirstOrDefault(w => w.Id == options.Id) is { Stop: true };
        var state = _work is null ? Begin(now) : GoOn(_work, gaveWay, now);
        Tell(now, state);
        return state;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _work?.Dispose();
        try
        {
            store.DropWorker(options.Id);
        }
        catch (TuneLabException)
        {
            // a full disk, say: whoever looks sees by its lock that it is gone
        }

        _alive.Dispose();
    }

    private WorkerState Begin(DateTimeOffset now)
    {
        if (_ending)
        {
            return Wait("it was asked to end", WorkerState.Ended);
        }

        var entries = store.Undone();
        if (Miss(entries, now))
        {
            entries = store.Undone();
        }

        if (store.QueuePaused)
        {
            return Wait("the queue is paused (tunelab queue resume)", options.Drain ? WorkerState.Ended : WorkerState.Waiting);
        }

        var requests = store.Requests();
        string? waits = null;
        foreach (var entry in QueueOrder.Of(entries))
        {
            if (Why(entry, entries, requests, now) is { } why)
            {
                waits ??= $"{entry.Name}: {why}";
            }
            else if (Claim.TryTake(store, entry, options.Id, now) is { } claim)
            {
                return Start(claim, now);
            }
        }

        if (further is not null && permits.For(null, now).IsOpen)
        {
            if (Further(now))
            {
                return Begin(now);
            }

            waits ??= _nothing?.Reason;
        }

        var repeats = options.Drain ? entries.Where(e => QueueOrder.HasHadItsTurn(e, now)).ToList() : []; // another day's work
        var open = entries.Where(e => !e.Ended).Except(repeats).ToList();
        var others = open.Count(e => e.State == QueueState.Running);
        var later = open.Count(e => e.State is not (QueueState.Held or QueueState.Running) && !Blocked(e, entries, requests, now, []));
        return options.Drain && open.Count == 0 && _nothing is { } none ? Wait(none.Reason, WorkerState.Ended)
            : open.Count == 0 ? Wait(repeats.Count == 0 ? "the queue is empty" : $"nothing is left but what repeats: {waits}", options.Drain ? WorkerState.Ended : WorkerState.Waiting)
            : options.Drain && later == 0 && others == 0 ? Wait("nothing that is left can run by itself: " + waits, WorkerState.Ended)
            : Wait(waits ?? "other workers have what is left", WorkerState.Waiting);
    }

    // whether something was queued to go on with
    private bool Further(DateTimeOffset now)
    {
        if (_nothing is { } known && (now - known.At).Duration() < NothingFor)
        {
            return false;
        }

        using var right = store.TryLock("further"); // two workers must not make the same
        if (right is null)
        {
            return false;
        }

        var found = further!.Find();
        _nothing = found.Entry is null ? (found.Reason, now) : null;
        if (found.Entry is null)
        {
            return false;
        }

        store.AddEntries([found.Entry]);
        monitor.Note(null, found.Reason);
        return true;
    }

    // one that somebody paused, whose window is not known here, or that waits for an entry that failed, is held or is blocked itself, runs when somebody has done something about that
    private bool Blocked(QueueEntry entry, IReadOnlyList<QueueEntry> all, IReadOnlyDictionary<long, RunRequest> requests, DateTimeOffset now, HashSet<long> seen)
        => seen.Add(entry.Id) && (QueueOrder.IsPausedBySomebody(entry, requests) || !IsWindowKnown(entry, now)
            || entry.After.Any(id => all.FirstOrDefault(e => e.Id == id) is { State: not QueueState.Done } before && (before.State is QueueState.Failed or QueueState.Held || Blocked(before, all, requests, now, seen))));

    private bool IsWindowKnown(QueueEntry entry, DateTimeOffset now)
    {
        try
        {
            _ = permits.For(entry.Window, now);
            return true;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private string? Why(QueueEntry entry, IReadOnlyList<QueueEntry> entries, IReadOnlyDictionary<long, RunRequest> requests, DateTimeOffset now)
    {
        try
        {
            return QueueOrder.Waits(entry, entries, requests, permits, now);
        }
        catch (InputException e)
        {
            return e.Message; // a window that the file no longer has
        }
    }

    // whether there was an entry whose deadline has passed
    private bool Miss(IReadOnlyList<QueueEntry> entries, DateTimeOffset now)
    {
        var any = false;
        _missesAt = now;
        foreach (var entry in entries.Where(e => !e.Ended && e.Id != _work?.Claim.Entry.Id && e.State != QueueState.Held && QueueWords.IsOverdue(e, now) && !QueueWords.IsLate(e)))
        {
            using var claim = Claim.TryTake(store, entry, options.Id, now);
            if (claim is not null)
            {
                claim.Update(e => _outcome.Missed(e, now));
                monitor.Missed(claim.Entry);
                any = true;
            }
        }

        return any;
    }

    private WorkerState Start(Claim claim, DateTimeOffset now)
    {
        _waiting = null;
        try
        {
            return StartClaimed(claim, now);
        }
        finally
        {
            if (_work?.Claim != claim)
            {
                claim.Dispose(); // it did not come to that: a full disk, say
            }
        }
    }

    private WorkerState StartClaimed(Claim claim, DateTimeOffset now)
    {
        if (DataDigest.Fault(claim.Entry) is { } fault)
        {
            claim.Update(e => _outcome.Refused(e, fault, now));
            monitor.Ended(claim.Entry, new SliceEnded(SliceEnd.Refused, fault, 0));
            return WorkerState.Waiting;
        }

        if (claim.Entry.Experiment is { } known && store.FindRequest(known) is not RunRequest.Stop)
        {
            store.PutRequest(known, null); // what was asked of who ran it before, and was done
        }

        var late = QueueWords.IsOverdue(claim.Entry, now);
        var slice = store.AddSlice(new Slice { Entry = claim.Entry.Id, Worker = options.Id, Began = now });
        try
        {
            _work = new UnderWay(claim, slices.Start(new SliceOrder(claim.Entry.Id, store.Location, options.Jobs, options.Threads, late ? null : SliceDeadline.Of(claim.Entry, permits, now))), slice) { IsLate = late };
        }
        catch (TuneLabException e)
        {
            _work = new UnderWay(claim, null, slice) { IsLate = late, End = new SliceEnded(SliceEnd.Failed, e.Message, 0) };
            Finish(_work, _work.End, now);
            return WorkerState.Waiting;
        }

        monitor.Started(claim.Entry);
        return WorkerState.Running;
    }

    // before anything is asked of the store, which may be full or locked: whoever comes back must not wait for that
    private bool GiveWay(DateTimeOffset now)
    {
        if (_work is { End: null, LeftAt: null, HeldAt: null } work && IsWindowKnown(work.Claim.Entry, now) && permits.For(work.Claim.Entry.Window, now) is { IsOpen: false } closed)
        {
            work.Hold(now);
            monitor.Rested(work.Claim.Entry, true, closed.Reason);
            return true;
        }

        return false;
    }

    private WorkerState GoOn(UnderWay work, bool gaveWay, DateTimeOffset now)
    {
        while (work.End is null && work.Slice!.Next() is { } news)
        {
            switch (news)
            {
                case SliceOpened opened:
                    work.Experiment = opened.Experiment;
                    break;
                case SliceNote note:
                    monitor.Note(work.Claim.Entry, note.Text);
                    break;
                case SliceScored scored:
                    monitor.Scored(work.Claim.Entry with { Experiment = work.Experiment }, scored);
                    break;
                case SliceEnded ended:
                    work.End = ended;
                    break;
            }
        }

        // news are kept first: where the store can't be written now, the next look tries again
        if (work.Experiment is { } experiment && work.Claim.Entry.Experiment != experiment)
        {
            work.Claim.Update(e => e with { Experiment = experiment });
        }

        if (work.End is { } end)
        {
            Finish(work, end, now);
            return Begin(now);
        }

        if ((now - _missesAt).Duration() > MissesFor)
        {
            Miss(store.Undone(), now);
        }

        if (work.LeftAt is { } left)
        {
            if ((now - left).Duration() > options.LeaveLimit)
            {
                // how long it rested before is not known
                Finish(work, new SliceEnded(SliceEnd.Left, "it took too long to end and its process was ended", Math.Max(0, ((work.HeldAt ?? left) - work.Record.Began).TotalSeconds)), now);
                return Begin(now);
            }

            return WorkerState.Running;
        }

        var why = Hindrance(work, now);
        if (_ending || work.IsUnwanted || work.Asked is RunRequest.Pause or RunRequest.Skip || (work.Claim.Entry.Parent is not null && SomebodyWaits(work.Claim.Entry, now)))
        {
            work.Leave(now);
            return WorkerState.Running;
        }

        if (why is null)
        {
            if (work.HeldAt is not null)
            {
                work.Release();
                monitor.Rested(work.Claim.Entry, false, "");
            }

            return WorkerState.Running;
        }

        if (work.HeldAt is null)
        {
            work.Hold(now);
            monitor.Rested(work.Claim.Entry, true, why);
        }
        else if (!gaveWay && ((now - work.HeldAt.Value).Duration() > options.RestInMemory || AnotherMayRun(work.Claim.Entry, now) || (QueueWords.IsOverdue(work.Claim.Entry, now) && !work.IsLate)))
        {
            work.Leave(now);
        }

        return WorkerState.Resting;
    }

    // what somebody queued goes before what the worker found by itself
    private bool SomebodyWaits(QueueEntry found, DateTimeOffset now)
    {
        var (entries, requests) = (store.Undone(), store.Requests());
        return QueueOrder.Of(entries).TakeWhile(e => e.Id != found.Id).Any(e => e is { Parent: null, State: not (QueueState.Running or QueueState.Held) } && Why(e, entries, requests, now) is null);
    }

    // what rests because of a window of its own must not keep others waiting that may run
    private bool AnotherMayRun(QueueEntry rests, DateTimeOffset now)
    {
        var (entries, requests) = (store.Undone(), store.Requests());
        return !store.QueuePaused && entries.Any(e => e.Id != rests.Id && e.State is not (QueueState.Running or QueueState.Held or QueueState.Failed) && Why(e, entries, requests, now) is null);
    }

    // why the experiment under way must rest now; null: it need not
    private string? Hindrance(UnderWay work, DateTimeOffset now)
    {
        var entry = store.FindEntry(work.Claim.Entry.Id);
        work.IsUnwanted = entry is null or { State: QueueState.Held };
        work.Asked = work.Claim.Entry.Experiment is { } experiment ? store.FindRequest(experiment) : null;
        // before it is open there is nothing to confirm
        if ((work.Asked == RunRequest.Stop || work.IsLate) && work is { Stopped: false, Experiment: not null })
        {
            work.Stop();
        }

        return store.QueuePaused ? "the queue is paused (tunelab queue resume)" : permits.For(work.Claim.Entry.Window, now) is { IsOpen: false } closed ? closed.Reason : null;
    }

    private void Finish(UnderWay work, SliceEnded end, DateTimeOffset now)
    {
        if (work.Claim.Entry.Experiment is { } own)
        {
            work.Asked = store.FindRequest(own); // it may have been asked while it was being left
        }

        // first what may be written twice: where the store can't be written now, the next look does all of it again
        store.UpdateSlice(work.Record with
        {
            Ended = now,
            ActiveSeconds = end.ActiveSeconds,
            Outcome = end.How switch { SliceEnd.Answered => SliceOutcome.Answered, SliceEnd.Stopped => SliceOutcome.Stopped, SliceEnd.Left or SliceEnd.Busy => SliceOutcome.Paused, SliceEnd.Died => SliceOutcome.Died, _ => SliceOutcome.Failed },
            Reason = end.Reason,
        });
        work.Claim.Update(e => _outcome.Ended(e, work, end, now));
        if (work.Claim.Entry.Experiment is { } experiment && (work.Asked == RunRequest.Skip || (work.Asked == RunRequest.Stop && end.How != SliceEnd.Left)))
        {
            store.PutRequest(experiment, null); // last: it is looked for again where one of these could not be written
        }

        monitor.Ended(work.Claim.Entry, end);
        work.Dispose();
        (_work, _nothing) = (null, null); // what it found may be gone on with
    }

    private WorkerState Wait(string reason, WorkerState state)
    {
        if (_waiting != reason)
        {
            _waiting = reason;
            monitor.Waiting(reason);
        }

        return state;
    }

    private void Tell(DateTimeOffset now, WorkerState state)
    {
        var reason = _work is { } work ? work.Claim.Entry.Name : _waiting ?? "";
        var word = state.ToString().ToLowerInvariant();
        if ((word, reason) == _told && (now - _seen).Duration() < Heartbeat)
        {
            return;
        }

        (_told, _seen) = ((word, reason), now);
        store.PutWorker(new WorkerRecord { Id = options.Id, Process = options.Process, Machine = options.Machine, State = word, Reason = reason, Began = _began, Seen = now });
    }
}
