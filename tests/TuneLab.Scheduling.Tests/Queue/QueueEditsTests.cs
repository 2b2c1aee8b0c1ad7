using TuneLab.Errors;
using TuneLab.Scheduling.Queue;
using TuneLab.Storage.Work;
using TuneLab.Testing;
using TuneLab.Testing.Stores;

namespace TuneLab.Scheduling.Tests.Queue;

public sealed class QueueEditsTests : IDisposable
{
    private readonly MemoryWorkStore _store = new(new ManualTime());

    public void Dispose() => _store.Dispose();

    private QueueEntry Late()
        => _store.TryUpdate(_store.AddEntries([WorkSamples.Bare("a") with { Deadline = ManualTimeStart }])[0] with { State = QueueState.Paused, Reason = QueueWords.Missed + "8:00, had passed before it was done" })!;

    [Fact]
    public void Find_ByNumberOrName_PrefersWhatHasNotEnded()
    {
        var all = _store.AddEntries([WorkSamples.Bare("a"), WorkSamples.Bare("a"), WorkSamples.Bare("b")]);
        _store.TryUpdate(all[1] with { State = QueueState.Done });
        Assert.Equal(all[0].Id, QueueEdits.Find(_store.Entries(), "a").Id);
        Assert.Equal(all[1].Id, QueueEdits.Find(_store.Entries(), all[1].Id.ToString(CultureInfo.InvariantCulture)).Id);
        var none = Assert.Throws<InputException>(() => QueueEdits.Find(_store.Entries(), "bb"));
        Assert.Contains("no 'bb'", none.Message, StringComparison.Ordinal);
        Assert.Contains("b", none.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Set_AnotherDeadlineForALateOne_EndsItsMiss()
    {
        var late = Late();
        Assert.Equal(late.Reason, QueueEdits.Set(_store, late, new QueueTerms { Priority = 2 }).Reason);
        var again = QueueEdits.Set(_store, late, new QueueTerms { Deadline = ManualTimeStart.AddDays(2) });
        Assert.Equal((QueueState.Paused, "", false), (again.State, again.Reason, QueueWords.IsLate(again)));
    }

    [Fact]
    public void Retry_ALateOne_HasItSearchedAgainWithoutTheDeadline()
    {
        var late = Late();
        var again = QueueEdits.Retry(_store, late, late.DataDigest, ManualTimeStart.AddDays(1));
        Assert.Equal((QueueState.Waiting, "", null), (again.State, again.Reason, again.Deadline));
    }

    [Fact]
    public void Retry_AStopThatItDidNotComeTo_IsDropped()
    {
        var parked = _store.TryUpdate(_store.AddEntries([WorkSamples.Bare("a")])[0] with { State = QueueState.Failed, Experiment = 7 })!;
        _store.PutRequest(7, RunRequest.Stop);
        QueueEdits.Retry(_store, parked, parked.DataDigest, ManualTimeStart);
        Assert.Null(_store.FindRequest(7));
    }

    [Fact]
    public void Move_FirstLastOrBefore_ChangesTheOrder()
    {
        var all = _store.AddEntries([WorkSamples.Bare("a"), WorkSamples.Bare("b"), WorkSamples.Bare("c")]);
        QueueEdits.Move(_store, all[2], null, null, first: true);
        Assert.Equal("c a b", Order());
        QueueEdits.Move(_store, all[2], null, all[1], first: false);
        Assert.Equal("a c b", Order());
        QueueEdits.Move(_store, all[0], null, null, first: false);
        Assert.Equal("c b a", Order());
        QueueEdits.Move(_store, all[0], 1, null, first: true);
        Assert.Equal("a c b", Order());
    }

    [Theory]
    [InlineData("plain", null, true, "runs plain soon late begun other")]
    [InlineData("plain", "soon", false, "runs plain soon late begun other")]
    [InlineData("other", "late", false, "runs soon other late begun plain")]
    [InlineData("other", "runs", false, "runs other soon late begun plain")]
    [InlineData("begun", null, false, "runs soon late plain other begun")]
    [InlineData("soon", "other", false, "runs late begun plain soon other")]
    [InlineData("late", "soon", false, "runs late soon begun plain other")]
    public void Move_AgainstWhatTheQueueTakesFirst_GoesWhereItWasMoved(string name, string? before, bool first, string order)
    {
        var all = _store.AddEntries(
        [
            WorkSamples.Bare("plain"), WorkSamples.Bare("late") with { Deadline = ManualTimeStart.AddDays(2) }, WorkSamples.Bare("soon") with { Deadline = ManualTimeStart.AddDays(1) },
            WorkSamples.Bare("other"), WorkSamples.Bare("begun"), WorkSamples.Bare("runs"),
        ]);
        _store.TryUpdate(all[4] with { State = QueueState.Paused });
        _store.TryUpdate(all[5] with { State = QueueState.Running });
        Assert.Equal("runs soon late begun plain other", Order());
        QueueEdits.Move(_store, One(name), null, before is null ? null : One(before), first);
        Assert.Equal(order, Order());
        QueueEdits.Move(_store, One("other"), null, null, first: true);
        Assert.Equal("runs other " + order.Replace("runs ", "", StringComparison.Ordinal).Replace("other ", "", StringComparison.Ordinal).Replace(" other", "", StringComparison.Ordinal), Order());

        QueueEntry One(string name) => _store.Entries().Single(e => e.Name == name);
    }

    [Fact]
    public void Move_ToAnotherPriorityOnly_LeavesTheRestToTheQueue()
    {
        var all = _store.AddEntries([WorkSamples.Bare("a") with { Priority = 1 }, WorkSamples.Bare("soon") with { Deadline = ManualTimeStart.AddDays(1) }]);
        QueueEdits.Move(_store, all[1], 1, null, null);
        Assert.Equal("soon a", Order());
        QueueEdits.Move(_store, all[1], null, null, first: false);
        Assert.Equal("a soon", Order());
    }

    [Fact]
    public void Move_OneThatHasEnded_IsRefused()
    {
        var all = _store.AddEntries([WorkSamples.Bare("a"), WorkSamples.Bare("b")]);
        var done = _store.TryUpdate(all[0] with { State = QueueState.Done })!;
        Assert.Contains("is done", Assert.Throws<InputException>(() => QueueEdits.Move(_store, done, null, null, first: true)).Message, StringComparison.Ordinal);
        Assert.Contains("is done", Assert.Throws<InputException>(() => QueueEdits.Move(_store, all[1], null, done, first: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_OneThatRuns_IsRefusedWhileItsWorkerLives()
    {
        var entry = _store.AddEntries([WorkSamples.Bare("a")])[0];
        entry = _store.TryUpdate(entry with { State = QueueState.Running, Worker = "w1" })!;
        using (_store.TryLock("queue-1"))
        {
            Assert.Contains("hold", Assert.Throws<InputException>(() => QueueEdits.Remove(_store, entry)).Hint, StringComparison.Ordinal);
        }

        QueueEdits.Remove(_store, entry);
        Assert.Empty(_store.Entries());
    }

    [Fact]
    public void HoldAndRelease_OneThatHasEnded_AreRefused()
    {
        var entry = _store.TryUpdate(_store.AddEntries([WorkSamples.Bare("a")])[0] with { State = QueueState.Done })!;
        Assert.Throws<InputException>(() => QueueEdits.Hold(_store, entry));
        Assert.Throws<InputException>(() => QueueEdits.Release(_store, entry));
        Assert.Equal(QueueState.Waiting, QueueEdits.Retry(_store, entry, "digest", ManualTimeStart).State);
        Assert.Equal("digest", _store.FindEntry(entry.Id)!.DataDigest);
    }

    [Fact]
    public void Retry_OneThatHasNotFailed_IsRefusedAndKeepsWhatItWaitsFor()
    {
        var later = ManualTimeStart.AddDays(1);
        var all = _store.AddEntries([WorkSamples.Bare("waits") with { NotBefore = later }, WorkSamples.Bare("held"), WorkSamples.Bare("paused")]);
        QueueEdits.Hold(_store, all[1]);
        _store.TryUpdate(all[2] with { State = QueueState.Paused, Reason = "it goes on when it may" });
        foreach (var entry in all)
        {
            Assert.Contains("has not failed", Assert.Throws<InputException>(() => QueueEdits.Retry(_store, entry, "digest", ManualTimeStart)).Message, StringComparison.Ordinal);
        }

        Assert.Equal([QueueState.Waiting, QueueState.Held, QueueState.Paused], _store.Entries().Select(e => e.State));
        Assert.Equal(later, _store.FindEntry(all[0].Id)!.NotBefore);
    }

    [Fact]
    public void Retry_OneThatIsTriedAgainLaterOrRepeats_RunsAtOnce()
    {
        var later = ManualTimeStart.AddDays(1);
        var all = _store.AddEntries([WorkSamples.Bare("again"), WorkSamples.Bare("nightly") with { Repeat = "night" }]);
        _store.TryUpdate(all[0] with { NotBefore = later, Attempts = 2 });
        _store.TryUpdate(all[1] with { NotBefore = later, Reason = "the data file is gone" });
        foreach (var entry in all)
        {
            Assert.Null(QueueEdits.Retry(_store, entry, "digest", ManualTimeStart).NotBefore);
        }
    }

    [Fact]
    public void Hold_OneThatIsHeld_KeepsWhy()
    {
        var entry = _store.TryUpdate(_store.AddEntries([WorkSamples.Bare("a")])[0] with { State = QueueState.Held, Reason = "stopped by 'tunelab stop'" })!;
        Assert.Equal(entry, QueueEdits.Hold(_store, entry));
    }

    [Fact]
    public void Move_OneThatHasEndedOrBeforeItself_IsRefused()
    {
        var all = _store.AddEntries([WorkSamples.Bare("a"), WorkSamples.Bare("b")]);
        var done = _store.TryUpdate(all[0] with { State = QueueState.Done })!;
        Assert.Throws<InputException>(() => QueueEdits.Move(_store, done, 1, null, first: false));
        Assert.Throws<InputException>(() => QueueEdits.Move(_store, all[1], null, all[1], first: false));
        Assert.Equal(0, _store.FindEntry(done.Id)!.Priority);
    }

    [Fact]
    public void ResumeOrRemove_OneThatIsToStop_TakesTheStopBack()
    {
        var begun = _store.TryUpdate(_store.AddEntries([WorkSamples.Bare("a")])[0] with { State = QueueState.Paused, Experiment = 7, Reason = "paused by 'tunelab pause'" })!;
        _store.PutRequest(7, RunRequest.Stop);
        begun = QueueEdits.Resume(_store, begun);
        Assert.Equal((QueueState.Paused, "", null), (begun.State, begun.Reason, _store.FindRequest(7)));
        _store.PutRequest(7, RunRequest.Stop);
        QueueEdits.Remove(_store, begun);
        Assert.Null(_store.FindRequest(7));
    }

    [Fact]
    public void Twin_OfARepeat_IsItWhateverTheDataAre()
    {
        var once = WorkSamples.Bare("a");
        var daily = once with { Repeat = "night" };
        Assert.Null(QueueIntake.Twin(once with { DataDigest = "other" }, [once]));
        Assert.Same(daily, QueueIntake.Twin(once with { DataDigest = "other" }, [daily]));
    }

    [Fact]
    public void Remove_AnotherOneWaitedForIt_DoesNotWaitForWhatHasItsNumberLater()
    {
        var all = _store.AddEntries([WorkSamples.Bare("a"), WorkSamples.Bare("b")]);
        _store.TryUpdate(_store.AddEntries([WorkSamples.Bare("c")])[0] with { After = [all[0].Id, all[1].Id] });
        QueueEdits.Remove(_store, all[1]);
        Assert.Equal([all[0].Id], _store.Entries().Single(e => e.Name == "c").After);
    }

    [Fact]
    public void Remove_OneThatSomebodyPaused_LetsTheRunBe()
    {
        var begun = _store.TryUpdate(_store.AddEntries([WorkSamples.Bare("a")])[0] with { State = QueueState.Paused, Experiment = 7 })!;
        _store.PutRequest(7, RunRequest.Pause);
        QueueEdits.Remove(_store, begun);
        Assert.Equal(RunRequest.Pause, _store.FindRequest(7)); // of a run beside the queue
    }

    [Fact]
    public void Hold_SomebodyElseChangedItMeanwhile_KeepsBoth()
    {
        var read = _store.AddEntries([WorkSamples.Bare("a")])[0];
        _store.TryUpdate(read with { Priority = 7 });
        var held = QueueEdits.Hold(_store, read);
        Assert.Equal((QueueState.Held, 7), (held.State, held.Priority));
    }

    [Fact]
    public void Of_OrderOfUrgency()
    {
        var all = _store.AddEntries([WorkSamples.Bare("plain"), WorkSamples.Bare("soon") with { Deadline = ManualTimeStart.AddDays(1) }, WorkSamples.Bare("begun"), WorkSamples.Bare("high") with { Priority = 1 }, WorkSamples.Bare("done")]);
        _store.TryUpdate(all[2] with { State = QueueState.Paused });
        _store.TryUpdate(all[4] with { State = QueueState.Done });
        Assert.Equal("high soon begun plain", Order());
    }

    private static readonly DateTimeOffset ManualTimeStart = new ManualTime().GetUtcNow();

    private string Order() => string.Join(' ', QueueOrder.Of(_store.Entries()).Select(e => e.Name));
}
