using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Experiments;

/// <summary>A trainer in a plan.</summary>
/// <param name="Trainer">It: an <see cref="ITrainer"/> where the plan has data, else the program.</param>
/// <param name="Space">What is searched, the plan's <c>space</c> applied.</param>
/// <param name="Default">Its default configuration: values that the plan fixes are applied, ranges that the plan narrows are not.</param>
public sealed record PlannedTrainer(ITunable Trainer, SearchSpace Space, Configuration Default)
{
    /// <summary>The trainer's <see cref="TrainerInfo.Starts"/> as near as the space comes to them, without repeats and the default.</summary>
    public IReadOnlyList<Configuration> Starts => [.. Trainer.Info.Starts().Select(Near).Where(c => !c.Equals(Default)).Distinct()];

    /// <summary>The trainer's <see cref="TrainerInfo.Cheap"/> as near as the space comes to it.</summary>
    public Configuration Cheap => Near(Trainer.Info.Cheap);

    private Configuration Near(Configuration start)
        => Space.FromUnit(start.Trainer, Space.ToUnit(new Configuration(start.Trainer, Default.Values.Concat(start.Values))), Default);
}

/// <summary>A plan with everything settled that depends on the data. Immutable.</summary>
/// <param name="Plan">The parsed plan.</param>
/// <param name="Task">What is learned; null for a program.</param>
/// <param name="Metric">The objective: a <see cref="Metrics.Metric"/> where the plan has data.</param>
/// <param name="SplitKind">The splitter's id; null for a program.</param>
/// <param name="Trainers">In the plan's order; at least one.</param>
/// <param name="Stages">In order, never empty, the last one <c>confirm</c>.</param>
/// <param name="StagesAreAuto">Whether the stages were made by <c>auto</c>.</param>
public sealed record ResolvedPlan(ExperimentPlan Plan, LearningTask? Task, Objective Metric, string? SplitKind, IReadOnlyList<PlannedTrainer> Trainers, IReadOnlyList<StagePlan> Stages, bool StagesAreAuto)
{
    /// <summary>Trainers that a plan without <c>trainers</c> would have, but that can't keep its monotone directions. <value>Empty.</value></summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}
