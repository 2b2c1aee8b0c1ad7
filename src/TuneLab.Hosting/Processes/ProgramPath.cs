using TuneLab.Errors;

namespace TuneLab.Hosting.Processes;

/// <summary>Where a program is: the same on every system, and never by chance in TuneLab's own folder.</summary>
internal static class ProgramPath
{
    private static readonly string[] WindowsEndings = [".exe", ".com"];

    /// <summary>The program's file: a path is relative to the folder, a bare name is looked for on the PATH (on Windows with .exe or .com).</summary>
    /// <exception cref="TuneLabException">There is none.</exception>
    public static string Find(string program, string folder)
    {
        if (program.Contains('/', StringComparison.Ordinal) || (OperatingSystem.IsWindows() && program.Contains('\\', StringComparison.Ordinal)) || Path.IsPathRooted(program))
        {
            var path = Path.GetFullPath(program, folder);
            return Existing(path) ?? throw new TuneLabException($"there is no program {path}");
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(f => Existing(Path.Combine(f, program))).FirstOrDefault(f => f is not null)
            ?? throw new TuneLabException($"there is no program '{program}' on the PATH; one beside the experiment file is written ./{program}");
    }

    private static string? Existing(string path)
        => File.Exists(path) ? path : !OperatingSystem.IsWindows() ? null : WindowsEndings.Select(e => path + e).FirstOrDefault(File.Exists);
}
