using TuneLab.Storage.Work;
using TuneLab.Testing.Stores;

namespace TuneLab.Testing.Contracts;

/// <summary>What a work store that outlives its object does besides.</summary>
public abstract class DurableWorkStoreContract : WorkStoreContract
{
    /// <summary>Opens what <see cref="WorkStoreContract.Store"/> writes once more, beside it or after it.</summary>
    protected abstract IWorkStore OpenAgain();

    [Fact]
    public void OpenAgain_AfterDispose_EverythingIsThere()
    {
        var experiment = Experiment("a");
        Store.AddEntries([WorkSamples.Entry(0) with { Experiment = experiment }, WorkSamples.Bare("b")]);
        Store.AddSlice(WorkSamples.Slice(1));
        Store.PutRequest(experiment, RunRequest.Pause);
        Store.PutWorker(WorkSamples.Worker(1));
        Store.StopWorker("w1");
        Store.QueuePaused = true;
        Store.AddItems([WorkSamples.Item(1)]);
        Store.RaiseAlert(WorkSamples.Alert(1) with { Experiment = experiment }, ["log"]);
        var (entries, slices, items, due) = (Store.Entries(), Store.Slices(DateTimeOffset.UnixEpoch), Store.Items(), Store.DueDeliveries(DateTimeOffset.MaxValue));
        Store.Dispose();

        using var again = OpenAgain();
        Assert.Equal(2, again.Entries().Count);
        Assert.All(entries.Zip(again.Entries()), pair => SameRecord.Assert(pair.First, pair.Second));
        Assert.Equal(slices, again.Slices(DateTimeOffset.UnixEpoch));
        Assert.Equal(RunRequest.Pause, again.FindRequest(experiment));
        Assert.Equal([WorkSamples.Worker(1) with { Stop = true }], again.Workers());
        Assert.True(again.QueuePaused);
        Assert.Equal(items, again.Items());
        Assert.Equal([WorkSamples.Alert(1) with { Experiment = experiment }], again.Alerts(DateTimeOffset.UnixEpoch));
        Assert.Equal(due, again.DueDeliveries(DateTimeOffset.MaxValue));
        Assert.Equal(3, again.AddEntries([WorkSamples.Bare("c")])[0].Place);
    }

    [Fact]
    public void OpenAgain_Beside_EachSeesTheOther()
    {
        using var other = OpenAgain();
        var entry = other.AddEntries([WorkSamples.Bare("a")])[0];
        SameRecord.Assert(entry, Store.FindEntry(entry.Id));
        Store.QueuePaused = true;
        Assert.True(other.QueuePaused);
        Assert.NotNull(other.TryUpdate(entry with { Priority = 1 }));
        Assert.Null(Store.TryUpdate(entry with { Priority = 2 }));
        Store.PutWorker(WorkSamples.Worker(1));
        other.StopWorker("w1");
        Assert.True(Assert.Single(Store.Workers()).Stop);
    }

    [Fact]
    public void OpenAgain_BothUpdateOneEntry_EachSuccessIsCounted()
    {
        using var other = OpenAgain();
        var id = Store.AddEntries([WorkSamples.Bare("a")])[0].Id;
        CountUp([Store, other], id, threads: 4, each: 50);
        Assert.Equal((200, 201), (Store.FindEntry(id)!.Priority, other.FindEntry(id)!.Version));
    }

    [Fact]
    public void OpenAgain_BothAddAtOnce_PlacesAndNumbersAreDistinct()
    {
        using var other = OpenAgain();
        IWorkStore[] stores = [Store, other];
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, worker =>
        {
            for (var i = 0; i < 25; i++)
            {
                Assert.Equal(2, stores[worker % 2].AddEntries([WorkSamples.Bare("a"), WorkSamples.Bare("b")]).Count);
            }
        });
        var entries = Store.Entries();
        Assert.Equal((200, 200, 200), (entries.Count, entries.Select(e => e.Id).Distinct().Count(), entries.Select(e => e.Place).Distinct().Count()));
        Assert.All(entries.Chunk(2), pair => Assert.Equal(["a", "b"], pair.Select(e => e.Name))); // nobody comes between those of one call
    }

    [Fact]
    public void AddEntries_OneThatCannotBeAdded_AddsNone()
    {
        const long NoExperiment = 999;
        Assert.ThrowsAny<Exception>(() => Store.AddEntries([WorkSamples.Bare("good"), WorkSamples.Bare("bad") with { Experiment = NoExperiment }]));
        Assert.Empty(Store.Entries());
        Store.AddEntries([WorkSamples.Bare("good")]);
        Assert.Equal("good", Assert.Single(Store.Entries()).Name);
    }

    [Fact]
    public void TryLock_OtherInstance_IsExcludedUntilReleased()
    {
        using var other = OpenAgain();
        using (Store.TryLock("worker-a"))
        {
            Assert.Null(other.TryLock("worker-a"));
        }

        using var taken = other.TryLock("worker-a");
        Assert.NotNull(taken);
        Assert.Null(Store.TryLock("worker-a"));
    }
}
