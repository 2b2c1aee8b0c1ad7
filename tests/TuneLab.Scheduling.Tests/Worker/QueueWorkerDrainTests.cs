using TuneLab.Experiments;
using TuneLab.Scheduling.Queue;
using TuneLab.Scheduling.Worker;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Tests.Worker;

/// <summary>When a worker that drains the queue ends.</summary>
public sealed class QueueWorkerDrainTests : QueueWorkerBench
{
    [Fact]
    public void Look_Drained_EndsWithAnEmptyQueueAndNotWithOneThatWaits()
    {
        using var drain = Worker("drain", drain: true);
        Add("later", e => e with { NotBefore = _time.GetUtcNow().AddMinutes(5) });
        Assert.Equal(WorkerState.Waiting, drain.Look());
        _time.Advance(TimeSpan.FromMinutes(5));
        drain.Look();
        _slices.Last.End(SliceEnd.Answered);
        Assert.Equal(WorkerState.Ended, drain.Look());
    }

    [Fact]
    public void Look_DrainedAndARepeatHasHadItsTurn_EndsAndSaysWhenItComesAgain()
    {
        using var drain = Worker("drain", drain: true);
        Add("daily", e => e with { Repeat = "night", NotBefore = _time.GetUtcNow().AddMinutes(5) });
        Assert.Equal(WorkerState.Waiting, drain.Look()); // its first turn is part of the queue
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(WorkerState.Running, drain.Look());
        _slices.Last.End(SliceEnd.Answered);
        Assert.Equal(WorkerState.Ended, drain.Look());
        Assert.StartsWith("waits: nothing is left but what repeats: daily: not before 2026-01-06 22:00", _told.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SliceEnd.Died)]
    [InlineData(SliceEnd.Busy)]
    public void Look_DrainedAndARepeatIsTriedAgainSoon_WaitsForThat(SliceEnd how)
    {
        using var drain = Worker("drain", drain: true);
        Add("daily", e => e with { Repeat = "night" });
        drain.Look();
        _slices.Last.End(how);
        Assert.Equal(WorkerState.Waiting, drain.Look());
    }

    [Fact]
    public void Look_DrainedAndARepeatThatHadItsTurnWasHeldAndReleased_Ends()
    {
        using var drain = Worker("drain", drain: true);
        Add("daily", e => e with { Repeat = "night" });
        drain.Look();
        _slices.Last.Tell(new SliceOpened(7));
        drain.Look();
        _slices.Last.End(SliceEnd.Answered);
        Assert.Equal(WorkerState.Ended, drain.Look());
        QueueEdits.Release(_store, QueueEdits.Hold(_store, Entry("daily")));
        Assert.Equal(QueueState.Waiting, Entry("daily").State);
        Assert.Equal(WorkerState.Ended, drain.Look());
    }

    [Fact]
    public void Look_DrainedAndWhatIsLeftIsPausedOrHasNoWindowOrWaitsForAFailedOneAddedLater_Ends()
    {
        using var drain = Worker("drain", drain: true);
        _permits.Unknown.Add("gone");
        Add("no window", e => e with { Window = "gone" });
        _store.TryUpdate(Add("paused") with { State = QueueState.Paused, Experiment = 7 });
        _store.PutRequest(7, RunRequest.Pause);
        var first = Add("first");
        var second = Add("second");
        var third = _store.TryUpdate(Add("third") with { State = QueueState.Failed })!;
        _store.TryUpdate(first with { After = [second.Id] });
        _store.TryUpdate(second with { After = [third.Id] });
        Assert.Equal(WorkerState.Ended, drain.Look());
    }

    [Fact]
    public void Look_DrainedAndTheRestWaitsForAFailedOne_EndsAndSaysSo()
    {
        using var drain = Worker("drain", drain: true);
        var bad = Add("bad");
        Add("after", e => e with { After = [bad.Id] });
        drain.Look();
        _slices.Last.End(SliceEnd.Refused, "wrong");
        Assert.Equal(WorkerState.Ended, drain.Look());
        Assert.Contains("which failed", _told.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Look_DrainedAndAChainWaitsForAFailedOne_Ends()
    {
        using var drain = Worker("drain", drain: true);
        var bad = Add("bad");
        var after = Add("after", e => e with { After = [bad.Id] });
        Add("last", e => e with { After = [after.Id] });
        drain.Look();
        _slices.Last.End(SliceEnd.Refused, "wrong");
        Assert.Equal(WorkerState.Ended, drain.Look());
    }
}
