using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace TuneLab.Benchmarks.Learners;

/// <summary>This program again, in a fresh process.</summary>
internal static class OwnProcess
{
    /// <summary>Runs a mode of <see cref="LearnersBenchmark"/> that prints JSON.</summary>
    /// <returns>What it printed, and the wall seconds of the whole process.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static (JsonNode Json, double Seconds) Run(params string[] arguments)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "TuneLab.Benchmarks.dll"), "learners", .. arguments]) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? (JsonNode.Parse(text)!, TimeProvider.System.GetElapsedTime(started).TotalSeconds)
            : throw new InvalidOperationException($"learners {string.Join(' ', arguments)} ended with {process.ExitCode.ToString(CultureInfo.InvariantCulture)}: {text}");
    }

    /// <summary>A figure of this process that Linux counts, in bytes.</summary>
    /// <param name="name"><c>VmRSS</c>: resident now; <c>VmHWM</c>: the most since <see cref="ForgetPeak"/>.</param>
    public static long Bytes(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(name + ":", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length + 1, line.Length - name.Length - 3).Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Sets the peak to what is resident now.</summary>
    public static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");
}
