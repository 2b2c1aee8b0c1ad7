using System.Text.Json;

namespace TuneLab.Testing;

/// <summary>The real tables that lie beside a checkout of the repository, in <c>../shared/data</c>. They may be missing: tests then skip with <see cref="Missing"/>.</summary>
public static class SharedData
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Why a test skips.</summary>
    public const string Missing = "../shared/data (real tables, not part of the repository) is not there.";

    /// <summary>The folder, or null when it is not there.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The path of a table's CSV file.</summary>
    /// <param name="name">Its name in index.json.</param>
    /// <exception cref="InvalidOperationException">The folder is not there.</exception>
    public static string Csv(string name) => Path.Combine(Folder ?? throw new InvalidOperationException(Missing), name + ".csv");

    /// <summary>What index.json says of each table; empty when the folder is not there.</summary>
    public static IReadOnlyList<SharedTable> Tables()
        => Folder is null
            ? []
            : JsonSerializer.Deserialize<List<SharedTable>>(File.ReadAllText(Path.Combine(Folder, "index.json")), Json)!;

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TuneLab.sln")))
            {
                // A clone may lie one folder deeper than the checkout that the tables lie beside.
                var found = new[] { "..", "../.." }.Select(up => Path.GetFullPath(Path.Combine(folder.FullName, up, "shared", "data"))).FirstOrDefault(Directory.Exists);
                return found;
            }
        }

        return null;
    }
}
