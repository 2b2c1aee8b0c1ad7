using TuneLab.Experiments;
using TuneLab.Scheduling.Worker;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Tests.Worker;

/// <summary>What a worker does with entries that have a deadline.</summary>
public sealed class QueueWorkerDeadlineTests : QueueWorkerBench
{
    [Fact]
    public void Look_TheDeadlinePassed_ItIsMissed()
    {
        Add("late", e => e with { Deadline = _time.GetUtcNow().AddMinutes(5) });
        _permits.Closed.Add("");
        _worker.Look();
        _time.Advance(TimeSpan.FromMinutes(6));
        _worker.Look();
        Assert.Equal(QueueState.Failed, Entry("late").State);
        Assert.Equal("its deadline, 2026-01-05 08:05, had passed before it was done", Entry("late").Reason);
        Assert.Contains("late missed", _told.Lines);
    }

    [Fact]
    public void Look_TheDeadlineOfAnotherPassesWhileOneRuns_ItIsToldThen()
    {
        Add("runs", e => e with { Priority = 1 });
        _worker.Look();
        Add("late", e => e with { Deadline = _time.GetUtcNow().AddMinutes(5) });
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(WorkerState.Running, _worker.Look());
        Assert.Contains("late missed", _told.Lines);
        Assert.Equal(QueueState.Running, Entry("runs").State);
    }

    [Fact]
    public void Look_ItsWindowClosesBeforeTheDeadline_TheSliceMustEndBeforeThat()
    {
        var now = _time.GetUtcNow();
        Add("one", e => e with { Window = "night", Deadline = now.AddHours(9) });
        _permits.Times.AddRange([new(now.AddHours(-2), now.AddHours(1)), new(now.AddHours(7), now.AddHours(8))]);
        _worker.Look();
        Assert.Equal(now.AddHours(8) - TimeSpan.FromSeconds(5), _slices.Last.Order.Deadline);
    }

    [Fact]
    public void Look_TheLastWindowIsAboutToClose_TheSliceHasWhatIsLeftOfIt()
    {
        var now = _time.GetUtcNow();
        Add("one", e => e with { Window = "night", Deadline = now.AddHours(9) });
        _permits.Times.Add(new(now.AddHours(-2), now.AddSeconds(3)));
        _worker.Look();
        Assert.Equal(now.AddSeconds(3), _slices.Last.Order.Deadline);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(null)]
    public void Look_ItMayRunUntilTheDeadline_ThatIsTheSlices(int? hours)
    {
        var deadline = hours is { } h ? _time.GetUtcNow().AddHours(h) : (DateTimeOffset?)null;
        Add("one", e => e with { Deadline = deadline });
        _permits.Times.Add(new(_time.GetUtcNow(), _time.GetUtcNow().AddHours(6)));
        _worker.Look();
        Assert.Equal(deadline, _slices.Last.Order.Deadline);
    }

    [Theory]
    [InlineData(SliceEnd.Stopped, true, QueueState.Failed, "; the best so far is confirmed and exported: so it is")]
    [InlineData(SliceEnd.Stopped, false, QueueState.Failed, "; what it has could not be confirmed: so it is")]
    [InlineData(SliceEnd.Died, false, QueueState.Paused, "; the best so far is confirmed and exported when it may run: so it is")]
    [InlineData(SliceEnd.Busy, false, QueueState.Paused, "; the best so far is confirmed and exported when it may run: so it is")]
    [InlineData(SliceEnd.Answered, true, QueueState.Done, "so it is")]
    public void Look_TheDeadlinePassesWhileABegunOneRests_ItsBestIsConfirmedWhenItMayRun(SliceEnd how, bool answered, QueueState state, string reason)
    {
        Add("one", e => e with { Deadline = _time.GetUtcNow().AddMinutes(5) });
        _worker.Look();
        _slices.Last.Tell(new SliceOpened(7));
        _permits.Closed.Add("");
        _worker.Look();
        _time.Advance(TimeSpan.FromMinutes(6));
        _worker.Look();
        Assert.Equal(["hold", "leave"], _slices.Last.Asked);
        _slices.Last.End(SliceEnd.Left);
        _worker.Look();
        _worker.Look();
        Assert.Equal((QueueState.Paused, "its deadline, 2026-01-05 08:05, had passed before it was done; the best so far is confirmed and exported when it may run"), (Entry("one").State, Entry("one").Reason));
        Assert.Single(_told.Lines, "one missed");
        _permits.Closed.Clear();
        _worker.Look();
        _worker.Look();
        Assert.Empty(_slices.Last.Asked); // before it is open there is nothing to confirm
        _slices.Last.Tell(new SliceOpened(7));
        _worker.Look();
        Assert.Equal(["stop"], _slices.Last.Asked);
        Assert.Null(_slices.Last.Order.Deadline);
        _slices.Last.Tell(new SliceEnded(how, "so it is", 12) { Answer = answered ? new SliceAnswer("undecided", "so it is", "auc", 0.5, "linear") : null });
        _worker.Look();
        Assert.Equal(state, Entry("one").State);
        Assert.EndsWith(reason, Entry("one").Reason, StringComparison.Ordinal);
        Assert.Equal(2, _slices.Started.Count);
        Assert.Equal(state == QueueState.Paused, Entry("one").NotBefore > _time.GetUtcNow());
    }

    [Fact]
    public void Look_TheDeadlinePassesWhileTheQueueIsPaused_ItIsMissed()
    {
        Add("late", e => e with { Deadline = _time.GetUtcNow().AddMinutes(5) });
        _store.QueuePaused = true;
        _worker.Look();
        _time.Advance(TimeSpan.FromMinutes(6));
        _worker.Look();
        Assert.Contains("late missed", _told.Lines);
    }

    [Fact]
    public void Look_ItRepeatsWithADeadline_TheDeadlineGoesOnWithIt()
    {
        Add("daily", e => e with { Repeat = "night", Deadline = _time.GetUtcNow().AddHours(3) });
        _worker.Look();
        _slices.Last.End(SliceEnd.Answered);
        _worker.Look();
        Assert.Equal(new DateTimeOffset(2026, 1, 7, 11, 0, 0, TimeSpan.Zero), Entry("daily").Deadline);
        _permits.Closed.Add("");
        _time.Advance(TimeSpan.FromDays(3)); // nobody had time
        _worker.Look();
        Assert.Contains("daily missed", _told.Lines);
        Assert.Equal((QueueState.Waiting, new DateTimeOffset(2026, 1, 9, 22, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 10, 11, 0, 0, TimeSpan.Zero)), (Entry("daily").State, Entry("daily").NotBefore, Entry("daily").Deadline));
    }
}
