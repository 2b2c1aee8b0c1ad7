using System.Reflection;
using TuneLab.Errors;
using TuneLab.Experiments.Files;
using TuneLab.Scheduling.Queue;
using TuneLab.Scheduling.Worker;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Tests.Worker;

/// <summary>What a worker does where data, a program's inputs or the store are not what they were.</summary>
public sealed class QueueWorkerFaultTests : QueueWorkerBench
{
    [Fact]
    public void Look_TheDataChangedSinceItWasQueued_ItIsNotRunAndSaysWhich()
    {
        Add("one");
        File.AppendAllText(DataFile, "2,no\n");
        _worker.Look();
        Assert.Empty(_slices.Started);
        Assert.Equal(QueueState.Failed, Entry("one").State);
        Assert.Contains(DataFile, Entry("one").Reason, StringComparison.Ordinal);
        Assert.Contains("has changed since it was queued", Entry("one").Reason, StringComparison.Ordinal);
        QueueEdits.Retry(_store, Entry("one"), DataDigest.Of(PlanReader.Read(Entry("one").Plan, Entry("one").File)), _time.GetUtcNow());
        Assert.Equal(WorkerState.Running, _worker.Look());
    }

    [Fact]
    public void Look_AnInputOfTheProgramChangedSinceItWasQueued_ItIsNotRunAndSaysWhich()
    {
        var (file, program) = (Path.Combine(Path.GetDirectoryName(DataFile)!, "program.yaml"), Path.Combine(Path.GetDirectoryName(DataFile)!, "train.py"));
        File.WriteAllText(program, "print(1)\n");
        var entry = QueueIntake.Of(PlanReader.Read("name: program\ntrainer: command\nrun: python train.py --x {x}\ninputs: [data.csv, train.py]\nspace: { x: { low: 0, high: 1 } }\n", file), file);
        Assert.Equal(2, entry.DataDigest.Split(' ').Length);
        Assert.Null(DataDigest.Fault(entry));
        Assert.Null(DataDigest.Fault(entry with { DataDigest = "" })); // queued before inputs were looked at
        File.AppendAllText(program, "print(2)\n");
        _store.AddEntries([entry]);
        _worker.Look();
        Assert.Empty(_slices.Started);
        Assert.StartsWith($"the program's input '{program}' has changed since it was queued", Entry("program").Reason, StringComparison.Ordinal);
        Assert.Null(DataDigest.Fault(entry with { Repeat = "night" }));
        File.Delete(program);
        Assert.Contains($"The input '{program}' is gone.", DataDigest.Fault(entry), StringComparison.Ordinal);
    }

    [Fact]
    public void Look_TheDataIsGone_SaysSo()
    {
        Add("one");
        File.Delete(DataFile);
        _worker.Look();
        Assert.Contains("is gone", Entry("one").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Look_TheDataOfARepeatAreGone_ItsReasonIsShownAndItComesRoundAgain()
    {
        Add("nightly", e => e with { Repeat = "night" });
        File.Move(DataFile, DataFile + "-away");
        _worker.Look();
        _worker.Look();
        Assert.Contains("waits: nightly: not before 2026-01-06 22:00: failed this time: The data file '", _told.Lines[^1], StringComparison.Ordinal);
        File.Move(DataFile + "-away", DataFile);
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(WorkerState.Running, _worker.Look());
    }

    [Fact]
    public void Look_TheStoreCanNotBeUsed_GivesWayAllTheSame()
    {
        var store = DispatchProxy.Create<IWorkStore, FullDiskStore>();
        var disk = (FullDiskStore)(object)store;
        disk.Inner = _store;
        using var worker = new QueueWorker(store, _slices, _permits, new WorkerOptions { Id = "full", Process = 1, Machine = "here", Jobs = 1, Threads = 1 }, _time, _told);
        Add("one");
        worker.Look();
        _permits.Closed.Add("");
        disk.IsFull = true;
        Assert.Throws<InputException>(() => worker.Look());
        Assert.Equal(["hold"], _slices.Last.Asked);
        Assert.True(worker.IsBusy);
        disk.IsFull = false;
        _permits.Closed.Clear();
        Assert.Equal(WorkerState.Running, worker.Look());
        Assert.Equal(["hold", "release"], _slices.Last.Asked);
    }
}
