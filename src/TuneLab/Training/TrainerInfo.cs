using TuneLab.Data;
using TuneLab.Space;

namespace TuneLab.Training;

/// <summary>What a trainer can do, its space and its default. A property of the trainer, the same in every process.</summary>
public sealed record TrainerInfo
{
    /// <summary>The name in the experiment file, lower case.</summary>
    public required string Id { get; init; }

    /// <summary>One line for <c>tunelab trainers</c>.</summary>
    public required string Summary { get; init; }

    /// <summary>Raised when the same request trains another model than before; part of the cache key.</summary>
    public required int Version { get; init; }

    /// <summary>The engine that supplies it: <c>embedded</c> or <c>mlnet</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The tasks it learns.</summary>
    public required IReadOnlyList<LearningTask> Tasks { get; init; }

    /// <summary>Whether a run can stop between rounds and be scored there; else one <c>Advance</c> does it all.</summary>
    public required bool Incremental { get; init; }

    /// <summary>Whether more rounds can overfit, so that the round count is read from the loss curve; false for a forest.</summary>
    public required bool RoundsOverfit { get; init; }

    /// <summary>Whether row weights are respected.</summary>
    public bool RowWeights { get; init; } = true;

    /// <summary>Whether it takes category codes itself.</summary>
    public bool Categoricals { get; init; } = true;

    /// <summary>Whether it takes missing values itself.</summary>
    public bool MissingValues { get; init; } = true;

    /// <summary>Whether it keeps <see cref="PreparedFold.Monotone"/>; a plan that names directions uses no other trainers. <value>False.</value></summary>
    public bool Monotone { get; init; }

    /// <summary>Whether more threads make one fit faster without changing it.</summary>
    public bool Threads { get; init; } = true;

    /// <summary>Every hyperparameter that it knows, with its widest sensible range: what <c>space:</c> may narrow or add.</summary>
    public required SearchSpace Parameters { get; init; }

    /// <summary>What is searched when the plan says nothing: a part of <see cref="Parameters"/>.</summary>
    public required SearchSpace DefaultSpace { get; init; }

    /// <summary>The configuration that a person would start with: the baseline. Has a value for each active one of <see cref="Parameters"/> that is not optional.</summary>
    public required Configuration Default { get; init; }

    /// <summary>A quick configuration to open a search with.</summary>
    public required Configuration Cheap { get; init; }

    /// <summary>Configurations that did well on other tables, the most useful first; hyperparameters without a value keep the default's. Read when a search asks for them. <value>None.</value></summary>
    public Func<IReadOnlyList<Configuration>> Starts { get; init; } = () => [];

    /// <summary>How many rounds a configuration asks for at most (1 for a trainer without rounds).</summary>
    public required Func<Configuration, int> MaxRounds { get; init; }

    /// <summary>The configuration that asks for just what a run of another one has after so many rounds, as a person would write it: boosting's <c>rounds</c>, a linear model's <c>strength</c>. <value>The same configuration.</value></summary>
    public Func<Configuration, int, Configuration> Settled { get; init; } = (configuration, _) => configuration;

    /// <summary>Work units of a whole run: given the configuration, training rows, features and outputs. A count, not seconds; comparable between trainers of one engine to a factor of a few.</summary>
    public required Func<Configuration, long, int, int, double> Cost { get; init; }
}
