using TuneLab.Storage.Sqlite;

namespace TuneLab.Storage;

/// <content>Notes of the journal.</content>
public sealed partial class SqliteTrialStore
{
    /// <inheritdoc/>
    public void AddNote(JournalNote note) => Write(session => session.Write("add-note", ("@experiment", note.Experiment), ("@note", note.Text), ("@added", RowReading.Instant(note.When))));

    /// <inheritdoc/>
    public IReadOnlyList<JournalNote> Notes() => Read(session =>
    {
        using var row = session.Read("list-notes");
        var notes = new List<JournalNote>();
        while (row.Read())
        {
            notes.Add(new JournalNote(row.IsDBNull(0) ? null : row.GetInt64(0), row.GetString(1), row.Instant(2)));
        }

        return notes;
    });
}
