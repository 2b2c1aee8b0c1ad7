using System.ComponentModel;
using System.Diagnostics;
using TuneLab.Errors;

namespace TuneLab.Benchmarks.Learners;

/// <summary>Finds an interpreter that has the peers.</summary>
internal static class PythonInterpreter
{
    private static readonly string[] Usual = ["python3", "/usr/bin/python3"];

    /// <summary>The first that can import xgboost and sklearn.</summary>
    /// <param name="named">The only one to try; null: the usual ones.</param>
    /// <exception cref="InputException">None can.</exception>
    public static string Find(string? named)
    {
        string[] tried = named is null ? Usual : [named];
        return Array.Find(tried, HasPeers)
            ?? throw new InputException($"No Python with xgboost and sklearn was found; tried {string.Join(" and ", tried)}.", "Install python3-xgboost and python3-sklearn, or name an interpreter with --python.");
    }

    private static bool HasPeers(string interpreter)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(interpreter, ["-c", "import xgboost, sklearn"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
