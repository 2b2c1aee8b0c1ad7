using Microsoft.Data.Sqlite;
using TuneLab.Storage.Sqlite;

namespace TuneLab.Storage;

/// <content>Experiments, their blobs and the looks at holdouts.</content>
public sealed partial class SqliteTrialStore
{
    /// <inheritdoc/>
    public ExperimentRecord OpenExperiment(string identity, string name, string fingerprint, string plan) => Write(session =>
    {
        var now = RowReading.Instant(_time.GetUtcNow());
        session.Write(
            "add-experiment",
            ("@identity", identity), ("@name", name), ("@fingerprint", fingerprint), ("@plan", plan), ("@state", RowReading.Word(ExperimentState.Running)), ("@now", now));
        session.Write("rename-experiment", ("@identity", identity), ("@name", name), ("@now", now));
        using var row = session.Read("find-experiment", ("@identity", identity));
        row.Read();
        return ReadExperiment(row);
    });

    /// <inheritdoc/>
    public IReadOnlyList<ExperimentRecord> Experiments() => Read(session => session.List("list-experiments", ReadExperiment));

    /// <inheritdoc/>
    public void UpdateExperiment(long experiment, ExperimentState state, string reason, double activeSeconds, string? result)
    {
        var updated = Write(session => session.Write(
            "update-experiment",
            ("@experiment", experiment),
            ("@state", RowReading.Word(state)),
            ("@reason", reason),
            ("@active_seconds", activeSeconds),
            ("@result", result),
            ("@now", RowReading.Instant(_time.GetUtcNow()))));
        if (updated == 0)
        {
            throw new ArgumentException($"The store '{Location}' has no experiment {experiment}.", nameof(experiment));
        }
    }

    /// <inheritdoc/>
    public void PutBlob(long experiment, string name, byte[] bytes)
        => Write(session => session.Write("put-blob", ("@experiment", experiment), ("@name", name), ("@content", bytes)));

    /// <inheritdoc/>
    public byte[]? FindBlob(long experiment, string name) => Read(session =>
    {
        using var row = session.Read("find-blob", ("@experiment", experiment), ("@name", name));
        return row.Read() ? row.Bytes(0) : null;
    });

    /// <inheritdoc/>
    public void DropBlobs(long experiment, string start) => Write(session => session.Write("drop-blobs", ("@experiment", experiment), ("@start", start)));

    /// <inheritdoc/>
    public void AddLook(HoldoutLook look) => Write(session => session.Write(
        "add-look", ("@holdout", look.Holdout), ("@experiment", look.Experiment), ("@configuration", look.Configuration), ("@looked", RowReading.Instant(look.When))));

    /// <inheritdoc/>
    public IReadOnlyList<HoldoutLook> Looks(string holdout) => Read(session => session.List("list-looks", ReadLook, ("@holdout", holdout)));

    private static HoldoutLook ReadLook(SqliteDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetString(2), row.Instant(3));

    private static ExperimentRecord ReadExperiment(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Identity = row.GetString(1),
        Name = row.GetString(2),
        Fingerprint = row.GetString(3),
        Plan = row.GetString(4),
        State = row.Word<ExperimentState>(5),
        Reason = row.GetString(6),
        Created = row.Instant(7),
        Updated = row.Instant(8),
        ActiveSeconds = row.Number(9),
        Result = row.IsDBNull(10) ? null : row.GetString(10),
    };
}
