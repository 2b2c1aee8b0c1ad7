using System.Diagnostics;
using System.Text.Json;

namespace TuneLab.Benchmarks;

/// <summary>What a whole process of the command line took.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Json">What it printed: what was asked for, or the error.</param>
/// <param name="Seconds">Wall seconds, start to end.</param>
/// <param name="PeakBytes">Peak resident memory; 0 where it can't be read.</param>
/// <param name="Processor">The processor time that it took meanwhile.</param>
internal sealed record ToolRun(int ExitCode, JsonElement Json, double Seconds, long PeakBytes, ProcessorLog Processor);

/// <summary>Runs <c>dotnet tunelab.dll</c> as a user would and reads its JSON.</summary>
internal static class ToolProcess
{
    /// <summary>The command line's assembly, beside this program.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "tunelab.dll");

    /// <summary>Runs it to a good end.</summary>
    /// <exception cref="InvalidOperationException">Its exit code is not 0.</exception>
    public static ToolRun Run(params string[] arguments)
    {
        var run = Try(arguments);
        return run.ExitCode == 0 ? run : throw new InvalidOperationException($"tunelab {string.Join(' ', arguments)} ended with {run.ExitCode}: {run.Json}");
    }

    /// <summary>Runs it to whatever end.</summary>
    public static ToolRun Try(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Assembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        using var peak = new PeakMemory(process);
        using var processor = new ProcessorLog(process);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var seconds = clock.Elapsed.TotalSeconds;
        return new ToolRun(process.ExitCode, JsonDocument.Parse(output).RootElement.Clone(), seconds, peak.Bytes, processor);
    }

    /// <summary>Reads a process's high-water mark while it lives: it is gone when the process is.</summary>
    private sealed class PeakMemory : IDisposable
    {
        private readonly Timer _timer;
        private readonly int _id;
        private long _bytes;

        public PeakMemory(Process process)
        {
            _id = process.Id;
            _timer = new Timer(_ => Read(), null, 0, 20);
        }

        public long Bytes => Volatile.Read(ref _bytes);

        public void Dispose() => _timer.Dispose();

        private void Read()
        {
            try
            {
                var line = File.ReadLines($"/proc/{_id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
                if (line is not null)
                {
                    Volatile.Write(ref _bytes, Math.Max(_bytes, long.Parse(line.AsSpan(6, line.Length - 8).Trim(), System.Globalization.CultureInfo.InvariantCulture) * 1024));
                }
            }
            catch (IOException)
            {
                return; // the process ended between two looks: the last mark stands
            }
        }
    }
}
