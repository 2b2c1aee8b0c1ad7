namespace TuneLab.Benchmarks;

/// <summary>Finds the real tables beside the checkout.</summary>
internal static class SharedTables
{
    /// <summary>The path of a table, or null where the tables are not there.</summary>
    public static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", name + ".csv");
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
