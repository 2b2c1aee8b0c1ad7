using System.ComponentModel;
using System.Diagnostics;

namespace TuneLab.Scheduling.Presence;

/// <summary>Runs a program of the system that answers at once.</summary>
/// <param name="program">Its name.</param>
/// <param name="arguments">Its arguments.</param>
/// <returns>What it said on standard output; null where there is no such program, it failed or took too long.</returns>
public delegate string? SystemCommand(string program, params string[] arguments);

internal static class SystemCommands
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The programs of this machine.</summary>
    public static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });
            if (process is null)
            {
                return null;
            }

            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                return null;
            }

            return process.ExitCode == 0 && output.Wait(Patience) ? output.Result : null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException or AggregateException)
        {
            return null;
        }
    }
}
