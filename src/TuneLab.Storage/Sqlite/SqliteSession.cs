using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;

namespace TuneLab.Storage.Sqlite;

/// <summary>One connection with its prepared statements; used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    // SQLite itself waits so long for another writer; Microsoft.Data.Sqlite tries again where SQLite does not wait (recovery after a crash, a change of journal).
    private const string BusyTimeout = "PRAGMA busy_timeout = 120000";
    private const int RetrySeconds = 60;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private SqliteTransaction? _transaction;

    /// <param name="path">The store's file.</param>
    /// <param name="create">Whether to create the file when there is none.</param>
    public SqliteSession(string path, bool create)
    {
        _connection = new SqliteConnection(ConnectionString(path, create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite));
        try
        {
            _connection.Open();
            Execute(BusyTimeout);
            Execute("PRAGMA synchronous = NORMAL");
            Execute("PRAGMA foreign_keys = ON");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    // a command remembers the transaction that it was made in, and is refused outside of it; one that is over has no connection
    private SqliteTransaction? Transaction => _transaction is { Connection: not null } ? _transaction : null;

    /// <summary>Whether SQLite fell back to reading because the file may not be written.</summary>
    public bool IsReadOnly => SQLitePCL.raw.sqlite3_db_readonly(_connection.Handle, "main") == 1;

    /// <summary>Runs SQL that is needed once and has no parameters.</summary>
    /// <returns>The first value of the first row, or null.</returns>
    public object? Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>A transaction that has the right to write from its start, so that it can't fail halfway for another writer.</summary>
    public SqliteTransaction BeginWrite() => _transaction = _connection.BeginTransaction(deferred: false);

    /// <summary>Runs a statement that returns no rows.</summary>
    /// <param name="statement">Its file's name in Statements.</param>
    /// <param name="values">Its parameters, in the same order at each call.</param>
    /// <returns>The number of rows changed.</returns>
    public int Write(string statement, params ReadOnlySpan<(string Name, object? Value)> values) => Bind(statement, values).ExecuteNonQuery();

    /// <summary>Runs a statement that returns rows; the reader must be disposed before the statement runs again.</summary>
    /// <inheritdoc cref="Write"/>
    public SqliteDataReader Read(string statement, params ReadOnlySpan<(string Name, object? Value)> values) => Bind(statement, values).ExecuteReader();

    /// <summary>Runs a statement that adds a row and returns it. It is run to its end, where SQLite checks foreign keys.</summary>
    /// <param name="statement">Its file's name in Statements.</param>
    /// <param name="read">Makes the result of the row.</param>
    /// <param name="values">Its parameters, in the same order at each call.</param>
    public T Add<T>(string statement, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var row = Read(statement, values);
        row.Read();
        var result = read(row);
        row.Read();
        return result;
    }

    /// <summary>Runs a statement that returns rows and makes a record of each.</summary>
    /// <inheritdoc cref="Add"/>
    public List<T> List<T>(string statement, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var row = Read(statement, values);
        var records = new List<T>();
        while (row.Read())
        {
            records.Add(read(row));
        }

        return records;
    }

    /// <summary>Runs a statement with a list of texts in place of its one parameter.</summary>
    /// <param name="statement">Its file's name in Statements.</param>
    /// <param name="parameter">The parameter to expand, as it stands in the file.</param>
    /// <param name="texts">The list; statements are kept by its length, so callers use few lengths.</param>
    public SqliteDataReader ReadList(string statement, string parameter, ReadOnlySpan<string> texts)
    {
        var name = statement + texts.Length.ToString(CultureInfo.InvariantCulture);
        if (!_prepared.TryGetValue(name, out var command))
        {
            var names = Enumerable.Range(0, texts.Length).Select(i => parameter + i.ToString(CultureInfo.InvariantCulture)).ToArray();
            command = Prepare(name, SqlText.Statement(statement).Replace(parameter, string.Join(", ", names), StringComparison.Ordinal));
            foreach (var each in names)
            {
                command.Parameters.Add(new SqliteParameter(each, SqliteType.Text));
            }
        }

        command.Transaction = Transaction;
        for (var i = 0; i < texts.Length; i++)
        {
            command.Parameters[i].Value = texts[i];
        }

        return command.ExecuteReader();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    // Without the typed builder, which costs a short command 15 ms; no pooling: disposing closes the file at once.
    private static string ConnectionString(string path, SqliteOpenMode mode)
    {
        var text = new StringBuilder();
        DbConnectionStringBuilder.AppendKeyValuePair(text, "Data Source", path);
        DbConnectionStringBuilder.AppendKeyValuePair(text, "Mode", mode.ToString());
        DbConnectionStringBuilder.AppendKeyValuePair(text, "Pooling", bool.FalseString);
        DbConnectionStringBuilder.AppendKeyValuePair(text, "Default Timeout", RetrySeconds.ToString(CultureInfo.InvariantCulture));
        return text.ToString();
    }

    private SqliteCommand Bind(string statement, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_prepared.TryGetValue(statement, out var command))
        {
            command = Prepare(statement, SqlText.Statement(statement));
            foreach (var (name, _) in values)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }
        }

        command.Transaction = Transaction;
        for (var i = 0; i < values.Length; i++)
        {
            // SQLite knows no NaN: null stands for it.
            command.Parameters[i].Value = values[i].Value switch { null => DBNull.Value, double.NaN => DBNull.Value, var value => value };
        }

        return command;
    }

    private SqliteCommand Prepare(string name, string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        _prepared.Add(name, command);
        return command;
    }
}
