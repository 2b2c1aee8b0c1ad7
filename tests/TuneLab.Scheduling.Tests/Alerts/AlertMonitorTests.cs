using System.Reflection;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Scheduling.Alerts;
using TuneLab.Scheduling.Settings;
using TuneLab.Scheduling.Tests.Worker;
using TuneLab.Storage.Work;
using TuneLab.Testing;
using TuneLab.Testing.Stores;

namespace TuneLab.Scheduling.Tests.Alerts;

public sealed class AlertMonitorTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly MemoryWorkStore _store;
    private readonly FakePermits _permits = new();
    private readonly AlertSettings _settings = new([Told.Channel(AlertCarrier.File, "/log.jsonl", AlertEvent.Finished, AlertEvent.Verdict, AlertEvent.Failed, AlertEvent.WindowMissed)]);

    public AlertMonitorTests() => _store = new MemoryWorkStore(_time);

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Ended_WithAnAnswer_IsDueOnceHoweverOftenItIsTold()
    {
        var entry = Add(QueueState.Done, Told.Answer().Sentence);
        Monitor().Ended(entry, Told.End(Told.Answer()));
        Monitor().Ended(entry with { Version = 7 }, Told.End(Told.Answer()));
        Monitor().Look();
        Assert.Equal(["finished", "verdict"], Due());
    }

    [Fact]
    public void Ended_ParkedOrLeftOrMissed_TellsOnlyWhatIsOver()
    {
        var monitor = Monitor();
        monitor.Ended(Add(QueueState.Waiting, "no memory"), new SliceEnded(SliceEnd.Failed, "no memory", 1));
        monitor.Ended(Add(QueueState.Paused, "it goes on when it may"), new SliceEnded(SliceEnd.Left, "left", 1));
        monitor.Ended(Add(QueueState.Held, "stopped"), new SliceEnded(SliceEnd.Stopped, "so far", 1) { Answer = Told.Answer() });
        Assert.Empty(Due());
        monitor.Ended(Add(QueueState.Failed, "failed 3 times"), new SliceEnded(SliceEnd.Failed, "no memory", 1));
        monitor.Missed(Add(QueueState.Failed, "its deadline, 07:00, had passed before it was done", _time.GetUtcNow()));
        monitor.Look();
        Assert.Equal(["failed", "window_missed"], Due());
    }

    [Fact]
    public void Missed_AndThenWhatItHasIsConfirmed_TellsTheMissOnceAndTheAnswer()
    {
        const string Missed = "its deadline, 07:00, had passed before it was done; the best so far is confirmed and exported when it may run";
        var entry = Add(QueueState.Paused, Missed, _time.GetUtcNow(), experiment: 7);
        Monitor().Missed(entry);
        entry = _store.TryUpdate(_store.FindEntry(entry.Id)! with { State = QueueState.Failed, Reason = "its deadline, 07:00, had passed before it was done; the best so far is confirmed and exported: so it is" })!;
        Monitor().Ended(entry, new SliceEnded(SliceEnd.Stopped, "so it is", 1) { Answer = Told.Answer() });
        Assert.Equal(["finished", "verdict", "window_missed"], Due());
        Assert.Contains($"churn is done, after its deadline: {Told.Answer().Sentence}", Texts());
    }

    [Fact]
    public void Look_WorkerKilledBeforeItToldWhatCameLate_TellsInItsPlace()
    {
        Monitor().Look();
        _time.Advance(TimeSpan.FromMinutes(1));
        Add(QueueState.Failed, "its deadline, 07:00, had passed before it was done; the best so far is confirmed and exported: " + Told.Answer().Sentence, _time.GetUtcNow(), experiment: 7);
        Add(QueueState.Failed, "its deadline, 07:00, had passed before it was done; what it has could not be confirmed: no memory", _time.GetUtcNow(), experiment: 8);
        Monitor().Look();
        Assert.Equal(["finished", "verdict", "window_missed", "window_missed"], Due());
    }

    [Fact]
    public void Ended_ARepeatFailed_IsToldOnceATurn()
    {
        var entry = Add(QueueState.Waiting, "failed this time: the data file is gone", repeat: "night");
        Turn(1);
        Monitor().Ended(entry, new SliceEnded(SliceEnd.Refused, "the data file is gone", 0));
        Assert.Equal(["failed"], Due());
        Turn(2);
        Monitor().Ended(entry, new SliceEnded(SliceEnd.Refused, "the data file is gone", 0));
        Monitor().Look();
        Assert.Equal(["failed", "failed"], Due());

        void Turn(int day) => entry = _store.TryUpdate(_store.FindEntry(entry.Id)! with { NotBefore = _time.GetUtcNow().AddDays(day) })!;
    }

    [Fact]
    public void Look_WorkerKilledBeforeItTold_TellsInItsPlace()
    {
        Monitor().Look();
        _time.Advance(TimeSpan.FromMinutes(1));
        var done = Add(QueueState.Done, Told.Answer().Sentence, experiment: 7);
        Add(QueueState.Waiting, Told.Answer().Sentence, experiment: 8, repeat: "night");
        Add(QueueState.Waiting, "another process runs it", experiment: 9, repeat: "night");
        Add(QueueState.Failed, "failed 3 times");
        Monitor().Look();
        Assert.Equal(["failed", "finished", "finished", "verdict", "verdict"], Due());

        Monitor().Ended(done, Told.End(Told.Answer())); // slow, but not dead
        Assert.Equal(5, Due().Count);
    }

    [Fact]
    public void Look_WhatEndedBeforeAnybodyWasToldOrLongAgo_IsNotTold()
    {
        Add(QueueState.Failed, "an old story");
        _time.Advance(TimeSpan.FromMinutes(1));
        Monitor().Look();
        Assert.Empty(Due());
        Add(QueueState.Failed, "nobody worked for a week after that");
        _time.Advance(TimeSpan.FromDays(7));
        Monitor().Look();
        Assert.Empty(Due());
    }

    [Fact]
    public void Look_WithinAMinute_DoesNothing()
    {
        var monitor = Monitor();
        monitor.Look();
        Add(QueueState.Failed, "failed 3 times");
        _time.Advance(TimeSpan.FromSeconds(59));
        monitor.Look();
        Assert.Empty(Due());
        _time.Advance(TimeSpan.FromSeconds(1));
        monitor.Look();
        Assert.Equal(["failed"], Due());
    }

    [Fact]
    public void Ended_StoreCannotBeWritten_DoesNotThrowAndIsToldLater()
    {
        var full = DispatchProxy.Create<IWorkStore, FullStore>();
        var proxy = (FullStore)(object)full;
        proxy.Store = _store;
        var monitor = new AlertMonitor(full, _settings, Answers, _permits, _time);
        monitor.Look();
        _time.Advance(TimeSpan.FromTicks(1));
        proxy.IsFull = true;
        var entry = Add(QueueState.Done, Told.Answer().Sentence, experiment: 7);
        monitor.Ended(entry, Told.End(Told.Answer()));
        monitor.Look();
        Assert.Empty(Due());
        proxy.IsFull = false;
        monitor.Look();
        Assert.Equal(["finished", "verdict"], Due());
    }

    [Fact]
    public void Look_WindowOpenedInVain_TellsOnceAndWhy()
    {
        Monitor().Look();
        var day = _time.GetUtcNow();
        _permits.Times.Add(new Opening(day.AddHours(2), day.AddHours(3)));
        var (waiting, worked, behind) = (Queued("waits"), Queued("worked"), Queued("behind"));
        Queued("held", QueueState.Held);
        Queued("any time");
        Queued("later", notBefore: day.AddHours(2.5));
        _store.TryUpdate(_store.FindEntry(behind.Id)! with { After = [waiting.Id] });
        _store.AddSlice(new Slice { Entry = worked.Id, Worker = "w", Began = day.AddHours(2.2) });
        _time.Advance(TimeSpan.FromHours(2.5));
        Queued("came late");
        Monitor().Look();
        Assert.Empty(Due()); // it is open

        _time.Advance(TimeSpan.FromHours(1));
        Monitor().Look();
        Monitor().Look(); // another worker
        Assert.Equal(["waits missed its window, 2026-01-05 10:00 to 2026-01-05 11:00: the time went to worked", "behind missed its window, 2026-01-05 10:00 to 2026-01-05 11:00: it waits for number 1 (waits)"], Texts());
        var alert = _store.Alerts(DateTimeOffset.MinValue).First(a => a.Entry == waiting.Id);
        Assert.Equal(("window_missed", "2026-01-05T10:00:00.0000000Z", "2026-01-05T11:00:00.0000000Z"), (alert.Event, alert.Value("opened").GetString(), alert.Value("closed").GetString()));
    }

    [Fact]
    public void Look_TheWorkersWindowOpenedInVain_TellsOfTheMostUrgentThatCouldHaveRun()
    {
        Monitor().Look();
        var day = _time.GetUtcNow();
        _permits.Times.AddRange([new(day.AddHours(2), day.AddHours(3)), new(day.AddHours(5), day.AddHours(6))]);
        var first = Queued("any time");
        _store.TryUpdate(Queued("any time") with { Priority = 5, After = [first.Id] });
        Queued("any time");
        _time.Advance(TimeSpan.FromHours(4));
        Monitor().Look();
        Assert.Equal(["any time missed its window, 2026-01-05 10:00 to 2026-01-05 11:00: no worker took anything in that time"], Texts());
        Assert.Equal(first.Id, _store.Alerts(DateTimeOffset.MinValue).Single(a => a.Entry is not null).Entry);

        _store.TryUpdate(_store.FindEntry(first.Id)! with { State = QueueState.Done, Reason = "" });
        Monitor().Look(); // another one is the most urgent now; the opening has been told
        Assert.Single(Texts());

        _store.QueuePaused = true;
        _time.Advance(TimeSpan.FromHours(4));
        Monitor().Look();
        Assert.Single(Texts());
    }

    [Fact]
    public void Look_AWeekendOpenedInVain_IsToldAlsoOfWhatHasJustBegun()
    {
        Monitor().Look();
        var day = _time.GetUtcNow();
        _permits.Times.Add(new(day.AddHours(2), day.AddHours(63)));
        var entry = Queued("any time");
        _time.Advance(TimeSpan.FromHours(64));
        _store.AddSlice(new Slice { Entry = entry.Id, Worker = "w", Began = _time.GetUtcNow() });
        _store.TryUpdate(entry with { State = QueueState.Running });
        Monitor().Look();
        Assert.Equal(["any time missed its window, 2026-01-05 10:00 to 2026-01-07 23:00: no worker took anything in that time"], Texts());
    }

    [Theory]
    [InlineData(0, -2)]
    [InlineData(365, -365)]
    public void Look_TheClockIsSetBack_TellsOn(int ahead, int back)
    {
        _time.Advance(TimeSpan.FromDays(ahead));
        var monitor = Monitor();
        monitor.Look();
        _time.Advance(TimeSpan.FromDays(back));
        Add(QueueState.Failed, "failed 3 times");
        monitor.Look();
        Assert.Equal(["failed 3 times"], Texts().Select(t => t.Split(": ")[^1]));
    }

    [Fact]
    public void Look_NoWorkerForDays_TellsOfTheLastDayOnly()
    {
        Monitor().Look();
        var day = _time.GetUtcNow();
        Queued("waits");
        _permits.Times.AddRange(Enumerable.Range(0, 5).Select(d => new Opening(day.AddDays(d).AddHours(2), day.AddDays(d).AddHours(3))));
        _time.Advance(TimeSpan.FromDays(5));
        Monitor().Look();
        Assert.Equal(["waits missed its window, 2026-01-09 10:00 to 2026-01-09 11:00: no worker took anything in that time"], Texts());
    }

    [Fact]
    public void Scored_PastAThreshold_TellsOnceInASearch()
    {
        var monitor = new AlertMonitor(_store, new AlertSettings([Told.Channel(AlertCarrier.File, "/log.jsonl", AlertEvent.Metric) with { Past = 0.9 }]), Answers, _permits, _time);
        var entry = Add(QueueState.Running, "", experiment: 7);
        monitor.Scored(entry, new SliceScored("auc", 0.89));
        Assert.Empty(Due());
        monitor.Scored(entry, new SliceScored("auc", 0.905));
        monitor.Scored(entry with { Version = 9 }, new SliceScored("auc", 0.91));
        Assert.Equal(["churn: auc 0.905 in its search is past 0.9"], Texts());
        monitor.Scored(entry with { Experiment = 8 }, new SliceScored("auc", 0.95));
        Assert.Equal(2, Texts().Count);
    }

    [Fact]
    public void Ended_NobodyIsTold_StoresNothing()
    {
        var monitor = new AlertMonitor(_store, new AlertSettings([]), Answers, _permits, _time);
        monitor.Ended(Add(QueueState.Done, "x"), Told.End(Told.Answer()));
        monitor.Look();
        Assert.Empty(_store.Alerts(DateTimeOffset.MinValue));
    }

    private static SliceAnswer? Answers(long experiment) => experiment is 7 or 8 or 9 ? Told.Answer() : null;

    private AlertMonitor Monitor() => new(_store, _settings, Answers, _permits, _time);

    private List<string> Texts() => [.. _store.Alerts(DateTimeOffset.MinValue).Where(a => a.Entry is not null).Select(a => a.Value("text").GetString()!)];

    private QueueEntry Queued(string name, QueueState state = QueueState.Waiting, DateTimeOffset? notBefore = null)
    {
        var entry = _store.AddEntries([WorkSamples.Bare(name) with { Plan = Told.Done().Plan, Window = name == "any time" ? null : "night", NotBefore = notBefore }])[0];
        return state == entry.State ? entry : _store.TryUpdate(entry with { State = state })!;
    }

    private List<string> Due() => [.. _store.DueDeliveries(_time.GetUtcNow()).Select(d => _store.FindAlert(d.Alert)!.Event).Order(StringComparer.Ordinal)];

    private QueueEntry Add(QueueState state, string reason, DateTimeOffset? deadline = null, long? experiment = null, string? repeat = null)
    {
        var entry = _store.AddEntries([WorkSamples.Bare("churn") with { Plan = Told.Done().Plan, Deadline = deadline, Repeat = repeat }])[0];
        return _store.TryUpdate(entry with { State = state, Reason = reason, Experiment = experiment })!;
    }

    /// <summary>A store whose disk is full at times.</summary>
    public class FullStore : DispatchProxy
    {
        public IWorkStore Store { get; set; } = null!;

        public bool IsFull { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
            => IsFull && targetMethod!.Name == nameof(IWorkStore.RaiseAlert) ? throw new InputException("The disk is full.") : targetMethod!.Invoke(Store, args);
    }
}
