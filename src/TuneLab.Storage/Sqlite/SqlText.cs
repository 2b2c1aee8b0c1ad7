namespace TuneLab.Storage.Sqlite;

/// <summary>The SQL that stands in the folders Schema and Statements, read from the assembly.</summary>
internal static class SqlText
{
    /// <summary>The newest schema version: the number of the last file in Schema.</summary>
    public static int SchemaVersion { get; } = Names("Schema/").Length;

    /// <summary>What takes a store from the version before to this one.</summary>
    /// <param name="version">From 1 to <see cref="SchemaVersion"/>.</param>
    public static string Schema(int version) => Read("Schema/" + version.ToString("0000", CultureInfo.InvariantCulture) + ".sql");

    /// <summary>A statement by its file's name without extension.</summary>
    public static string Statement(string name) => Read("Statements/" + name + ".sql");

    /// <summary>The names of all statements, ordered.</summary>
    public static IEnumerable<string> Statements() => Names("Statements/").Select(n => Path.GetFileNameWithoutExtension(n)).Order(StringComparer.Ordinal);

    private static string[] Names(string folder)
        => [.. typeof(SqlText).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal))];

    private static string Read(string name)
    {
        using var stream = typeof(SqlText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException("The assembly holds no '" + name + "'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
