using TuneLab.Storage.Work;
using TuneLab.Testing.Stores;

namespace TuneLab.Testing.Contracts;

/// <summary>What every <see cref="IWorkStore"/> does. A derived class opens an empty store per test.</summary>
public abstract partial class WorkStoreContract : IDisposable
{
    private IWorkStore? _store;

    /// <summary>The clock that the store was given.</summary>
    protected ManualTime Time { get; } = new();

    /// <summary>The store under test, opened at first use.</summary>
    protected IWorkStore Store => _store ??= Create();

    /// <summary>Opens an empty store on <see cref="Time"/>.</summary>
    protected abstract IWorkStore Create();

    /// <summary>The id of an experiment that is there.</summary>
    protected abstract long Experiment(string name);

    /// <inheritdoc/>
    public virtual void Dispose() => _store?.Dispose();

    [Fact]
    public void Location_Always_SaysSomething() => Assert.NotEmpty(Store.Location);

    [Fact]
    public void AddEntries_Several_GetNumbersVersionsPlacesAndInstants()
    {
        var experiment = Experiment("a");
        var added = Store.AddEntries([WorkSamples.Entry(0) with { Experiment = experiment, Parent = experiment, Attempts = 7, Worker = "w", Place = -5, Version = 9 }, WorkSamples.Entry(1)]);
        var now = Time.GetUtcNow();
        SameRecord.Assert(WorkSamples.Entry(0) with { Id = added[0].Id, Version = 1, Place = 1, Experiment = experiment, Parent = experiment, Added = now, Updated = now }, added[0]);
        SameRecord.Assert(WorkSamples.Entry(1) with { Id = added[1].Id, Version = 1, Place = 2, Added = now, Updated = now }, added[1]);
        Assert.True(added[0].Id < added[1].Id);
        Assert.All(added.Zip(Store.Entries()), pair => SameRecord.Assert(pair.First, pair.Second));
        Assert.All(added, e => SameRecord.Assert(e, Store.FindEntry(e.Id)));
    }

    [Fact]
    public void AddEntries_NothingGiven_NullsStayNull()
    {
        var added = Store.AddEntries([WorkSamples.Bare("bare")])[0];
        Assert.Equal((null, null, null, null, null, null), (added.Window, added.NotBefore, added.Deadline, added.Repeat, added.Experiment, added.Worker));
        Assert.Empty(added.After);
        Assert.Equal((QueueState.Waiting, 0, 0, ""), (added.State, added.Priority, added.Attempts, added.Reason));
        SameRecord.Assert(added, Store.FindEntry(added.Id));
    }

    [Fact]
    public void AddEntries_None_AddsNone()
    {
        Assert.Empty(Store.AddEntries([]));
        Assert.Empty(Store.Entries());
    }

    [Fact]
    public void AddEntries_AfterAMoveAndARemoval_PlacesAreLast()
    {
        var added = Store.AddEntries([WorkSamples.Bare("a"), WorkSamples.Bare("b"), WorkSamples.Bare("c")]);
        Store.TryUpdate(added[0] with { Place = 2.5 });
        Assert.Equal(4, Store.AddEntries([WorkSamples.Bare("d")])[0].Place);
        Assert.True(Store.TryRemove(added[1]));
        var last = Store.AddEntries([WorkSamples.Bare("e")])[0];
        Assert.Equal(5, last.Place);
        Assert.Equal(["a", "c", "d", "e"], Store.Entries().Select(e => e.Name));
        Assert.Equal(2.5, Store.Entries()[0].Place);
    }

    [Fact]
    public void Undone_EntryInEveryState_LeavesOutTheDone()
    {
        foreach (var state in Enum.GetValues<QueueState>())
        {
            Store.TryUpdate(Store.AddEntries([WorkSamples.Bare(state.ToString())])[0] with { State = state });
        }

        Assert.All(Store.Entries().Where(e => e.State != QueueState.Done).Zip(Store.Undone()), pair => SameRecord.Assert(pair.First, pair.Second));
        Assert.Equal(Enum.GetValues<QueueState>().Length - 1, Store.Undone().Count);
    }

    [Fact]
    public void Read_UnknownNumber_IsNothing()
    {
        Assert.Null(Store.FindEntry(7));
        Assert.Empty(Store.Entries());
        Assert.Null(Store.TryUpdate(WorkSamples.Bare("a") with { Id = 7, Version = 1 }));
        Assert.False(Store.TryRemove(WorkSamples.Bare("a") with { Id = 7, Version = 1 }));
    }

    [Theory]
    [InlineData(QueueState.Waiting)]
    [InlineData(QueueState.Running)]
    [InlineData(QueueState.Paused)]
    [InlineData(QueueState.Held)]
    [InlineData(QueueState.Done)]
    [InlineData(QueueState.Failed)]
    public void TryUpdate_EveryField_IsKept(QueueState state)
    {
        var before = Store.AddEntries([WorkSamples.Bare("a")])[0];
        Time.Advance(TimeSpan.FromTicks(12_345_678_901));
        var wanted = WorkSamples.Entry(5) with { Id = before.Id, Version = 1, Place = 0.1 + 0.2, State = state, Attempts = 3, Experiment = Experiment("e"), Parent = Experiment("p"), Worker = "w1", Added = before.Added };
        var updated = Store.TryUpdate(wanted);
        SameRecord.Assert(wanted with { Version = 2, Updated = Time.GetUtcNow() }, updated);
        SameRecord.Assert(updated!, Store.FindEntry(before.Id));
    }

    [Fact]
    public void TryUpdate_OfTwoTheSecond_ComesLateAndChangesNothing()
    {
        var read = Store.AddEntries([WorkSamples.Bare("a")])[0];
        var first = Store.TryUpdate(read with { Priority = 1 })!;
        Assert.Null(Store.TryUpdate(read with { Priority = 2 }));
        SameRecord.Assert(first, Store.FindEntry(read.Id));
        Assert.Equal(3, Store.TryUpdate(first with { Priority = 2 })!.Version);
    }

    [Fact]
    public void TryUpdate_ManyThreads_EachSuccessIsCounted()
    {
        var id = Store.AddEntries([WorkSamples.Bare("a")])[0].Id;
        CountUp([Store], id, threads: 4, each: 50);
        Assert.Equal((200, 201), (Store.FindEntry(id)!.Priority, Store.FindEntry(id)!.Version));
    }

    [Fact]
    public void TryRemove_OldVersion_IsRefused()
    {
        var read = Store.AddEntries([WorkSamples.Bare("a")])[0];
        var updated = Store.TryUpdate(read with { Priority = 1 })!;
        Assert.False(Store.TryRemove(read));
        Assert.True(Store.TryRemove(updated));
        Assert.False(Store.TryRemove(updated));
        Assert.Null(Store.FindEntry(read.Id));
        Assert.Null(Store.TryUpdate(updated));
    }

    [Fact]
    public void When_Set_IsKeptUntilTakenBack()
    {
        Assert.Null(Store.When);
        Store.When = "night + idle";
        Store.When = "lunch, \"mon-fri 20:00-24:00\"";
        Assert.Equal("lunch, \"mon-fri 20:00-24:00\"", Store.When);
        Store.When = null;
        Assert.Null(Store.When);
    }

    [Fact]
    public void QueuePaused_Set_IsKept()
    {
        Assert.False(Store.QueuePaused);
        Store.QueuePaused = true;
        Store.QueuePaused = true;
        Assert.True(Store.QueuePaused);
        Store.QueuePaused = false;
        Assert.False(Store.QueuePaused);
    }

    [Fact]
    public void QueueResumed_PausedQueueGoesOn_IsWhenThatWas()
    {
        Store.QueuePaused = false;
        Store.QueuePaused = true;
        Assert.Null(Store.QueueResumed);
        Time.Advance(TimeSpan.FromTicks(12_345_678_901));
        Store.QueuePaused = false;
        var resumed = Time.GetUtcNow();
        Time.Advance(TimeSpan.FromHours(1));
        Store.QueuePaused = false;
        Assert.Equal(resumed, Store.QueueResumed);
    }

    [Fact]
    public void AddSlice_All_AreListedByTheirBeginning()
    {
        var late = Store.AddSlice(WorkSamples.Slice(9));
        var early = Store.AddSlice(WorkSamples.Slice(1));
        var same = Store.AddSlice(WorkSamples.Slice(1) with { Worker = "another" });
        Assert.Equal(WorkSamples.Slice(9) with { Id = late.Id }, late);
        Assert.Equal(3, new[] { late.Id, early.Id, same.Id }.Distinct().Count());
        Assert.Equal([early, same, late], Store.Slices(DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Slices_Since_LeavesOutWhatHadEndedBefore()
    {
        var over = Store.AddSlice(WorkSamples.Slice(1));
        var open = Store.AddSlice(WorkSamples.Slice(0) with { Ended = null, Outcome = SliceOutcome.Running, ActiveSeconds = 0, Reason = "" });
        var across = Store.AddSlice(WorkSamples.Slice(2));
        Assert.Equal([open, across], Store.Slices(across.Ended!.Value));
        Assert.Equal([open], Store.Slices(across.Ended!.Value.AddTicks(1)));
        Assert.Equal([open, over, across], Store.Slices(over.Ended!.Value.ToOffset(TimeSpan.FromHours(-9))));
    }

    [Theory]
    [InlineData(SliceOutcome.Running)]
    [InlineData(SliceOutcome.Answered)]
    [InlineData(SliceOutcome.Paused)]
    [InlineData(SliceOutcome.Stopped)]
    [InlineData(SliceOutcome.Failed)]
    [InlineData(SliceOutcome.Died)]
    public void UpdateSlice_Outcome_IsKept(SliceOutcome outcome)
    {
        var other = Store.AddSlice(WorkSamples.Slice(0));
        var slice = Store.AddSlice(WorkSamples.Slice(1) with { Ended = null });
        var ended = slice with { Ended = slice.Began.AddTicks(12_345_678_901), ActiveSeconds = 0.1 + 0.2, Outcome = outcome, Reason = "because" };
        Store.UpdateSlice(ended);
        Assert.Equal([other, ended], Store.Slices(DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void AddEntries_AfterOneThatRanWasRemoved_DoNotHaveItsNumber()
    {
        var entry = Store.AddEntries([WorkSamples.Bare("a")])[0];
        Store.AddSlice(WorkSamples.Slice(1) with { Entry = entry.Id });
        Assert.True(Store.TryRemove(entry));
        Assert.NotEqual(entry.Id, Store.AddEntries([WorkSamples.Bare("b")])[0].Id);
    }

    [Fact]
    public void TryRemove_Entry_LeavesItsSlices()
    {
        var entry = Store.AddEntries([WorkSamples.Bare("a")])[0];
        var slice = Store.AddSlice(WorkSamples.Slice(1) with { Entry = entry.Id });
        Store.TryRemove(entry);
        Assert.Equal([slice], Store.Slices(DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void PutRequest_Several_LastOneStandsUntilTakenBack()
    {
        var (a, b) = (Experiment("a"), Experiment("b"));
        Assert.Null(Store.FindRequest(a));
        Store.PutRequest(a, RunRequest.Pause);
        Store.PutRequest(a, RunRequest.Skip);
        Store.PutRequest(b, RunRequest.Stop);
        Assert.Equal((RunRequest.Skip, RunRequest.Stop), (Store.FindRequest(a), Store.FindRequest(b)));
        Assert.Equal(new Dictionary<long, RunRequest> { [a] = RunRequest.Skip, [b] = RunRequest.Stop }, Store.Requests());
        Store.PutRequest(a, null);
        Store.PutRequest(a, null);
        Assert.Null(Store.FindRequest(a));
        Assert.Equal([b], Store.Requests().Keys);
        Store.PutRequest(a, RunRequest.Pause);
        Assert.Equal(RunRequest.Pause, Store.FindRequest(a));
    }

    [Fact]
    public void PutWorker_Again_TellsStateReasonAndSeen()
    {
        Store.PutWorker(WorkSamples.Worker(1));
        Assert.Equal([WorkSamples.Worker(1)], Store.Workers());
        var told = WorkSamples.Worker(1) with { State = "waiting", Reason = "for the night", Seen = WorkSamples.Worker(1).Seen.AddSeconds(1) };
        Store.PutWorker(told);
        Assert.Equal([told], Store.Workers());
    }

    [Fact]
    public void StopWorker_ThenPutWorker_StopStays()
    {
        Store.StopWorker("w1"); // nobody yet
        Store.PutWorker(WorkSamples.Worker(1));
        Store.PutWorker(WorkSamples.Worker(2));
        Store.StopWorker("w1");
        Store.PutWorker(WorkSamples.Worker(1) with { State = "waiting", Stop = false });
        Assert.Equal([("w2", false), ("w1", true)], Store.Workers().Select(w => (w.Id, w.Stop)));
        Store.DropWorker("w1");
        Store.DropWorker("w1");
        Assert.Equal([WorkSamples.Worker(2)], Store.Workers());
        Store.PutWorker(WorkSamples.Worker(1));
        Assert.All(Store.Workers(), w => Assert.False(w.Stop));
    }

    [Fact]
    public void TryLock_Held_ExcludesUntilReleased()
    {
        var held = Store.TryLock("worker-a");
        Assert.NotNull(held);
        Assert.Null(Store.TryLock("worker-a"));
        using var other = Store.TryLock("queue-1");
        Assert.NotNull(other);
        held.Dispose();
        using var again = Store.TryLock("worker-a");
        Assert.NotNull(again);
        held.Dispose(); // once more: must not release what another holds
        Assert.Null(Store.TryLock("worker-a"));
    }

    [Fact]
    public void TryLock_ManyThreads_OneGetsIt()
    {
        var handles = new IDisposable?[32];
        _ = Store;
        Parallel.For(0, handles.Length, i => handles[i] = Store.TryLock("one"));
        Assert.Single(handles, h => h is not null)!.Dispose();
    }

    /// <summary>Counts an entry's priority up from many threads, each reading it again whenever another one was faster.</summary>
    protected static void CountUp(IReadOnlyList<IWorkStore> stores, long id, int threads, int each)
        => Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            var store = stores[thread % stores.Count];
            for (var done = 0; done < each;)
            {
                var read = store.FindEntry(id)!;
                done += store.TryUpdate(read with { Priority = read.Priority + 1 }) is null ? 0 : 1;
            }
        });
}
