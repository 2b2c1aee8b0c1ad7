using TuneLab.Analysis.Findings;
using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Experiments;

/// <summary>What is known before the first trial.</summary>
/// <param name="Plan">The resolved plan: task, metric, trainers, stages.</param>
/// <param name="Table">What the data are; null for a program.</param>
/// <param name="TrainingRows">Rows that are searched on.</param>
/// <param name="HoldoutRows">Rows set aside.</param>
/// <param name="StoredTrials">Finished trials found in the store: a resumed run.</param>
/// <param name="Store">Where the store is.</param>
public sealed record ExperimentStart(ResolvedPlan Plan, TableSummary? Table, int TrainingRows, int HoldoutRows, int StoredTrials, string Store)
{
    /// <summary>The experiment's number in the store. <value>0: it is in none.</value></summary>
    public long Id { get; init; }

    /// <summary>Identifies the data, or the program with its inputs. <value>The table's.</value></summary>
    public string Fingerprint { get; init; } = Table?.Fingerprint ?? "";

    /// <summary>What a look at the data told; null for a program.</summary>
    public TableLook? Look { get; init; }
}

/// <summary>A stage pass begins.</summary>
/// <param name="Pass">Its index over the whole experiment.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="PassOfStage">Which pass of the stage, from 1.</param>
/// <param name="Passes">How many passes the stage has.</param>
/// <param name="Trials">How many trials it will propose; null when time decides.</param>
/// <param name="Trainers">The trainers still in.</param>
/// <param name="Fidelity">What its trials are given.</param>
public sealed record StageStart(int Pass, string Stage, int PassOfStage, int Passes, int? Trials, IReadOnlyList<string> Trainers, Fidelity Fidelity);

/// <summary>How far a run has come.</summary>
/// <param name="Trials">Finished trials.</param>
/// <param name="Planned">Trials that the plan foresees; null when time decides.</param>
/// <param name="Cached">Of them from the cache.</param>
/// <param name="Failed">Of them failed.</param>
/// <param name="Pruned">Of them pruned.</param>
/// <param name="Best">The best score so far at full fidelity; NaN when none.</param>
/// <param name="Baseline">The best default's score; NaN while unknown.</param>
/// <param name="Metric">The objective.</param>
/// <param name="Elapsed">Since this process began the run.</param>
/// <param name="Remaining">The estimated time left; null while unknown.</param>
public sealed record RunProgress(int Trials, int? Planned, int Cached, int Failed, int Pruned, double Best, double Baseline, Objective Metric, TimeSpan Elapsed, TimeSpan? Remaining)
{
    /// <summary>Between what <see cref="Remaining"/> lies eight times in ten; null where that is not known, or where a limit of time says it.</summary>
    public (TimeSpan Low, TimeSpan High)? Between { get; init; }
}
