using TuneLab.Errors;
using TuneLab.Experiments.Output;

namespace TuneLab.Cli.Output;

/// <summary>A file that a person named with <c>-o</c>.</summary>
internal static class TargetFile
{
    /// <summary>Says early what would make writing fail late.</summary>
    /// <param name="path">The target, absolute.</param>
    /// <param name="replace">Whether a file that is there may be replaced.</param>
    /// <exception cref="InputException">It is there, is a folder, or its folder is not there.</exception>
    public static void Check(string path, bool replace)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"'{path}' is a folder.", "Name a file in it.");
        }

        if (!replace && File.Exists(path))
        {
            throw new InputException($"'{path}' is there already.", "Name another file with -o, or replace it with --force.");
        }

        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            throw new InputException($"There is no folder '{folder}'.", "Make it first, or name a file elsewhere with -o.");
        }
    }

    /// <summary>Writes it whole or not at all.</summary>
    /// <exception cref="InputException">It can't be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            AtomicFile.Write(path, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{path}' can't be written: {e.Message}", "Check the disk and who may write there, or name a file elsewhere with -o.", e);
        }
    }
}
