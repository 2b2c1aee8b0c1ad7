using TuneLab.Analysis;
using TuneLab.Storage;

namespace TuneLab.Experiments.Studies;

/// <summary>The studies that a run is asked for beside its answer. They take what time they take: no budget counts them.</summary>
internal sealed class AskedStudies(LoadedExperiment experiment, ITrialStore store, long id, RunOptions options, TimeProvider time)
{
    private const string Program = "a program is tuned, whose data are its own";
    private const string Stopped = "it was stopped; the same command goes on with it";

    /// <summary>Whether one is asked for that an analysis does not have.</summary>
    public bool Lacks(ExperimentAnalysis analysis) => (options.Ablate && analysis.Ablation.Value is null) || (options.Perturb && analysis.Stability.Value is null);

    /// <summary>The analysis with what was asked for.</summary>
    public ExperimentAnalysis Add(ExperimentAnalysis analysis, ExperimentResult result, CancellationToken stop)
    {
        if (options.Ablate && analysis.Ablation.Value is null)
        {
            analysis = analysis with { Ablation = Done(() => new AblationStudy(experiment, store, id, options, time).Run(result.Best, stop)) };
        }

        return options.Perturb && analysis.Stability.Value is null ? analysis with { Stability = Done(() => new StabilityStudy(experiment, store, id, options, time).Run(result, stop)) } : analysis;
    }

    private Analyzed<T> Done<T>(Func<Analyzed<T>> study)
        where T : class
    {
        try
        {
            return experiment.Data is null ? Analyzed<T>.Not(Program) : study();
        }
        catch (OperationCanceledException)
        {
            return Analyzed<T>.Not(Stopped);
        }
    }
}
