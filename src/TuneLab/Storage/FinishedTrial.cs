using TuneLab.Space;

namespace TuneLab.Storage;

/// <summary>How a trial ended.</summary>
public enum TrialStatus
{
    /// <summary>All its folds were scored.</summary>
    Completed,

    /// <summary>A pruner stopped it.</summary>
    Pruned,

    /// <summary>A fold failed; the reason says how.</summary>
    Failed,
}

/// <summary>A trial that has ended. Immutable, in the store too.</summary>
public sealed record FinishedTrial
{
    /// <summary>Its number within the experiment, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>The stage's name.</summary>
    public required string Stage { get; init; }

    /// <summary>The index of the stage pass over the whole experiment, from 0; the defaults are pass 0.</summary>
    public required int Pass { get; init; }

    /// <summary>What was tried.</summary>
    public required Configuration Configuration { get; init; }

    /// <summary>How it ended.</summary>
    public required TrialStatus Status { get; init; }

    /// <summary>Whether every fold came from the cache.</summary>
    public required bool Cached { get; init; }

    /// <summary>[folds] the objective per fold; empty when failed.</summary>
    public required double[] Scores { get; init; }

    /// <summary>Fidelity: the fraction of each fold's training rows.</summary>
    public required double Rows { get; init; }

    /// <summary>Fidelity: the fraction of the configuration's rounds. <value>1</value></summary>
    public double RoundFraction { get; init; } = 1;

    /// <summary>Fidelity: the fraction of the folds that it was to be scored on. <value>1</value></summary>
    public double FoldFraction { get; init; } = 1;

    /// <summary>Rounds over all folds that were trained a second time, because the paused run that was to go on was lost. <value>0</value></summary>
    public int RoundsAgain { get; init; }

    /// <summary>The round count read from the fold-averaged loss curve; 0 when failed.</summary>
    public required int Rounds { get; init; }

    /// <summary>Seconds since the run began when its first fold started.</summary>
    public required double StartedSeconds { get; init; }

    /// <summary>Seconds since the run began when it ended.</summary>
    public required double FinishedSeconds { get; init; }

    /// <summary>Seconds of learning over all folds, as first measured (also when cached).</summary>
    public required double FitSeconds { get; init; }

    /// <summary>Seconds of scoring over all folds, as first measured.</summary>
    public required double ScoreSeconds { get; init; }

    /// <summary>Why it ended so: never empty when pruned or failed.</summary>
    public required string Reason { get; init; }

    /// <summary>[folds] the content keys of its evaluations; empty when failed.</summary>
    public required string[] Evaluations { get; init; }

    /// <summary>How much it was given.</summary>
    public Fidelity Fidelity => new(Rows, RoundFraction, FoldFraction);

    /// <summary>The mean of <see cref="Scores"/>; NaN when there is none.</summary>
    public double Score => Scores.Length == 0 ? double.NaN : Scores.Average();

    /// <summary>The standard deviation of <see cref="Scores"/> (n - 1); NaN for fewer than two.</summary>
    public double Deviation
    {
        get
        {
            if (Scores.Length < 2)
            {
                return double.NaN;
            }

            var mean = Score;
            return Math.Sqrt(Scores.Sum(s => (s - mean) * (s - mean)) / (Scores.Length - 1));
        }
    }
}
