using TuneLab.Experiments.Files;
using TuneLab.Scheduling.Background;
using TuneLab.Scheduling.Queue;
using TuneLab.Scheduling.Worker;
using TuneLab.Storage.Work;
using TuneLab.Testing;

namespace TuneLab.Scheduling.Tests.Worker;

/// <summary>A worker with slices, windows and a clock that the test moves.</summary>
public abstract class QueueWorkerBench : IDisposable
{
    private protected readonly ManualTime _time = new();
    private protected readonly MemoryWorkStore _store;
    private protected readonly FakeSlices _slices = new();
    private protected readonly FakePermits _permits = new();
    private protected readonly ToldMonitor _told = new();
    private protected readonly string _folder = Directory.CreateTempSubdirectory("tunelab-worker-").FullName;
    private protected readonly QueueWorker _worker;

    protected QueueWorkerBench()
    {
        _store = new MemoryWorkStore(_time);
        File.WriteAllText(DataFile, "a,y\n1,yes\n");
        _worker = Worker("one");
    }

    private protected string DataFile => Path.Combine(_folder, "data.csv");

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _worker.Dispose();
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private protected QueueWorker Worker(string id, bool drain = false, IFurtherWork? further = null, TimeProvider? time = null)
        => new(_store, _slices, _permits, new WorkerOptions { Id = id, Process = 1, Machine = "here", Jobs = 1, Threads = 1, Drain = drain }, time ?? _time, _told, further);

    private protected QueueEntry Add(string name, Func<QueueEntry, QueueEntry>? more = null) => _store.AddEntries([more?.Invoke(Plan(name)) ?? Plan(name)])[0];

    private protected QueueEntry Plan(string name)
    {
        var file = Path.Combine(_folder, name + ".yaml");
        return QueueIntake.Of(PlanReader.Read($"name: {name}\ndata: {{ file: '{DataFile}', label: y }}\n", file), file);
    }

    private protected QueueEntry Entry(string name) => _store.Entries().Single(e => e.Name == name);

    private protected QueueEntry Entry(long id) => _store.FindEntry(id)!;
}
