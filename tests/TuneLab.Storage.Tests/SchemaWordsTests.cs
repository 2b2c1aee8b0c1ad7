using TuneLab.Storage.Sqlite;

namespace TuneLab.Storage.Tests;

/// <summary>The schema and the statements are to run on PostgreSQL too, with other names of types and no quotes around names.</summary>
public sealed class SchemaWordsTests
{
    // reserved in PostgreSQL 17, https://www.postgresql.org/docs/17/sql-keywords-appendix.html, without those that can name a function or type only
    private static readonly HashSet<string> Reserved = new(
        ("all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_catalog current_date current_role current_time current_timestamp current_user default "
        + "deferrable desc distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral leading limit localtime localtimestamp not null offset on only or order "
        + "placing primary references returning select session_user some symmetric system_user table then to trailing true union unique user using variadic when where window with").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Types = ["INTEGER", "BIGINT", "REAL", "TEXT", "BLOB", "BOOLEAN"];

    [Fact]
    public void Names_OfTablesAndColumns_AreNotReservedInPostgreSql()
    {
        Assert.NotEmpty(Columns());
        Assert.All(Columns(), c => Assert.DoesNotContain(c.Table, Reserved));
        Assert.All(Columns(), c => Assert.DoesNotContain(c.Name, Reserved));
    }

    [Fact]
    public void Types_OfColumns_HaveOneInPostgreSql() => Assert.All(Columns(), c => Assert.Contains(c.Type, Types));

    [Fact]
    public void Statements_All_UseWordsThatBothKnow() => Assert.All(SqlText.Statements(), name =>
    {
        var text = SqlText.Statement(name);
        Assert.DoesNotMatch(@"(?i)\bINSERT OR\b|\bREPLACE INTO\b|\bIFNULL\b|\bGLOB\b|\browid\b|\blast_insert_rowid\b|\bdatetime\(|[`""]|\bcached = [01]\b|\bstop = [01]\b", text);
    });

    private static List<(string Table, string Name, string Type)> Columns()
    {
        using var folder = new TemporaryFolder();
        using (SqliteTrialStore.Open(folder["a.db"], TimeProvider.System))
        {
        }

        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder["a.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'";
        using var row = command.ExecuteReader();
        var columns = new List<(string, string, string)>();
        while (row.Read())
        {
            columns.Add((row.GetString(0), row.GetString(1), row.GetString(2)));
        }

        return columns;
    }
}
