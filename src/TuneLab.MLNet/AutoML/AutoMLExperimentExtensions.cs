using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using TuneLab.Storage;

namespace TuneLab.MLNet.AutoML;

/// <summary>TuneLab's store for those who have an <see cref="AutoMLExperiment"/> already.</summary>
public static class AutoMLExperimentExtensions
{
    /// <summary>
    /// Keeps each trial the moment it ends and looks it up before it is run: an experiment that is run again, in this process or another, takes what it finds and goes on from there. Losses, metrics
    /// and durations come back to the last bit. What makes two trials the same: <paramref name="name"/>, the values of all columns of the data set, the metric, the seed, the configuration and the
    /// version of ML.NET.
    /// <para>To be called after <c>SetPipeline</c> or <c>SetTrialRunner</c>. ML.NET's own seam for this, ITrialResultManager, is internal to its assembly; this one wraps the trial runner instead, so it
    /// needs a tuner that proposes the same again: <see cref="StagedTuner"/>, or ML.NET's with a seed. Failed trials are not kept. The model of the best trial is kept too; an earlier best
    /// one that was overtaken comes back without a model.</para>
    /// </summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="store">Stays the caller's; open while the experiment runs.</param>
    /// <param name="name">Stands for what is in code only, such as the steps before the trainer: another name, other trials.</param>
    /// <returns>The experiment.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static AutoMLExperiment CacheTrials(this AutoMLExperiment experiment, ITrialStore store, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        TrialCache? cache = null;
        var inside = false;
        return experiment.SetTrialRunner<ITrialRunner>(services =>
        {
            if (inside)
            {
                return NoRunner.Instance; // this very registration, asked for among the others
            }

            inside = true;
            try
            {
                var inner = services.GetServices<ITrialRunner>().LastOrDefault(r => r is not NoRunner)
                    ?? throw new InvalidOperationException("CacheTrials was called before the experiment had a trial runner: call it after SetPipeline or SetTrialRunner.");
                cache ??= TrialCache.Open(store, name, services);
                return new CachedTrialRunner(inner, cache, services.GetRequiredService<MLContext>());
            }
            finally
            {
                inside = false;
            }
        });
    }

    private sealed class NoRunner : ITrialRunner
    {
        public static NoRunner Instance { get; } = new();

        public Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
