namespace TuneLab.Experiments.Journal;

/// <summary>An answered question, or a note.</summary>
/// <param name="When">When it was answered or written.</param>
/// <param name="Experiment">The experiment's name; null for a note about none.</param>
/// <param name="ExperimentId">Its id in the store; null for a note about none.</param>
/// <param name="Note">The note; null for an answer.</param>
public sealed record JournalEntry(DateTimeOffset When, string? Experiment, long? ExperimentId, string? Note)
{
    /// <summary>What was asked; null where the plan says none.</summary>
    public string? Question { get; init; }

    /// <summary>What was believed; null where the plan says none.</summary>
    public string? Hypothesis { get; init; }

    /// <summary>The answer; null for a note.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The objective's id; null for a note.</summary>
    public string? Metric { get; init; }

    /// <summary>The data's file name, or the program's folder; null for a note.</summary>
    public string? Data { get; init; }

    /// <summary>Identifies the data; null for a note.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The winner; null for a note.</summary>
    public Contender? Winner { get; init; }
}
