namespace TuneLab.Hosting.Folds;

/// <summary>
/// The folder of a pool's fold files. A locked file in it says that its pool lives; a folder that a killed process left is deleted by the next pool.
/// </summary>
internal sealed class FoldFolder : IDisposable
{
    private const string Prefix = "tunelab-folds-";
    private const string LockName = "in-use";
    private const int Tries = 20;

    private readonly FileStream _lock;
    private int _count;

    /// <summary>Makes it among the machine's temporary files.</summary>
    public FoldFolder()
    {
        DeleteAbandoned();
        (Path, _lock) = Make();
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>A path for one more file.</summary>
    public string Next() => System.IO.Path.Combine(Path, Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture) + ".fold");

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        Delete(Path);
    }

    // Unix makes a file and locks it in two steps: another pool may take the folder for abandoned between them, and then another one is made
    private static (string Path, FileStream Lock) Make()
    {
        for (var attempt = 1; ; attempt++)
        {
            var folder = Directory.CreateTempSubdirectory(Prefix).FullName;
            var file = System.IO.Path.Combine(folder, LockName);
            try
            {
                var taken = new FileStream(file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
                if (File.Exists(file))
                {
                    return (folder, taken);
                }

                taken.Dispose();
            }
            catch (IOException) when (attempt < Tries)
            {
                continue;
            }
        }
    }

    private static void DeleteAbandoned()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            try
            {
                var file = System.IO.Path.Combine(folder, LockName);
                if (File.Exists(file))
                {
                    using var taken = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None); // fails while its pool lives
                    if (OperatingSystem.IsWindows())
                    {
                        taken.Dispose(); // what is open can't be deleted there; elsewhere nobody else may take it before it is gone
                    }

                    Delete(folder);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue; // in use, or another user's
            }
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return; // a host that is just ending may hold a file open: the next pool tries again
        }
    }
}
