namespace TuneLab.Testing;

/// <summary>Finds files of the repository from wherever the tests run.</summary>
public static class RepositoryFile
{
    /// <summary>The folder that holds TuneLab.sln, above the test's assembly.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Root { get; } = FindRoot();

    /// <summary>The absolute path of a file, given from the root with forward slashes.</summary>
    public static string At(string relative) => Path.Combine([Root, .. relative.Split('/')]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TuneLab.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds TuneLab.sln.");
    }
}
