namespace TuneLab.Scheduling.Presence.Linux;

/// <summary>Files of the system below a folder that stands for its root.</summary>
/// <param name="root"><c>/</c>; another folder in tests.</param>
internal sealed class SystemFiles(string root)
{
    public string At(string path) => Path.Combine(root, path.TrimStart('/'));

    public bool HasFolder(string path) => Directory.Exists(At(path));

    public bool HasFile(string path) => File.Exists(At(path));

    /// <summary>The text, or null where it can't be read.</summary>
    public string? Read(string path)
    {
        try
        {
            return File.ReadAllText(At(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The names in a folder; none where it can't be listed.</summary>
    public IReadOnlyList<string> Names(string path)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(At(path)).Select(e => Path.GetFileName(e)).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>When a file was read last; null where there is none.</summary>
    public DateTimeOffset? ReadAt(string path)
    {
        try
        {
            return File.Exists(At(path)) ? new DateTimeOffset(File.GetLastAccessTimeUtc(At(path)), TimeSpan.Zero) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
