using System.Text.Json;
using TuneLab.Errors;

namespace TuneLab.Benchmarks;

/// <summary>Finds the real tables beside the checkout.</summary>
internal static class SharedTables
{
    /// <summary>The path of a table, or null where the tables are not there.</summary>
    public static string? Find(string name) => Beside(Path.Combine("shared", "data", name + ".csv"));

    /// <summary>The path of a table and its label.</summary>
    /// <exception cref="InputException">The tables are not there, or not one of that name.</exception>
    public static (string File, string Label) Get(string name)
    {
        var index = Beside(Path.Combine("shared", "data", "index.json")) ?? throw new InputException("The real tables (../shared/data) are not beside this checkout.", "Put them there, or run from a checkout that has them.");
        using var tables = JsonDocument.Parse(File.ReadAllText(index));
        var labels = tables.RootElement.EnumerateArray().ToDictionary(t => t.GetProperty("name").GetString()!, t => t.GetProperty("label").GetString()!);
        return labels.TryGetValue(name, out var label)
            ? (Path.Combine(Path.GetDirectoryName(index)!, name + ".csv"), label)
            : throw new InputException($"There is no table '{name}'.", Nearest.Hint(name, [.. labels.Keys], "tables"));
    }

    /// <summary>The path of a file in a folder that lies beside the checkout, or null where there is none.</summary>
    /// <param name="relative">From the folder that the checkout lies in.</param>
    public static string? Beside(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, relative);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
