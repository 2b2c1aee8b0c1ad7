using TuneLab.Experiments.Files;
using TuneLab.Storage;

namespace TuneLab.Experiments;

/// <summary>
/// The resolved plan as it is stored when an experiment is created. Stages that <c>auto</c> made come from there ever after, so that a raised budget continues the same search.
/// </summary>
internal static class FrozenPlan
{
    /// <summary>As JSON, in the keys of the experiment file.</summary>
    public static string Write(ResolvedPlan resolved) => PlanJson.Canonical(resolved.Plan with
    {
        Stages = resolved.Stages,
        Metric = resolved.Metric.Id,
        Task = resolved.Task,
        Trainers = [.. resolved.Trainers.Select(t => t.Trainer.Info.Id)],
        Output = resolved.Plan.Output with { Folder = "." }, // where the files go is no part of what was done
    });

    /// <summary>The experiment with the stages that were frozen.</summary>
    public static LoadedExperiment Apply(ExperimentRecord record, LoadedExperiment experiment)
        => !experiment.Resolved.StagesAreAuto ? experiment
            : experiment with { Resolved = experiment.Resolved with { Stages = PlanReader.Read(record.Plan, experiment.Resolved.Plan.File ?? "plan.json").Stages } };
}
