using System.Text.Json;
using Microsoft.Data.Sqlite;
using TuneLab.Storage.Sqlite;
using TuneLab.Storage.Work;

namespace TuneLab.Storage;

/// <content>Queue entries and slices.</content>
public sealed partial class SqliteWorkStore
{
    /// <inheritdoc/>
    public bool QueuePaused
    {
        get => Meta("queue_paused") == bool.TrueString;
        set
        {
            if (!value && QueuePaused)
            {
                PutMeta("queue_resumed", Now());
            }

            PutMeta("queue_paused", value ? bool.TrueString : bool.FalseString);
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset? QueueResumed => Meta("queue_resumed") is { } text ? RowReading.Instant(text) : null;

    /// <inheritdoc/>
    public string? When
    {
        get => Meta("work_when") is { Length: > 0 } text ? text : null;
        set => PutMeta("work_when", value ?? "");
    }

    /// <inheritdoc/>
    public IReadOnlyList<QueueEntry> AddEntries(IReadOnlyList<QueueEntry> entries) => _file.Write(session =>
    {
        using var transaction = session.BeginWrite();
        var added = new List<QueueEntry>(entries.Count);
        foreach (var entry in entries)
        {
            added.Add(session.Add(
                "add-entry",
                ReadEntry,
                ("@name", entry.Name), ("@plan", entry.Plan), ("@file", entry.File), ("@data_digest", entry.DataDigest), ("@priority", entry.Priority), ("@after", JsonSerializer.Serialize(entry.After)),
                ("@window", entry.Window), ("@not_before", RowReading.InstantOrNull(entry.NotBefore)), ("@deadline", RowReading.InstantOrNull(entry.Deadline)), ("@repeat", entry.Repeat),
                ("@state", RowReading.Word(entry.State)), ("@reason", entry.Reason), ("@experiment", entry.Experiment), ("@parent", entry.Parent), ("@now", Now())));
        }

        transaction.Commit();
        return added;
    });

    /// <inheritdoc/>
    public IReadOnlyList<QueueEntry> Entries() => _file.Read(session => session.List("list-entries", ReadEntry));

    /// <inheritdoc/>
    public IReadOnlyList<QueueEntry> Undone() => _file.Read(session => session.List("list-undone-entries", ReadEntry));

    /// <inheritdoc/>
    public QueueEntry? FindEntry(long id) => _file.Read(session =>
    {
        using var row = session.Read("find-entry", ("@id", id));
        return row.Read() ? ReadEntry(row) : null;
    });

    /// <inheritdoc/>
    public QueueEntry? TryUpdate(QueueEntry entry)
    {
        var now = _time.GetUtcNow();
        return _file.Write(session => session.Write(
            "update-entry",
            ("@name", entry.Name), ("@plan", entry.Plan), ("@file", entry.File), ("@data_digest", entry.DataDigest), ("@priority", entry.Priority), ("@place", entry.Place),
            ("@after", JsonSerializer.Serialize(entry.After)), ("@window", entry.Window), ("@not_before", RowReading.InstantOrNull(entry.NotBefore)), ("@deadline", RowReading.InstantOrNull(entry.Deadline)),
            ("@repeat", entry.Repeat), ("@state", RowReading.Word(entry.State)), ("@reason", entry.Reason), ("@attempts", entry.Attempts), ("@experiment", entry.Experiment), ("@parent", entry.Parent), ("@worker", entry.Worker),
            ("@now", RowReading.Instant(now)), ("@id", entry.Id), ("@version", entry.Version))) == 0 ? null : entry with { Version = entry.Version + 1, Updated = now };
    }

    /// <inheritdoc/>
    public bool TryRemove(QueueEntry entry) => _file.Write(session => session.Write("drop-entry", ("@id", entry.Id), ("@version", entry.Version))) > 0;

    /// <inheritdoc/>
    public Slice AddSlice(Slice slice) => _file.Write(session => slice with
    {
        Id = session.Add(
            "add-slice",
            row => row.GetInt64(0),
            ("@entry", slice.Entry), ("@worker", slice.Worker), ("@began", RowReading.Instant(slice.Began)), ("@ended", RowReading.InstantOrNull(slice.Ended)),
            ("@active_seconds", slice.ActiveSeconds), ("@outcome", RowReading.Word(slice.Outcome)), ("@reason", slice.Reason)),
    });

    /// <inheritdoc/>
    public void UpdateSlice(Slice slice) => _file.Write(session => session.Write(
        "update-slice",
        ("@ended", RowReading.InstantOrNull(slice.Ended)), ("@active_seconds", slice.ActiveSeconds), ("@outcome", RowReading.Word(slice.Outcome)), ("@reason", slice.Reason), ("@id", slice.Id)));

    /// <inheritdoc/>
    public IReadOnlyList<Slice> Slices(DateTimeOffset since) => _file.Read(session => session.List("list-slices", ReadSlice, ("@since", RowReading.Instant(since))));

    private static QueueEntry ReadEntry(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Version = row.GetInt64(1),
        Name = row.GetString(2),
        Plan = row.GetString(3),
        File = row.GetString(4),
        DataDigest = row.GetString(5),
        Priority = row.GetInt32(6),
        Place = row.GetDouble(7),
        After = JsonSerializer.Deserialize<long[]>(row.GetString(8))!,
        Window = row.TextOrNull(9),
        NotBefore = row.InstantOrNull(10),
        Deadline = row.InstantOrNull(11),
        Repeat = row.TextOrNull(12),
        State = row.Word<QueueState>(13),
        Reason = row.GetString(14),
        Attempts = row.GetInt32(15),
        Experiment = row.NumberOrNull(16),
        Parent = row.NumberOrNull(17),
        Worker = row.TextOrNull(18),
        Added = row.Instant(19),
        Updated = row.Instant(20),
    };

    private static Slice ReadSlice(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Entry = row.GetInt64(1),
        Worker = row.GetString(2),
        Began = row.Instant(3),
        Ended = row.InstantOrNull(4),
        ActiveSeconds = row.Number(5),
        Outcome = row.Word<SliceOutcome>(6),
        Reason = row.GetString(7),
    };

    private string? Meta(string name) => _file.Read(session =>
    {
        using var row = session.Read("find-meta", ("@name", name));
        return row.Read() ? row.GetString(0) : null;
    });

    private void PutMeta(string name, string value) => _file.Write(session => session.Write("put-meta", ("@name", name), ("@value", value)));
}
