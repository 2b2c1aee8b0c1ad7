using System.Diagnostics;

namespace TuneLab.Hosting.Processes;

/// <summary>Reads how much memory a process holds.</summary>
internal static class ResidentMemory
{
    private const int Kilobyte = 1024;

    /// <summary>Resident bytes now, and the most there were; 0 when the process has ended.</summary>
    public static (long Now, long Peak) Of(Process process, int id)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return FromStatus(File.ReadLines($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/status")); // Process reads every thread's state too, 20 times the work
            }

            process.Refresh();
            return (process.WorkingSet64, process.PeakWorkingSet64);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            return (0, 0);
        }
    }

    private static (long Now, long Peak) FromStatus(IEnumerable<string> lines)
    {
        long now = 0, peak = 0;
        foreach (var line in lines)
        {
            if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
            {
                peak = Kilobytes(line);
            }
            else if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
            {
                now = Kilobytes(line);
                break; // comes after the peak
            }
        }

        return (now * Kilobyte, peak * Kilobyte);
    }

    // "VmRSS:	   41234 kB"
    private static long Kilobytes(string line) => long.Parse(line.AsSpan(6, line.Length - 6 - 3).Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
}
