namespace TuneLab.Hosting.Folds;

/// <summary>
/// The folder of a pool's fold files. A locked file in it says that its pool lives; a folder that a killed process left is deleted by the next pool.
/// </summary>
internal sealed class FoldFolder : IDisposable
{
    private const string Prefix = "tunelab-folds-";
    private const string LockName = "in-use";

    private readonly FileStream _lock;
    private int _count;

    /// <summary>Makes it among the machine's temporary files.</summary>
    public FoldFolder()
    {
        DeleteAbandoned();
        Path = Directory.CreateTempSubdirectory(Prefix).FullName;
        _lock = new FileStream(System.IO.Path.Combine(Path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
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

    private static void DeleteAbandoned()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            try
            {
                var file = System.IO.Path.Combine(folder, LockName);
                if (File.Exists(file))
                {
                    new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose(); // fails while its pool lives
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
