using TuneLab.Storage.Sqlite;

namespace TuneLab.Storage;

/// <content>Predictions of evaluations.</content>
public sealed partial class SqliteTrialStore
{
    /// <inheritdoc/>
    public float[]? FindPredictions(string key) => Read(session =>
    {
        using var row = session.Read("find-predictions", ("@key", key));
        return row.Read() ? Packing.Floats(row.Bytes(0)) : null;
    });

    /// <inheritdoc/>
    public void AddPredictions(string key, float[] predictions) => Write(session => session.Write(
        "add-predictions", ("@key", key), ("@numbers", Packing.Pack(predictions)), ("@added", RowReading.Instant(_time.GetUtcNow()))));
}
