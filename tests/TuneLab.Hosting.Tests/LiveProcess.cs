using System.Diagnostics;

namespace TuneLab.Hosting.Tests;

/// <summary>Processes by their ids.</summary>
internal static class LiveProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public static void Kill(int process)
    {
        using var found = Process.GetProcessById(process);
        found.Kill();
    }

    /// <summary>Sends it a signal.</summary>
    public static void Signal(string name, int process)
    {
        using var kill = Process.Start("kill", ["-" + name, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Fails unless it ends by itself; what it was told to do takes for ever.</summary>
    public static void AssertEnds(int process) => Assert.True(SpinWait.SpinUntil(() => !Lives(process), Patience), $"the process {process} lives");

    /// <summary>Fails unless it is suspended, or is not, soon; on Linux.</summary>
    public static void AssertSuspended(int process, bool suspended) => Assert.True(SpinWait.SpinUntil(() => State(process) == 'T' == suspended, Patience), $"the process {process} is {(suspended ? "not " : "")}suspended");

    private static bool Lives(int process)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // an ended process stays in the list until whoever inherited it asks how it ended
                return State(process) is not ('Z' or 'X');
            }

            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            return false;
        }
    }

    // the field behind the name in brackets
    private static char State(int process)
    {
        var state = File.ReadAllText($"/proc/{process}/stat");
        return state[(state.LastIndexOf(')') + 2)..][0];
    }
}
