using Microsoft.Data.Sqlite;
using TuneLab.Storage.Sqlite;

namespace TuneLab.Storage;

/// <content>Notes of the journal.</content>
public sealed partial class SqliteTrialStore
{
    /// <inheritdoc/>
    public void AddNote(JournalNote note) => Write(session => session.Write("add-note", ("@experiment", note.Experiment), ("@note", note.Text), ("@added", RowReading.Instant(note.When))));

    /// <inheritdoc/>
    public IReadOnlyList<JournalNote> Notes() => Read(session => session.List("list-notes", ReadNote));

    private static JournalNote ReadNote(SqliteDataReader row) => new(row.NumberOrNull(0), row.GetString(1), row.Instant(2));
}
