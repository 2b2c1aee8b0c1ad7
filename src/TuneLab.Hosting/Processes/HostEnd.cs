namespace TuneLab.Hosting.Processes;

/// <summary>Says how a process ended.</summary>
internal static class HostEnd
{
    /// <summary>In words.</summary>
    /// <param name="what"><c>the trial's process</c>.</param>
    /// <param name="code">Its exit code, above 128 where a signal ended it (but on Windows); null: it closed its pipe and lives.</param>
    /// <param name="words">The last that it wrote to its standard error.</param>
    public static string Describe(string what, int? code, string words)
    {
        var how = code switch
        {
            null => "stopped answering",
            128 + 9 => "was killed (signal 9; the system does that when memory runs out)",
            128 + 6 => "aborted (signal 6)",
            128 + 11 => "crashed (signal 11, memory that is not its own)",
            > 128 and < 128 + 65 when !OperatingSystem.IsWindows() => string.Create(CultureInfo.InvariantCulture, $"was ended by signal {code - 128}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"ended with code {code}"),
        };
        return $"{what} {how}{(words.Length == 0 ? "" : ": " + words)}";
    }
}
