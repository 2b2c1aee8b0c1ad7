using System.Runtime.InteropServices;
using TuneLab.Experiments;
using TuneLab.Hosting;
using TuneLab.MLNet;
using TuneLab.Training;

namespace TuneLab.Cli.Composition;

/// <summary>Where the trials of a plan run: in this process, or in hosts where the plan or the engine asks for them.</summary>
internal sealed class TrialHosts : IDisposable
{
    private readonly HostPool? _pool;

    /// <param name="plan">What is to be trained.</param>
    /// <param name="jobs">Evaluations at once.</param>
    /// <param name="threads">Threads in all.</param>
    public TrialHosts(ExperimentPlan plan, int jobs, int threads)
    {
        Catalog = Engines.Catalog();
        var all = plan.Isolate || plan.Budget.TrialMemoryBytes is not null;
        // native code that crashes, hangs or holds a lock for the whole process must not do so in this one
        bool Hosted(ITrainer trainer) => all || trainer.Info.Engine == MLNetTrainerIds.Engine;
        if (!Catalog.All.Any(Hosted))
        {
            return;
        }

        var pool = _pool = new HostPool(new HostPoolOptions { Command = Command(), Hosts = jobs, ThreadsPerHost = Math.Max(1, threads / jobs), MemoryLimitBytes = plan.Budget.TrialMemoryBytes });
        Catalog = Catalog.Replace(t => Hosted(t) ? new HostedTrainer(t, pool) : t);
        if (plan.Trainers.Count == 0 ? Catalog.All.Any(t => t is HostedTrainer && t.Info.Engine == Catalog.DefaultEngine) : plan.Trainers.Any(id => Catalog.Find(id) is HostedTrainer))
        {
            pool.Warm(Math.Min(jobs, Environment.ProcessorCount)); // while the data are read
        }
    }

    /// <summary>The trainers of this build, those in hosts among them.</summary>
    public TrainerCatalog Catalog { get; }

    /// <inheritdoc/>
    public void Dispose() => _pool?.Dispose();

    /// <summary><c>tunelab host</c> of this build, also where something else than tunelab runs it.</summary>
    private static HostCommand Command()
    {
        var tool = typeof(TrialHosts).Assembly;
        if (Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == tool.GetName().Name)
        {
            return new HostCommand(self, ["host"]);
        }

        // the runtime that runs this lies in FOLDER/shared/Microsoft.NETCore.App/VERSION/
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return new HostCommand(File.Exists(dotnet) ? dotnet : "dotnet", ["exec", tool.Location, "host"]);
    }
}
