using TuneLab.Pruners;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Experiments.Search;

/// <summary>One pass to run: proposals for some lanes at one fidelity, until an exit rule fires.</summary>
internal sealed record PassPlan
{
    /// <summary>The pass's index over the whole experiment.</summary>
    public required int Pass { get; init; }

    /// <summary>The stage's name.</summary>
    public required string Stage { get; init; }

    /// <summary>Which pass of the stage, from 1, and of how many.</summary>
    public required (int Number, int Of) Of { get; init; }

    /// <summary>The lanes that take turns.</summary>
    public required IReadOnlyList<Lane> Lanes { get; init; }

    /// <summary>Configurations to run first, in this order, whatever the sampler thinks: defaults, or the best of a lower fidelity.</summary>
    public IReadOnlyList<(Lane Lane, Configuration Configuration)> First { get; init; } = [];

    /// <summary>What a lane proposes in its first turns, before its sampler is asked. <value>Nothing.</value></summary>
    public IReadOnlyDictionary<Lane, IReadOnlyList<Configuration>> Starts { get; init; } = new Dictionary<Lane, IReadOnlyList<Configuration>>();

    /// <summary>The sampler's id; null: only <see cref="First"/>.</summary>
    public string? Sampler { get; init; }

    /// <summary>Makes a sampler. <value>That of the catalog.</value></summary>
    public Func<string, ISampler> Samplers { get; init; } = SamplerCatalog.Get;

    /// <summary>What ends trials that are behind; null: nothing.</summary>
    public IPruner? Pruner { get; init; }

    /// <summary>What its trials are given.</summary>
    public required Fidelity Fidelity { get; init; }

    /// <summary>A lower fidelity whose ranking this pass shows, because what it runs first was run at it before. <value>Null.</value></summary>
    public Fidelity? Judges { get; init; }

    /// <summary>Trials at most, <see cref="First"/> counted; null: until another rule fires.</summary>
    public int? Trials { get; init; }

    /// <summary>How many of the trials of the experiment's budget it leaves for later passes. <value>0</value></summary>
    public int Kept { get; init; }

    /// <summary>When the pass proposes no more, on the run's clock (<see cref="Running.RunClock.Elapsed"/>); what is under way then may take a little longer. Null: time does not limit it.</summary>
    public TimeSpan? Until { get; init; }

    /// <summary>When it must have ended. <value>Null: time does not limit it.</value></summary>
    public TimeSpan? Latest { get; init; }

    /// <summary>Until when it goes on instead while the first of <see cref="First"/> has not ended; while there is no baseline either, to <see cref="Latest"/>. <value>Null: it awaits neither.</value></summary>
    public TimeSpan? FirstUntil { get; init; }

    /// <summary>What was decided when the pass was made, with reasons.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Why a pass ended.</summary>
internal enum StageExit
{
    /// <summary>Its trials are done, or the experiment's.</summary>
    Trials,

    /// <summary>Its share of the time is used.</summary>
    Time,

    /// <summary>The target is reached.</summary>
    Target,

    /// <summary>Nothing has improved for as many trials as the plan has patience.</summary>
    Patience,

    /// <summary>The time of day at which all must be done is near.</summary>
    Deadline,

    /// <summary>No sampler has anything left to propose.</summary>
    Exhausted,

    /// <summary>The run may not use more memory.</summary>
    Memory,

    /// <summary>A person or a signal stopped it.</summary>
    Stopped,
}

/// <summary>How a pass ended.</summary>
/// <param name="Exit">The rule that fired.</param>
/// <param name="Reason">In words; never empty.</param>
/// <param name="Proposed">Trials proposed, abandoned ones included.</param>
internal sealed record PassOutcome(StageExit Exit, string Reason, int Proposed);
