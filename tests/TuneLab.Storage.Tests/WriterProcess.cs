using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TuneLab.Storage.Tests;

/// <summary>A child process of TuneLab.Storage.Tests.Writer; killed at the latest when disposed.</summary>
internal sealed class WriterProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;

    public WriterProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo(Host()) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "TuneLab.Storage.Tests.Writer.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
    }

    /// <summary>The next line that it prints, null after the last. A line that a kill cut off is not a line.</summary>
    public string? ReadLine()
    {
        var line = _process.StandardOutput.ReadLineAsync();
        return line.Wait(Patience) ? line.Result : throw new TimeoutException("The child process prints nothing.");
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(Patience));
    }

    /// <summary>Lets it end by itself.</summary>
    /// <returns>The exit code and what it printed as errors.</returns>
    public (int Code, string Errors) Wait()
    {
        var output = _process.StandardOutput.ReadToEndAsync(); // a full pipe would hold it up
        var errors = _process.StandardError.ReadToEnd();
        Assert.True(_process.WaitForExit(Patience));
        output.Wait(Patience);
        return (_process.ExitCode, errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    // The runtime that runs the tests lies in HOST/shared/Microsoft.NETCore.App/VERSION/.
    private static string Host() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
