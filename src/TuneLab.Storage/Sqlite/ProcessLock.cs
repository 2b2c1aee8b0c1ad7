using TuneLab.Errors;

namespace TuneLab.Storage.Sqlite;

/// <summary>
/// A right that one process has at a time, to run an experiment for example: an operating system's lock on a file, which ends with the process however it ends. The file stays: to delete it would let a second process lock a
/// new file of that name while a third still holds the old one.
/// </summary>
internal static class ProcessLock
{
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    /// <summary>Takes it, or null when it is taken.</summary>
    /// <param name="store">The store's file; the locks are in a folder beside it.</param>
    /// <param name="name">What the right is to: an experiment's id, or <c>queue-N</c>, <c>worker-ID</c>.</param>
    /// <exception cref="UnreachableException">The folder can't be written.</exception>
    public static IDisposable? TryTake(string store, string name)
    {
        var folder = store + "-locks";
        var file = Path.Combine(folder, name + ".lock");
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException e) when (e.HResult is WindowsSharingViolation or LinuxWouldBlock or MacWouldBlock)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreachableException($"The lock '{file}' can't be taken: {e.Message}", "Check that the store's folder may be written, or name another store with --store.", e);
        }
    }
}
