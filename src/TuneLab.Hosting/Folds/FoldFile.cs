using TuneLab.Errors;
using TuneLab.Training;

namespace TuneLab.Hosting.Folds;

/// <summary>
/// A fold written for the hosts of one pool; hangs on its fold by <see cref="PreparedFold.Share"/>, and the file goes when nobody holds the fold any more, at the latest with the pool's folder.
/// </summary>
internal sealed class FoldFile
{
    private FoldFile(string path) => Path = path;

    ~FoldFile() => Delete(Path);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The file of a fold, written by the first who asks.</summary>
    /// <param name="fold">The fold.</param>
    /// <param name="folder">The pool's folder.</param>
    /// <param name="cancellation">Ends the waiting for another who writes it.</param>
    /// <exception cref="TuneLabException">It can't be written.</exception>
    public static FoldFile Of(PreparedFold fold, FoldFolder folder, CancellationToken cancellation)
        => fold.Share("host file:" + folder.Path, (f, _) => Write(f, folder), cancellation);

    private static FoldFile Write(PreparedFold fold, FoldFolder folder)
    {
        var path = folder.Next();
        try
        {
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            FoldFormat.Write(stream, fold);
        }
        catch (IOException e)
        {
            Delete(path);
            throw new TuneLabException($"A fold could not be written for the trial's process: {e.Message}", $"make room in {folder.Path}, or name another folder for temporary files (TMPDIR).", e);
        }

        return new FoldFile(path);
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return; // open in a host of another system: the folder's end takes it
        }
    }
}
