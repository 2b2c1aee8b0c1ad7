using System.Reflection;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Scheduling.Alerts;
using TuneLab.Scheduling.Settings;
using TuneLab.Storage.Work;
using TuneLab.Testing;
using TuneLab.Testing.Stores;

namespace TuneLab.Scheduling.Tests.Alerts;

public sealed class AlertMonitorTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly MemoryWorkStore _store;
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
        var monitor = new AlertMonitor(full, _settings, Answers, _time);
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
    public void Ended_NobodyIsTold_StoresNothing()
    {
        var monitor = new AlertMonitor(_store, new AlertSettings([]), Answers, _time);
        monitor.Ended(Add(QueueState.Done, "x"), Told.End(Told.Answer()));
        monitor.Look();
        Assert.Empty(_store.Alerts(DateTimeOffset.MinValue));
    }

    private static SliceAnswer? Answers(long experiment) => experiment is 7 or 8 or 9 ? Told.Answer() : null;

    private AlertMonitor Monitor() => new(_store, _settings, Answers, _time);

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
