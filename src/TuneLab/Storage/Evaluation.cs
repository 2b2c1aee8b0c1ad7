namespace TuneLab.Storage;

/// <summary>
/// One fold of one trial, as it is kept: every metric of the task at every checkpoint of rounds, so that another metric or another
/// round count re-ranks what is stored instead of training again. Immutable; the arrays must not be written.
/// </summary>
public sealed record Evaluation
{
    /// <summary>In <see cref="Stopped"/>: more rounds would not have changed the model, so what is stored last holds for them too.</summary>
    public const string NothingLeft = "nothing is left to learn";

    /// <summary>The content key: 64 hex characters, see <see cref="EvaluationKey"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The trainer's id; for people, the key holds it already.</summary>
    public required string Trainer { get; init; }

    /// <summary>The configuration's canonical text; for people too.</summary>
    public required string Configuration { get; init; }

    /// <summary>[checkpoints] rounds done, ascending; one entry for a trainer without rounds.</summary>
    public required int[] Rounds { get; init; }

    /// <summary>[checkpoints] the task's loss on the validation rows (log-loss or squared error; less is better): what round counts are read from.</summary>
    public required double[] Losses { get; init; }

    /// <summary>[metrics] ids of the metrics.</summary>
    public required string[] Metrics { get; init; }

    /// <summary>[checkpoints x metrics], row-major; NaN where a metric is not defined.</summary>
    public required double[] Scores { get; init; }

    /// <summary>Seconds of learning, on one job.</summary>
    public required double FitSeconds { get; init; }

    /// <summary>Seconds of predicting and scoring.</summary>
    public required double ScoreSeconds { get; init; }

    /// <summary>The process's peak resident memory when it ended, in bytes; 0 where it can't be read.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>Why it ended: the configuration's last round, the stopping rule, or a pruner's reason.</summary>
    public required string Stopped { get; init; }

    /// <summary>Rows fitted on.</summary>
    public required int TrainRows { get; init; }

    /// <summary>Rows scored on.</summary>
    public required int ValidRows { get; init; }

    /// <summary>As it was after some of its checkpoints.</summary>
    /// <param name="checkpoints">How many, at least 1.</param>
    /// <param name="stopped">Why it goes no further.</param>
    internal Evaluation Until(int checkpoints, string stopped)
        => this with { Rounds = Rounds[..checkpoints], Losses = Losses[..checkpoints], Scores = Scores[..(checkpoints * Metrics.Length)], Stopped = stopped };

    /// <summary>The score of a metric at a checkpoint, NaN when that metric is not stored.</summary>
    public double Score(string metric, int checkpoint)
    {
        var column = Array.IndexOf(Metrics, metric);
        return column < 0 ? double.NaN : Scores[checkpoint * Metrics.Length + column];
    }
}
