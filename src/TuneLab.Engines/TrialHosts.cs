using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Hosting;
using TuneLab.MLNet;
using TuneLab.Training;

namespace TuneLab.Engines;

/// <summary>Where the trials of a plan run: in this process, or in hosts where the plan or the engine asks for them.</summary>
public sealed class TrialHosts : IDisposable
{
    private readonly HostPool? _pool;

    /// <param name="plan">What is to be trained.</param>
    /// <param name="catalog">The trainers, as they are in this process.</param>
    /// <param name="jobs">Evaluations at once.</param>
    /// <param name="threads">Threads in all.</param>
    /// <param name="command">How a host is started; null: there is none, and ML.NET's trainers run in this process too.</param>
    /// <param name="pause">Suspends hosts; null: nothing does.</param>
    /// <exception cref="InputException">The plan asks for hosts, and there is no program for them.</exception>
    public TrialHosts(ExperimentPlan plan, TrainerCatalog catalog, int jobs, int threads, HostCommand? command, RunPause? pause = null)
    {
        Catalog = catalog;
        if (plan.Command is not null)
        {
            return; // has a process of its own anyway
        }

        var all = plan.Isolate || plan.Budget.TrialMemoryBytes is not null;
        if (command is null)
        {
            if (all)
            {
                throw new InputException($"The plan asks for trials in processes of their own ({(plan.Isolate ? "isolate: true" : "budget.trial_memory")}), and no program to run them in is known.",
                    "Name one in Experiment.Host (`tunelab host` is one), or leave that out of the plan.");
            }

            return;
        }

        // native code that crashes, hangs or holds a lock for the whole process must not do so in this one
        bool Hosted(ITrainer trainer) => all || trainer.Info.Engine == MLNetTrainerIds.Engine;
        if (!catalog.All.Any(Hosted))
        {
            return;
        }

        var pool = _pool = new HostPool(new HostPoolOptions { Command = command, Hosts = jobs, ThreadsPerHost = Math.Max(1, threads / jobs), MemoryLimitBytes = plan.Budget.TrialMemoryBytes, Pause = pause });
        Catalog = catalog.Replace(t => Hosted(t) ? new HostedTrainer(t, pool) : t);
        var used = (plan.Trainers.Count == 0 ? Catalog.All.Where(t => t.Info.Engine == Catalog.DefaultEngine) : plan.Trainers.Select(Catalog.Find)).OfType<HostedTrainer>().Select(t => t.Info.Id).ToList();
        if (used.Count > 0)
        {
            pool.Warm(Math.Min(jobs, Environment.ProcessorCount), used); // while the data are read
        }
    }

    /// <summary>The trainers, those in hosts among them.</summary>
    public TrainerCatalog Catalog { get; }

    /// <inheritdoc/>
    public void Dispose() => _pool?.Dispose();
}
