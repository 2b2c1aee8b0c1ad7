using System.Reflection;
using TuneLab.Errors;

namespace TuneLab.Storage.Sqlite;

/// <summary>Brings a store to the newest schema, one version at a time, in one transaction.</summary>
internal static class SchemaMigrator
{
    private const string WrittenBy = "program_version";

    /// <summary>This program's version, as kept in the store and shown in errors.</summary>
    public static string ProgramVersion { get; } =
        typeof(SchemaMigrator).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Does what is missing; nothing when the store is up to date.</summary>
    /// <exception cref="InputException">A newer version wrote it, or it is another program's database.</exception>
    public static void Migrate(SqliteSession session, string path)
    {
        if (CheckAtOneMoment(session, path) == SqlText.SchemaVersion)
        {
            return;
        }

        if (session.Execute("PRAGMA journal_mode") is not "wal")
        {
            session.Execute("PRAGMA journal_mode = WAL"); // stays with the file; can't be changed within a transaction
        }

        using var transaction = session.BeginWrite();
        var version = Check(session, path); // again: another process may have been faster
        if (version < SqlText.SchemaVersion)
        {
            while (version < SqlText.SchemaVersion)
            {
                session.Execute(SqlText.Schema(++version));
            }

            session.Write("put-meta", ("@name", WrittenBy), ("@value", ProgramVersion));
            session.Execute("PRAGMA user_version = " + version.ToString(CultureInfo.InvariantCulture));
        }

        transaction.Commit();
    }

    // version and tables as they stand together: another process may be making them
    private static int CheckAtOneMoment(SqliteSession session, string path)
    {
        session.Execute("BEGIN");
        try
        {
            return Check(session, path);
        }
        finally
        {
            session.Execute("ROLLBACK");
        }
    }

    private static int Check(SqliteSession session, string path)
    {
        var version = Convert.ToInt32(session.Execute("PRAGMA user_version"), CultureInfo.InvariantCulture);
        var tables = Convert.ToInt32(session.Execute("SELECT COUNT(*) FROM sqlite_master"), CultureInfo.InvariantCulture);
        var ours = tables == 0 ? version == 0 : version > 0 && session.Execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'meta'") is not null;
        if (!ours)
        {
            throw new InputException($"'{path}' is not a TuneLab store: it is another program's SQLite database.", "Name another file with --store.");
        }

        return version <= SqlText.SchemaVersion ? version : throw Newer(session, path, version);
    }

    private static InputException Newer(SqliteSession session, string path, int version)
    {
        using var row = session.Read("find-meta", ("@name", WrittenBy));
        var writer = row.Read() ? row.GetString(0) : "an unknown version";
        return new InputException(
            $"The store '{path}' has schema version {version}, written by TuneLab {writer}; this is TuneLab {ProgramVersion}, which reads schema versions up to {SqlText.SchemaVersion}.",
            $"Update TuneLab to {writer} or later, or name another file with --store.");
    }
}
