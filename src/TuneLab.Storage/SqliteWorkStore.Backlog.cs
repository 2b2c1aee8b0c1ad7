using Microsoft.Data.Sqlite;
using TuneLab.Storage.Sqlite;
using TuneLab.Storage.Work;

namespace TuneLab.Storage;

/// <content>The backlog.</content>
public sealed partial class SqliteWorkStore
{
    /// <inheritdoc/>
    public IReadOnlyList<BacklogItem> AddItems(IReadOnlyList<BacklogItem> items) => _file.Write(session =>
    {
        using var transaction = session.BeginWrite();
        List<BacklogItem> added = [.. items.Select(item => session.Add(
            "add-item",
            ReadItem,
            ("@question", item.Question), ("@kind", RowReading.Word(item.Kind)), ("@hypothesis", item.Hypothesis), ("@expect", item.Expect), ("@impact", item.Impact), ("@effort", item.Effort),
            ("@setup", item.Setup), ("@state", RowReading.Word(item.State)), ("@reason", item.Reason), ("@file", item.File), ("@now", Now())))];
        transaction.Commit();
        return added;
    });

    /// <inheritdoc/>
    public IReadOnlyList<BacklogItem> Items() => _file.Read(session => session.List("list-items", ReadItem));

    /// <inheritdoc/>
    public BacklogItem? FindItem(long id) => _file.Read(session =>
    {
        using var row = session.Read("find-item", ("@id", id));
        return row.Read() ? ReadItem(row) : null;
    });

    /// <inheritdoc/>
    public BacklogItem? TryUpdate(BacklogItem item)
    {
        var now = _time.GetUtcNow();
        return _file.Write(session => session.Write(
            "update-item",
            ("@question", item.Question), ("@kind", RowReading.Word(item.Kind)), ("@hypothesis", item.Hypothesis), ("@expect", item.Expect), ("@impact", item.Impact), ("@effort", item.Effort),
            ("@setup", item.Setup), ("@state", RowReading.Word(item.State)), ("@reason", item.Reason), ("@file", item.File), ("@now", RowReading.Instant(now)),
            ("@id", item.Id), ("@version", item.Version))) == 0 ? null : item with { Version = item.Version + 1, Updated = now };
    }

    private static BacklogItem ReadItem(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Version = row.GetInt64(1),
        Question = row.GetString(2),
        Kind = row.Word<BacklogKind>(3),
        Hypothesis = row.TextOrNull(4),
        Expect = row.TextOrNull(5),
        Impact = row.GetInt32(6),
        Effort = row.GetInt32(7),
        Setup = row.TextOrNull(8),
        State = row.Word<BacklogState>(9),
        Reason = row.GetString(10),
        File = row.TextOrNull(11),
        Added = row.Instant(12),
        Updated = row.Instant(13),
    };
}
