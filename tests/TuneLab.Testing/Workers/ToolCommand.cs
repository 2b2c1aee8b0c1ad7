using System.Diagnostics;

namespace TuneLab.Testing.Workers;

/// <summary>Starts <c>tunelab</c> in processes of their own, on one store.</summary>
/// <param name="assembly">tunelab.dll.</param>
/// <param name="folder">Where it runs.</param>
/// <param name="store">The store's file.</param>
public sealed class ToolCommand(string assembly, string folder, string store)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Starts it; its lines are read and passed on.</summary>
    public Process Start(Action<string> line, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [assembly, .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["TUNELAB_STORE"] = store;
        var process = Process.Start(start)!;
        DataReceivedEventHandler pass = (_, e) =>
        {
            if (e.Data is { } text)
            {
                line(text);
            }
        };
        process.OutputDataReceived += pass;
        process.ErrorDataReceived += pass;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Runs it to a good end and gives what it printed.</summary>
    /// <exception cref="InvalidOperationException">Its exit code is not 0.</exception>
    public string Run(params string[] arguments)
    {
        var lines = new List<string>();
        using var process = Start(line =>
        {
            lock (lines)
            {
                lines.Add(line);
            }
        }, arguments);
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
        }

        process.WaitForExit(); // also for its last lines
        return process.ExitCode == 0 ? string.Join('\n', lines) : throw new InvalidOperationException($"tunelab {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{string.Join('\n', lines)}");
    }
}
