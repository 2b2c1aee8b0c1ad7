using TuneLab.Experiments.Output;

namespace TuneLab.Cli.Output;

/// <summary>The folder that a run will write to.</summary>
internal static class OutputFolder
{
    /// <summary>Finds out before the work whether it can be made and written, and leaves nothing behind.</summary>
    /// <exception cref="Errors.InputException">It can't.</exception>
    public static void Check(string folder)
    {
        var made = new List<string>();
        for (var at = folder; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
        {
            made.Add(at);
        }

        AtomicFile.RequireWritable(folder);
        foreach (var inner in made)
        {
            Directory.Delete(inner);
        }
    }
}
