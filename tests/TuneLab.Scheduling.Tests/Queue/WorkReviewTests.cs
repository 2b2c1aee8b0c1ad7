using TuneLab.Scheduling.Queue;
using TuneLab.Scheduling.Review;
using TuneLab.Scheduling.Tests.Worker;
using TuneLab.Storage.Work;
using TuneLab.Testing;
using TuneLab.Testing.Stores;

namespace TuneLab.Scheduling.Tests.Queue;

public sealed class WorkReviewTests
{
    [Fact]
    public void Of_ANight_TellsWhatRanWhatFailedAndWhatIsNext()
    {
        var time = new ManualTime();
        using var store = new MemoryWorkStore(time);
        var now = time.GetUtcNow();
        var all = store.AddEntries([WorkSamples.Bare("old"), WorkSamples.Bare("over midnight"), WorkSamples.Bare("bad"), WorkSamples.Bare("waits"), WorkSamples.Bare("runs")]);
        store.TryUpdate(all[1] with { State = QueueState.Done });
        store.TryUpdate(all[2] with { State = QueueState.Failed });
        store.TryUpdate(all[4] with { State = QueueState.Running });
        Slice(0, -50, -30, SliceOutcome.Answered, 3600);
        Slice(1, -26, -22, SliceOutcome.Paused, 2 * 3600); // half of it within the last day
        Slice(1, -3, -2, SliceOutcome.Answered, 1800);
        Slice(2, -2, -1.5, SliceOutcome.Died, 0);
        Slice(4, -1, null, SliceOutcome.Running, 0);

        var review = WorkReview.Of(store, new FakePermits(), [new(now.AddHours(-24), now.AddHours(-20)), new(now.AddHours(-2.75), now.AddHours(-0.5))], ["w"], now.AddHours(-24), now);

        Assert.Equal([("over midnight", 3600 + 1800), ("bad", 1800), ("runs", 3600)], review.Ran.Select(r => (r.Entry.Name, r.WorkedSeconds)));
        Assert.Equal(["bad"], review.Failed.Select(e => e.Name));
        Assert.Equal(["runs", "old", "waits"], review.Next.Select(e => e.Name));
        Assert.Equal(10800, review.WorkedSeconds);
        Assert.Equal((6.25, 1 + 0.375 + 0.5 + 0.5), (review.Open.TotalHours, review.Used.TotalHours));

        void Slice(int entry, double began, double? ended, SliceOutcome outcome, double active)
            => store.AddSlice(new Slice { Entry = all[entry].Id, Worker = "w", Began = now.AddHours(began), Ended = ended is { } e ? now.AddHours(e) : null, Outcome = outcome, ActiveSeconds = active });
    }

    [Fact]
    public void Of_ARepeatThatFailed_TellsItAmongTheFailed()
    {
        var time = new ManualTime();
        using var store = new MemoryWorkStore(time);
        var all = store.AddEntries([WorkSamples.Bare("nightly") with { Repeat = "night" }, WorkSamples.Bare("weekly") with { Repeat = "weekend" }]);
        store.TryUpdate(all[0] with { Reason = "failed this time: the data file is gone" });
        store.TryUpdate(all[1] with { Reason = "Supported: it is." });
        Assert.Equal(["nightly"], WorkReview.Of(store, new FakePermits(), [], [], time.GetUtcNow().AddDays(-1), time.GetUtcNow()).Failed.Select(e => e.Name));
    }

    [Fact]
    public void Of_AWindowOpenedInVain_TellsWhatWasInTheWay()
    {
        var time = new ManualTime();
        using var store = new MemoryWorkStore(time);
        var all = store.AddEntries([WorkSamples.Bare("waits") with { Window = "night" }, WorkSamples.Bare("runs")]);
        var permits = new FakePermits();
        permits.Times.Add(new(time.GetUtcNow().AddHours(1), time.GetUtcNow().AddHours(9)));
        time.Advance(TimeSpan.FromHours(10));
        store.TryUpdate(all[1] with { State = QueueState.Running });
        store.AddSlice(new Slice { Entry = all[1].Id, Worker = "w", Began = time.GetUtcNow().AddHours(-10) });
        store.PutWorker(WorkSamples.Worker(1) with { Id = "w", Seen = time.GetUtcNow() });

        var missed = Assert.Single(WorkReview.Of(store, permits, [], ["w"], time.GetUtcNow().AddDays(-1), time.GetUtcNow()).Missed);

        Assert.Equal(("waits", permits.Times[0], "the time went to runs"), (missed.Entry.Name, missed.Opening, missed.Reason));
    }

    [Fact]
    public void Of_TwoWorkersAtOnce_CountsTheOneThatRestedLess()
    {
        var time = new ManualTime();
        using var store = new MemoryWorkStore(time);
        var now = time.GetUtcNow();
        store.AddSlice(new Slice { Entry = 1, Worker = "a", Began = now.AddHours(-4), Ended = now.AddHours(-1), Outcome = SliceOutcome.Answered, ActiveSeconds = 0.1 * 3 * 3600 });
        store.AddSlice(new Slice { Entry = 2, Worker = "b", Began = now.AddHours(-3), Ended = now.AddHours(-2), Outcome = SliceOutcome.Answered, ActiveSeconds = 3600 });
        var review = WorkReview.Of(store, new FakePermits(), [new(now.AddHours(-5), now)], [], now.AddHours(-24), now);
        Assert.Equal(1 + (0.1 * 2), review.Used.TotalHours, 6);
    }

    [Fact]
    public void Of_AWindowWhileTheQueueWasPausedOrTheEntryHeld_IsNotMissed()
    {
        var time = new ManualTime();
        using var store = new MemoryWorkStore(time);
        store.AddEntries([WorkSamples.Bare("own") with { Window = "night" }]);
        var held = QueueEdits.Hold(store, store.AddEntries([WorkSamples.Bare("held") with { Window = "night" }])[0]);
        var permits = new FakePermits();
        permits.Times.Add(new(time.GetUtcNow().AddHours(1), time.GetUtcNow().AddHours(9)));
        time.Advance(TimeSpan.FromHours(10));
        QueueEdits.Release(store, held);
        Assert.Equal(["own"], Missed());

        store.QueuePaused = true;
        Assert.Empty(Missed());
        store.QueuePaused = false;
        Assert.Empty(Missed());

        IEnumerable<string> Missed() => WorkReview.Of(store, permits, [], ["w"], time.GetUtcNow().AddDays(-1), time.GetUtcNow()).Missed.Select(m => m.Entry.Name);
    }

    [Theory]
    [InlineData(RunRequest.Pause, 0)]
    [InlineData(RunRequest.Skip, 1)]
    public void Of_AWindowOpenedWhileSomebodyHadPausedTheEntry_IsNotMissed(RunRequest asked, int missed)
    {
        var time = new ManualTime();
        using var store = new MemoryWorkStore(time);
        var entry = Assert.Single(store.AddEntries([WorkSamples.Bare("begun") with { Window = "night" }]));
        store.TryUpdate(entry with { State = QueueState.Paused, Experiment = 7 });
        store.PutRequest(7, asked);
        var permits = new FakePermits();
        permits.Times.Add(new(time.GetUtcNow().AddHours(1), time.GetUtcNow().AddHours(9)));
        time.Advance(TimeSpan.FromHours(10));

        Assert.Equal(missed, WorkReview.Of(store, permits, [], ["w"], time.GetUtcNow().AddDays(-1), time.GetUtcNow()).Missed.Count);
    }
}
