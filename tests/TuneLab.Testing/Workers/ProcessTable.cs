using System.Globalization;

namespace TuneLab.Testing.Workers;

/// <summary>Processes as Linux lists them.</summary>
public static class ProcessTable
{
    /// <summary>The children of a process; none where it has ended.</summary>
    public static IReadOnlyList<int> Children(int parent)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{parent}/task").SelectMany(t => File.ReadAllText(Path.Combine(t, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(w => int.Parse(w, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>The children of a process, theirs, and so on.</summary>
    public static IEnumerable<int> Descendants(int parent) => Children(parent).SelectMany(c => Descendants(c).Prepend(c));

    /// <summary>Whether a process runs no longer, though its parent may not have asked how it ended.</summary>
    public static bool HasEnded(int process) => Fields(process) is not { } fields || fields[0] is "Z" or "X";

    /// <summary>Processor time that a process has taken, in clock ticks; 0 where it has ended.</summary>
    public static double Ticks(int process)
        => Fields(process) is { } fields ? double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture) : 0;

    // from its state on; null where it has ended
    private static string[]? Fields(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
