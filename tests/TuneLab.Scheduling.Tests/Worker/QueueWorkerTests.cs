using TuneLab.Experiments;
using TuneLab.Scheduling.Queue;
using TuneLab.Scheduling.Worker;
using TuneLab.Storage.Work;
using TuneLab.Testing;

namespace TuneLab.Scheduling.Tests.Worker;

/// <summary>What a worker does with the queue.</summary>
public sealed class QueueWorkerTests : QueueWorkerBench
{
    [Fact]
    public void Look_SeveralWait_TheMostUrgentIsBegun()
    {
        Add("late");
        Add("urgent", e => e with { Priority = 1 });
        Assert.Equal(WorkerState.Running, _worker.Look());
        Assert.Equal("urgent", Entry(_slices.Last.Order.Entry).Name);
        Assert.Equal(QueueState.Running, Entry("urgent").State);
        Assert.Equal(QueueState.Waiting, Entry("late").State);
    }

    [Fact]
    public void Look_ItIsAnswered_TheNextBeginsAtOnce()
    {
        Add("first");
        Add("second");
        _worker.Look();
        _slices.Last.Tell(new SliceOpened(41));
        _worker.Look();
        Assert.Equal(41, Entry("first").Experiment);
        _slices.Last.End(SliceEnd.Answered, "Supported: it is.");
        Assert.Equal(WorkerState.Running, _worker.Look());
        Assert.Equal((QueueState.Done, "Supported: it is."), (Entry("first").State, Entry("first").Reason));
        Assert.True(_slices.Started[0].IsDisposed);
        Assert.Equal(QueueState.Running, Entry("second").State);
        var slice = _store.Slices(DateTimeOffset.MinValue)[0];
        Assert.Equal((SliceOutcome.Answered, 12), (slice.Outcome, slice.ActiveSeconds));
    }

    [Fact]
    public void Look_ItFails_OthersRunAndItIsTriedAgainThenParkedWithItsReason()
    {
        Add("bad");
        Add("good");
        _worker.Look();
        _slices.Last.End(SliceEnd.Died, "killed by the kernel");
        _worker.Look();
        Assert.Equal(QueueState.Running, Entry("good").State);
        _slices.Last.End(SliceEnd.Answered);
        Assert.Equal(WorkerState.Waiting, _worker.Look());
        Assert.Contains("killed by the kernel", _told.Lines[^1], StringComparison.Ordinal);
        foreach (var wait in (TimeSpan[])[TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)])
        {
            _time.Advance(wait - TimeSpan.FromSeconds(1));
            Assert.Equal(WorkerState.Waiting, _worker.Look());
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(WorkerState.Running, _worker.Look());
            _slices.Last.End(SliceEnd.Failed, "no memory");
            _worker.Look();
        }

        Assert.Equal((QueueState.Failed, "failed 3 times, the last time: no memory"), (Entry("bad").State, Entry("bad").Reason));
        Assert.Equal(4, _slices.Started.Count);
    }

    [Fact]
    public void Look_ItIsRefused_ItIsNotTriedAgain()
    {
        Add("wrong");
        _worker.Look();
        _slices.Last.End(SliceEnd.Refused, "no column 'y'");
        _worker.Look();
        Assert.Equal((QueueState.Failed, "no column 'y'"), (Entry("wrong").State, Entry("wrong").Reason));
    }

    [Fact]
    public void Look_ItCannotBeStarted_CountsAsAFailure()
    {
        Add("one");
        _slices.Fault = "no such program";
        _worker.Look();
        Assert.Equal((QueueState.Waiting, 1, "no such program"), (Entry("one").State, Entry("one").Attempts, Entry("one").Reason));
    }

    [Fact]
    public void Look_TheWindowCloses_ItRestsAndGoesOn()
    {
        Add("one");
        _worker.Look();
        _permits.Closed.Add("");
        Assert.Equal(WorkerState.Resting, _worker.Look());
        Assert.Equal(WorkerState.Resting, _worker.Look());
        Assert.Equal(["hold"], _slices.Last.Asked);
        _permits.Closed.Clear();
        Assert.Equal(WorkerState.Running, _worker.Look());
        Assert.Equal(["hold", "release"], _slices.Last.Asked);
        Assert.Equal(["one started", "one rests: 'own' is closed", "one goes on"], _told.Lines);
    }

    [Fact]
    public void Look_TheWindowStaysClosed_ItIsLeftAndGoesOnFromTheStoreLater()
    {
        Add("one");
        _worker.Look();
        _permits.Closed.Add("");
        _worker.Look();
        _time.Advance(TimeSpan.FromMinutes(11));
        _worker.Look();
        Assert.Equal(["hold", "leave"], _slices.Last.Asked);
        _slices.Last.End(SliceEnd.Left);
        Assert.Equal(WorkerState.Waiting, _worker.Look());
        Assert.Equal(QueueState.Paused, Entry("one").State);
        _permits.Closed.Clear();
        Assert.Equal(WorkerState.Running, _worker.Look());
        Assert.Equal(2, _slices.Started.Count);
    }

    [Fact]
    public void Look_ItDoesNotEndWhenLeft_ItsProcessIsEnded()
    {
        Add("one");
        _worker.Look();
        _worker.End();
        _worker.Look();
        _time.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(WorkerState.Ended, _worker.Look());
        Assert.True(_slices.Last.IsDisposed);
        Assert.Equal(QueueState.Paused, Entry("one").State);
    }

    [Fact]
    public void Look_TheEntrysOwnWindowIsClosed_AnotherOneRuns()
    {
        Add("nightly", e => e with { Window = "night", Priority = 9 });
        Add("any");
        _permits.Closed.Add("night");
        _worker.Look();
        Assert.Equal(QueueState.Running, Entry("any").State);
    }

    [Fact]
    public void Look_ItWaitsForAnother_UntilThatIsDone()
    {
        var first = Add("first", e => e with { NotBefore = _time.GetUtcNow().AddMinutes(1) });
        Add("second", e => e with { After = [first.Id], Priority = 5 });
        Assert.Equal(WorkerState.Waiting, _worker.Look());
        _time.Advance(TimeSpan.FromMinutes(1));
        _worker.Look();
        Assert.Equal(QueueState.Running, Entry("first").State);
        _slices.Last.End(SliceEnd.Answered);
        _worker.Look();
        Assert.Equal(QueueState.Running, Entry("second").State);
    }

    [Fact]
    public void Look_ItRepeats_ItWaitsForTheWindowsNextOpening()
    {
        Add("daily", e => e with { Repeat = "night" });
        _worker.Look();
        _slices.Last.End(SliceEnd.Answered);
        Assert.Equal(WorkerState.Waiting, _worker.Look());
        Assert.Equal(new DateTimeOffset(2026, 1, 6, 22, 0, 0, TimeSpan.Zero), Entry("daily").NotBefore);
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(WorkerState.Running, _worker.Look());
    }

    [Theory]
    [InlineData(SliceEnd.Refused, 1, "failed this time: so it is")]
    [InlineData(SliceEnd.Died, 3, "failed this time: failed 3 times, the last time: so it is")]
    public void Look_ARepeatFails_ItIsTriedAgainAtTheNextOpening(SliceEnd how, int times, string reason)
    {
        Add("nightly", e => e with { Repeat = "night" });
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(WorkerState.Running, _worker.Look());
            _slices.Last.End(how);
            _worker.Look();
            _time.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal((QueueState.Waiting, 0, reason), (Entry("nightly").State, Entry("nightly").Attempts, Entry("nightly").Reason));
        Assert.Equal("2026-01-06 22:00", _permits.Words(Entry("nightly").NotBefore!.Value));
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(WorkerState.Running, _worker.Look());
    }

    [Fact]
    public void Look_ARepeatFailsThatSomebodyHolds_ItIsHeldAndSaysThatItFailed()
    {
        Add("nightly", e => e with { Repeat = "night" });
        _worker.Look();
        QueueEdits.Hold(_store, Entry("nightly"));
        _slices.Last.End(SliceEnd.Refused);
        _worker.Look();
        Assert.Equal((QueueState.Held, "failed this time: so it is"), (Entry("nightly").State, Entry("nightly").Reason));
        Assert.True(QueueWords.HasFailed(Entry("nightly")));
        QueueEdits.Release(_store, Entry("nightly"));
        Assert.Equal(WorkerState.Waiting, _worker.Look()); // for its next turn
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(WorkerState.Running, _worker.Look());
    }

    [Theory]
    [InlineData(RunRequest.Pause, "leave", QueueState.Paused)]
    [InlineData(RunRequest.Skip, "leave", QueueState.Held)]
    public void Look_SomebodyAsks_ItIsLeft(RunRequest request, string asked, QueueState state)
    {
        Add("one");
        _worker.Look();
        _slices.Last.Tell(new SliceOpened(7));
        _worker.Look();
        _store.PutRequest(7, request);
        _worker.Look();
        Assert.Equal([asked], _slices.Last.Asked);
        _slices.Last.End(SliceEnd.Left);
        Assert.Equal(WorkerState.Waiting, _worker.Look());
        Assert.Equal(state, Entry("one").State);
        _store.PutRequest(7, null);
        QueueEdits.Release(_store, Entry("one"));
        Assert.Equal(WorkerState.Running, _worker.Look());
    }

    [Fact]
    public void Look_SomebodyStopsIt_ItAnswersAndIsHeld()
    {
        Add("one");
        _worker.Look();
        _slices.Last.Tell(new SliceOpened(7));
        _worker.Look();
        _store.PutRequest(7, RunRequest.Stop);
        _worker.Look();
        _worker.Look();
        Assert.Equal(["stop"], _slices.Last.Asked);
        _slices.Last.End(SliceEnd.Stopped, "Undecided.");
        _worker.Look();
        Assert.Equal(QueueState.Held, Entry("one").State);
        Assert.Null(_store.FindRequest(7));
    }

    [Fact]
    public void Look_TheQueueIsPaused_ItRestsAndNothingBegins()
    {
        Add("one");
        _worker.Look();
        _store.QueuePaused = true;
        Assert.Equal(WorkerState.Resting, _worker.Look());
        _store.QueuePaused = false;
        Assert.Equal(WorkerState.Running, _worker.Look());
        _slices.Last.End(SliceEnd.Answered);
        _store.QueuePaused = true;
        Add("two");
        Assert.Equal(WorkerState.Waiting, _worker.Look());
        Assert.Single(_slices.Started);
    }

    [Fact]
    public void Look_HeldWhileItRuns_ItIsLeftAndStaysHeld()
    {
        Add("one");
        _worker.Look();
        QueueEdits.Hold(_store, Entry("one"));
        _worker.Look();
        Assert.Equal(["leave"], _slices.Last.Asked);
        _slices.Last.End(SliceEnd.Left);
        _worker.Look();
        Assert.Equal(QueueState.Held, Entry("one").State);
    }

    [Fact]
    public void Look_TwoWorkers_NeverRunTheSameEntry()
    {
        using var other = Worker("two");
        Add("first");
        Add("second");
        _worker.Look();
        other.Look();
        Assert.Equal(2, _slices.Started.Select(s => s.Order.Entry).Distinct().Count());
        Assert.Equal(["one", "two"], _store.Entries().Select(e => e.Worker));
    }

    [Fact]
    public void Look_AWorkerDied_AnotherTakesItsEntryOverAndClosesItsSlice()
    {
        Add("one");
        var dead = Worker("dead");
        dead.Look();
        dead.Dispose(); // its rights end, its entry stays as it was: as after kill -9
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(WorkerState.Running, _worker.Look());
        Assert.Equal(("one", 0), (Entry("one").Worker, Entry("one").Attempts));
        Assert.Equal([SliceOutcome.Died, SliceOutcome.Running], _store.Slices(DateTimeOffset.MinValue).Select(s => s.Outcome));
    }

    [Fact]
    public void Look_AskedToEnd_ItLeavesAndEnds()
    {
        Add("one");
        _worker.Look();
        _store.StopWorker("one");
        _worker.Look();
        Assert.Equal(["leave"], _slices.Last.Asked);
        _slices.Last.End(SliceEnd.Left);
        Assert.Equal(WorkerState.Ended, _worker.Look());
        Assert.Equal(QueueState.Paused, Entry("one").State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Look_TheWindowOfARepeatHasGone_ItIsParkedAndTheOthersGoOn(bool missed)
    {
        Add("daily", e => e with { Repeat = "evenings", Deadline = missed ? _time.GetUtcNow().AddMinutes(5) : null });
        Add("other");
        _permits.Unknown.Add("evenings");
        if (missed)
        {
            _permits.Closed.Add("");
            _worker.Look();
            _time.Advance(TimeSpan.FromMinutes(6));
            _permits.Closed.Clear();
        }
        else
        {
            _worker.Look();
            _slices.Last.End(SliceEnd.Answered);
        }

        Assert.Equal(WorkerState.Running, _worker.Look());
        Assert.Equal((QueueState.Failed, QueueState.Running), (Entry("daily").State, Entry("other").State));
        Assert.EndsWith("; it can't repeat: There is no window 'evenings'.", Entry("daily").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Look_ItsOwnWindowClosesWhileAnotherMayRun_ItIsLeftForThatOne()
    {
        Add("lunch", e => e with { Window = "lunch", Priority = 1 });
        _worker.Look();
        Add("other");
        _permits.Closed.Add("lunch");
        _worker.Look();
        Assert.Equal(WorkerState.Resting, _worker.Look());
        Assert.Equal(["hold", "leave"], _slices.Last.Asked);
        _slices.Last.End(SliceEnd.Left);
        Assert.Equal(WorkerState.Running, _worker.Look());
        Assert.Equal((QueueState.Paused, QueueState.Running), (Entry("lunch").State, Entry("other").State));
    }

    [Fact]
    public void Look_SkippedWhileItIsBeingLeft_IsSkipped()
    {
        Add("one");
        _worker.Look();
        _slices.Last.Tell(new SliceOpened(7));
        _worker.Look();
        _worker.End();
        _worker.Look();
        _store.PutRequest(7, RunRequest.Skip);
        _slices.Last.End(SliceEnd.Left);
        _worker.Look();
        Assert.Equal(QueueState.Held, Entry("one").State);
    }

    [Theory]
    [InlineData(SliceEnd.Died, null)]
    [InlineData(SliceEnd.Busy, null)]
    [InlineData(SliceEnd.Answered, "night")]
    public void Look_TheClockWasAheadWhenAWaitWasSet_TheWaitIsOver(SliceEnd how, string? repeat)
    {
        _time.Advance(TimeSpan.FromDays(365));
        Add("one", e => e with { Repeat = repeat });
        _worker.Look();
        _slices.Last.End(how);
        Assert.Equal(WorkerState.Waiting, _worker.Look());
        _time.Advance(TimeSpan.FromDays(-365));
        Assert.Equal(WorkerState.Running, _worker.Look());
    }

    [Theory]
    [InlineData(SliceEnd.Died, null)]
    [InlineData(SliceEnd.Busy, null)]
    [InlineData(SliceEnd.Answered, "night")]
    public void Look_WhatEndedIsWrittenALittleAfterTheLooksInstant_ItWaitsAllTheSame(SliceEnd how, string? repeat)
    {
        var looks = new ManualTime();
        _time.Advance(TimeSpan.FromMilliseconds(20));
        using var worker = Worker("behind", time: looks);
        Add("one", e => e with { Repeat = repeat });
        worker.Look();
        _slices.Last.End(how);
        Assert.Equal(WorkerState.Waiting, worker.Look());
    }

    [Fact]
    public void Look_TheClockWasAheadWhenSomebodySaidNotBefore_ItWaitsForThat()
    {
        Add("one", e => e with { NotBefore = _time.GetUtcNow().AddDays(1) });
        _time.Advance(TimeSpan.FromHours(-1));
        Assert.Equal(WorkerState.Waiting, _worker.Look());
    }

    [Fact]
    public void Look_TheClockIsSetBack_ItGoesOn()
    {
        Add("one", e => e with { NotBefore = _time.GetUtcNow().AddMinutes(1) });
        _time.Advance(TimeSpan.FromMinutes(2));
        _worker.Look();
        _time.Advance(TimeSpan.FromHours(-3));
        Assert.Equal(WorkerState.Running, _worker.Look());
        _permits.Closed.Add("");
        Assert.Equal(WorkerState.Resting, _worker.Look());
        _permits.Closed.Clear();
        Assert.Equal(WorkerState.Running, _worker.Look());
        _slices.Last.End(SliceEnd.Answered);
        _worker.Look();
        Assert.Equal(QueueState.Done, Entry("one").State);
    }

    [Fact]
    public void Look_StoppedWhileItRests_RestsOnAndAnswersWhenTheWindowOpens()
    {
        Add("one");
        _worker.Look();
        _slices.Last.Tell(new SliceOpened(7));
        _permits.Closed.Add("");
        _worker.Look();
        _store.PutRequest(7, RunRequest.Stop);
        _worker.Look();
        _worker.Look();
        Assert.Equal(["hold", "stop", "hold"], _slices.Last.Asked);
        _time.Advance(TimeSpan.FromMinutes(11));
        _worker.Look();
        _slices.Last.End(SliceEnd.Left);
        _worker.Look();
        _permits.Closed.Clear();
        _worker.Look();
        _slices.Last.Tell(new SliceOpened(7));
        _worker.Look();
        Assert.Equal(["stop"], _slices.Last.Asked);
    }

    [Fact]
    public void Look_StoppedBetweenTwoTurns_AnswersInTheNextOnceTheExperimentIsOpen()
    {
        Add("one");
        _store.TryUpdate(Entry("one") with { State = QueueState.Paused, Experiment = 7 });
        _store.PutRequest(7, RunRequest.Stop);
        _worker.Look();
        _worker.Look();
        Assert.Empty(_slices.Last.Asked); // it would end before it knows what was found
        _slices.Last.Tell(new SliceOpened(7));
        _worker.Look();
        Assert.Equal(["stop"], _slices.Last.Asked);
        _slices.Last.End(SliceEnd.Stopped, "Undecided.");
        _worker.Look();
        Assert.Equal((QueueState.Held, null), (Entry("one").State, _store.FindRequest(7)));
    }

    [Fact]
    public void Look_HeldAndReleasedWhileItIsLeft_GoesOn()
    {
        Add("one");
        _worker.Look();
        QueueEdits.Hold(_store, Entry("one"));
        _worker.Look();
        QueueEdits.Release(_store, Entry("one"));
        _slices.Last.End(SliceEnd.Left);
        Assert.Equal(WorkerState.Running, _worker.Look());
        Assert.Equal(2, _slices.Started.Count);
    }

    [Fact]
    public void Look_ItScores_MonitorsHearOfWhichExperiment()
    {
        Add("first");
        _worker.Look();
        _slices.Last.Tell(new SliceOpened(41));
        _slices.Last.Tell(new SliceScored("auc", 0.75));
        _worker.Look();
        Assert.Equal("first (41) has auc 0.75", _told.Lines[^1]);
    }
}
