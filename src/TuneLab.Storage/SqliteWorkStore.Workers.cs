using Microsoft.Data.Sqlite;
using TuneLab.Storage.Sqlite;
using TuneLab.Storage.Work;

namespace TuneLab.Storage;

/// <content>Workers and what is asked of those who run experiments.</content>
public sealed partial class SqliteWorkStore
{
    /// <inheritdoc/>
    public RunRequest? FindRequest(long experiment) => _file.Read(session =>
    {
        using var row = session.Read("find-request", ("@experiment", experiment));
        return row.Read() ? row.Word<RunRequest>(0) : (RunRequest?)null;
    });

    /// <inheritdoc/>
    public void PutRequest(long experiment, RunRequest? request) => _file.Write(session => request is { } asked
        ? session.Write("put-request", ("@experiment", experiment), ("@request", RowReading.Word(asked)), ("@asked", Now()))
        : session.Write("drop-request", ("@experiment", experiment)));

    /// <inheritdoc/>
    public IReadOnlyDictionary<long, RunRequest> Requests() => _file.Read(session =>
    {
        using var row = session.Read("list-requests");
        var requests = new Dictionary<long, RunRequest>();
        while (row.Read())
        {
            requests.Add(row.GetInt64(0), row.Word<RunRequest>(1));
        }

        return requests;
    });

    /// <inheritdoc/>
    public void PutWorker(WorkerRecord worker) => _file.Write(session => session.Write(
        "put-worker",
        ("@id", worker.Id), ("@process", worker.Process), ("@machine", worker.Machine), ("@state", worker.State), ("@reason", worker.Reason), ("@stop", worker.Stop),
        ("@began", RowReading.Instant(worker.Began)), ("@seen", RowReading.Instant(worker.Seen))));

    /// <inheritdoc/>
    public void StopWorker(string id) => _file.Write(session => session.Write("stop-worker", ("@id", id)));

    /// <inheritdoc/>
    public IReadOnlyList<WorkerRecord> Workers() => _file.Read(session => session.List("list-workers", ReadWorker));

    /// <inheritdoc/>
    public void DropWorker(string id) => _file.Write(session => session.Write("drop-worker", ("@id", id)));

    private static WorkerRecord ReadWorker(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Process = row.GetInt32(1),
        Machine = row.GetString(2),
        State = row.GetString(3),
        Reason = row.GetString(4),
        Stop = row.GetBoolean(5),
        Began = row.Instant(6),
        Seen = row.Instant(7),
    };
}
