using Microsoft.Data.Sqlite;
using TuneLab.Errors;

namespace TuneLab.Storage.Sqlite;

/// <summary>What SQLite's result codes (https://sqlite.org/rescode.html) mean to the person at the keyboard.</summary>
internal static class SqliteErrors
{
    private const int Permission = 3, Busy = 5, Locked = 6, ReadOnly = 8, Io = 10, Corrupt = 11, Full = 13, CantOpen = 14, Constraint = 19, NotADatabase = 26;
    private const int ForeignKey = Constraint | (3 << 8);

    /// <summary>The exception to throw instead.</summary>
    /// <param name="error">What SQLite reported.</param>
    /// <param name="path">The store's file.</param>
    public static Exception Explain(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        Busy or Locked => new WorkFailedException(
            $"The store '{path}' stayed locked by another program for minutes.", "Close the program that keeps it open (a database browser, a backup), then run the same command again: nothing that was stored is lost.", error),
        Permission or ReadOnly or CantOpen => NotWritable(path, error),
        Corrupt => new InputException(
            $"The store '{path}' is damaged: {Words(error)}.", "Restore it from a backup, or move it away with its -wal and -shm files to start a new one, or name another with --store.", error),
        NotADatabase => new InputException(
            $"'{path}' is not a TuneLab store: the file is no SQLite database.", "Name another file with --store, or move this one away.", error),
        Full => new WorkFailedException(
            $"The disk of the store '{path}' is full.", "Free some space and run the same command again: nothing that was stored is lost.", error),
        Io => new WorkFailedException(
            $"The disk of the store '{path}' reported an error, which may be that it is full: {Words(error)}.", "Free some space or check the disk, then run the same command again, or name a store on another disk with --store.", error),
        Constraint when error.SqliteExtendedErrorCode == ForeignKey => new ArgumentException($"The store '{path}' has no such experiment.", error),
        _ => new TuneLabException($"The store '{path}' failed: {Words(error)}.", inner: error),
    };

    // the library ends its sentence with a full stop of its own
    private static string Words(SqliteException error) => error.Message.TrimEnd('.');

    public static UnreachableException NotWritable(string path, Exception? inner) => new(
        $"The store '{path}' can't be opened for writing{(inner is IOException ? ": " + inner.Message.TrimEnd('.') : "")}.", "Check that its folder exists and may be written and that its disk has room, or name another file with --store.", inner);
}
