using Microsoft.Data.Sqlite;
using TuneLab.Storage.Sqlite;

namespace TuneLab.Storage;

/// <content>Finished trials and stage passes.</content>
public sealed partial class SqliteTrialStore
{
    /// <inheritdoc/>
    public void AddTrial(long experiment, FinishedTrial trial) => Write(session => session.Write(
        "add-trial",
        ("@experiment", experiment),
        ("@number", trial.Number),
        ("@stage", trial.Stage),
        ("@pass", trial.Pass),
        ("@trainer", trial.Configuration.Trainer),
        ("@configuration", JsonText.Of(trial.Configuration)),
        ("@status", RowReading.Word(trial.Status)),
        ("@cached", trial.Cached),
        ("@scores", Packing.Pack(trial.Scores)),
        ("@row_fraction", trial.Rows),
        ("@rounds", trial.Rounds),
        ("@started_seconds", trial.StartedSeconds),
        ("@finished_seconds", trial.FinishedSeconds),
        ("@fit_seconds", trial.FitSeconds),
        ("@score_seconds", trial.ScoreSeconds),
        ("@reason", trial.Reason),
        ("@evaluations", JsonText.Of(trial.Evaluations)),
        ("@round_fraction", trial.RoundFraction),
        ("@fold_fraction", trial.FoldFraction),
        ("@rounds_again", trial.RoundsAgain)));

    /// <inheritdoc/>
    public IReadOnlyList<FinishedTrial> Trials(long experiment) => Read(session => session.List("list-trials", ReadTrial, ("@experiment", experiment)));

    /// <inheritdoc/>
    public void AddStage(long experiment, StageRecord stage) => Write(session => session.Write(
        "add-stage",
        ("@experiment", experiment),
        ("@pass", stage.Pass),
        ("@stage", stage.Stage),
        ("@exit_rule", stage.Exit),
        ("@reason", stage.Reason),
        ("@trials", stage.Trials),
        ("@seconds", stage.Seconds),
        ("@notes", JsonText.Of(stage.Notes))));

    /// <inheritdoc/>
    public IReadOnlyList<StageRecord> Stages(long experiment) => Read(session => session.List("list-stages", ReadStage, ("@experiment", experiment)));

    private static StageRecord ReadStage(SqliteDataReader row)
        => new(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.Number(5), JsonText.Texts(row.GetString(6)));

    private static FinishedTrial ReadTrial(SqliteDataReader row) => new()
    {
        Number = row.GetInt32(0),
        Stage = row.GetString(1),
        Pass = row.GetInt32(2),
        Configuration = JsonText.Configuration(row.GetString(3), row.GetString(4)),
        Status = row.Word<TrialStatus>(5),
        Cached = row.GetBoolean(6),
        Scores = row.Doubles(7),
        Rows = row.Number(8),
        Rounds = row.GetInt32(9),
        StartedSeconds = row.Number(10),
        FinishedSeconds = row.Number(11),
        FitSeconds = row.Number(12),
        ScoreSeconds = row.Number(13),
        Reason = row.GetString(14),
        Evaluations = JsonText.Texts(row.GetString(15)),
        RoundFraction = row.Number(16),
        FoldFraction = row.Number(17),
        RoundsAgain = row.GetInt32(18),
    };
}
