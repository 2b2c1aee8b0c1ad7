using TuneLab.Errors;

namespace TuneLab.Storage;

/// <summary>Chooses the store: what was named, else the project's, else the person's. Looks at the file system and at nothing else that was not handed to it.</summary>
public static class StoreLocator
{
    private const string FileName = "tunelab.db";
    private const string ProjectFolder = ".tunelab";
    private const string UserFolder = "tunelab";

    /// <summary>
    /// The folder for a person's own data: <c>XDG_DATA_HOME</c> or <c>~/.local/share</c>, on Windows <c>%LOCALAPPDATA%</c>; empty where the system knows no home.
    /// </summary>
    public static string UserData => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>Chooses.</summary>
    /// <param name="option">The value of <c>--store</c>, or null; relative to the current folder. A folder stands for <c>tunelab.db</c> in it.</param>
    /// <param name="environment">The value of <c>TUNELAB_STORE</c>, or null; read as <paramref name="option"/>.</param>
    /// <param name="folder">Where the search for the project's store begins: the experiment file's folder.</param>
    /// <param name="userData">The folder for a person's own data, usually <see cref="UserData"/>.</param>
    /// <exception cref="InputException">The value names a server, or there is no folder to fall back to.</exception>
    public static StoreLocation Locate(string? option, string? environment, string folder, string userData)
    {
        if (!string.IsNullOrWhiteSpace(option))
        {
            return new StoreLocation(Named(option, "--store"), StoreRule.Option, "named by --store");
        }

        if (!string.IsNullOrWhiteSpace(environment))
        {
            return new StoreLocation(Named(environment, "TUNELAB_STORE"), StoreRule.Environment, "named by TUNELAB_STORE");
        }

        for (var at = new DirectoryInfo(Path.GetFullPath(folder)); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, ProjectFolder, FileName);
            if (File.Exists(candidate))
            {
                return new StoreLocation(candidate, StoreRule.Project, $"the nearest {ProjectFolder}/{FileName} at or above {folder}");
            }
        }

        return string.IsNullOrEmpty(userData)
            ? throw new InputException("There is no place for a store: the system names no folder for your data.", "Name a file with --store or TUNELAB_STORE.")
            : new StoreLocation(Path.GetFullPath(Path.Combine(userData, UserFolder, FileName)), StoreRule.User, $"your own: there is no {ProjectFolder}/{FileName} at or above {folder}");
    }

    private static string Named(string value, string by)
    {
        if (value.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || value.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase))
        {
            // The value may hold a password: it is not shown.
            throw new InputException($"{by} names a PostgreSQL server; stores on PostgreSQL come later.", "Name an SQLite file, for example .tunelab/tunelab.db.");
        }

        var path = Path.GetFullPath(value);
        return Path.EndsInDirectorySeparator(value) || Directory.Exists(path) ? Path.Combine(path, FileName) : path;
    }
}
