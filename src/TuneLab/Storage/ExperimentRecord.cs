namespace TuneLab.Storage;

/// <summary>Where an experiment stands.</summary>
public enum ExperimentState
{
    /// <summary>Created; a process works on it or was ended while it did.</summary>
    Running,

    /// <summary>Stopped before confirm ended; goes on when run again.</summary>
    Stopped,

    /// <summary>Answered.</summary>
    Finished,

    /// <summary>The work failed; the reason says how.</summary>
    Failed,
}

/// <summary>An experiment as it is kept.</summary>
public sealed record ExperimentRecord
{
    /// <summary>The store's number for it.</summary>
    public required long Id { get; init; }

    /// <summary>Hash of the resolved plan without name, prose, output, jobs and budget, plus the fingerprint: 64 hex characters, unique.</summary>
    public required string Identity { get; init; }

    /// <summary>The plan's name, as last run.</summary>
    public required string Name { get; init; }

    /// <summary>Fingerprint of the data and its roles.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The resolved plan as JSON, stages frozen.</summary>
    public required string Plan { get; init; }

    /// <summary>Where it stands.</summary>
    public required ExperimentState State { get; init; }

    /// <summary>Why it stands there; may be empty.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was created (UTC).</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it last changed (UTC).</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Wall seconds that processes have worked on it, summed over resumptions.</summary>
    public required double ActiveSeconds { get; init; }

    /// <summary>The answer as JSON; null until there is one.</summary>
    public required string? Result { get; init; }
}

/// <summary>One pass of a stage that has ended: why, and what it found.</summary>
/// <param name="Pass">The index over the whole experiment, from 0; the defaults are pass 0.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Exit">The exit rule that fired: trials, time, target, patience, deadline, exhausted, stopped.</param>
/// <param name="Reason">In words; never empty.</param>
/// <param name="Trials">How many trials it proposed.</param>
/// <param name="Seconds">Active wall seconds.</param>
/// <param name="Notes">What it decided and why: boxes moved, choices and trainers dropped.</param>
public sealed record StageRecord(int Pass, string Stage, string Exit, string Reason, int Trials, double Seconds, IReadOnlyList<string> Notes);

/// <summary>One look at a holdout.</summary>
/// <param name="Holdout">What identifies it: fingerprint and holdout fraction, hashed.</param>
/// <param name="Experiment">Which experiment looked.</param>
/// <param name="Configuration">What was scored: trainer and canonical configuration with its rounds.</param>
/// <param name="When">When (UTC).</param>
public sealed record HoldoutLook(string Holdout, long Experiment, string Configuration, DateTimeOffset When);
