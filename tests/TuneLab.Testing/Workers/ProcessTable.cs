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

    /// <summary>Processor time that a process has taken, in clock ticks; 0 where it has ended.</summary>
    public static double Ticks(int process)
    {
        try
        {
            var state = File.ReadAllText($"/proc/{process}/stat");
            var fields = state[(state.LastIndexOf(')') + 2)..].Split(' ');
            return double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
