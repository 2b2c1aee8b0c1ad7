using System.Diagnostics;
using System.Text;

namespace TuneLab.Cli.Tests.Runs;

/// <summary>tunelab as a process of its own, to be stopped and killed.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    // tests that a shell has started in the background ignore SIGINT on Linux, and so would what they start
    private static bool IgnoresInterrupts
        => OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status").Single(l => l.StartsWith("SigIgn:", StringComparison.Ordinal)) is var line && (Convert.ToUInt64(line[7..].Trim(), 16) & 2) != 0;

    /// <summary>Standard output and error so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static ChildProcess Start(CliFolder folder, params string[] args)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = IgnoresInterrupts ? new ProcessStartInfo("env", ["--default-signal=INT", dotnet]) : new ProcessStartInfo(dotnet);
        (start.WorkingDirectory, start.RedirectStandardOutput, start.RedirectStandardError) = (folder.Folder, true, true);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "tunelab.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        start.Environment["TUNELAB_STORE"] = folder.Store;
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Waits until the text was printed.</summary>
    public async Task Printed(string text)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited)
            {
                await Ended(); // with all that it printed
                Assert.True(Output.Contains(text, StringComparison.Ordinal), $"ended with {_process.ExitCode} before it printed '{text}':\n{Output}");
                return;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begin) < Patience, $"did not print '{text}':\n{Output}");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    /// <summary>Sends SIGINT, as Ctrl-C does, or another signal.</summary>
    public void Signal(string name = "INT") => Signal(_process.Id, name);

    /// <summary>Sends a signal to another process.</summary>
    public static void Signal(int process, string name)
    {
        using var kill = Process.Start("kill", ["-" + name, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>The processes that it has started and that live (on Linux).</summary>
    public IReadOnlyList<int> Children()
    {
        var found = new List<int>();
        foreach (var folder in Directory.GetDirectories("/proc").Where(f => int.TryParse(Path.GetFileName(f), NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                var state = File.ReadAllText(Path.Combine(folder, "stat"));
                if (state[(state.LastIndexOf(')') + 2)..].Split(' ')[1] == _process.Id.ToString(CultureInfo.InvariantCulture))
                {
                    found.Add(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));
                }
            }
            catch (IOException)
            {
                continue; // it has ended since it was listed
            }
        }

        return found;
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public void Kill() => _process.Kill();

    /// <summary>The exit code, once it has ended.</summary>
    public async Task<int> Ended()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.Append(line.Data).Append('\n');
        }
    }
}
