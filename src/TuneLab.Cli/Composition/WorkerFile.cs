using System.CommandLine;
using TuneLab.Cli.Commands;
using TuneLab.Cli.Parsing;
using TuneLab.Errors;
using TuneLab.Scheduling.Settings;

namespace TuneLab.Cli.Composition;

/// <summary>Finds and reads the worker's settings of a call.</summary>
internal static class WorkerFile
{
    private const string Name = "worker.yaml";
    private static readonly string InProject = Path.Combine("configs", "worker", Name);

    /// <summary><c>--settings</c>.</summary>
    public static Option<string?> Option()
        => Options.Text("--settings", "FILE", "The worker's settings. Default: worker.yaml beside the store, else the nearest configs/worker/worker.yaml at or above the current folder, else every setting's default.");

    /// <summary>The file, absolute, or null where there is none.</summary>
    /// <param name="call">The call.</param>
    /// <param name="named">What <c>--settings</c> names, or null.</param>
    /// <param name="file">The experiment file that the store is looked for by, or null.</param>
    public static string? Find(Invocation call, string? named = null, string? file = null)
    {
        if (named is not null)
        {
            return call.Environment.Resolve(named);
        }

        var beside = Path.Combine(Path.GetDirectoryName(Stores.Locate(call, file).Path)!, Name);
        if (File.Exists(beside))
        {
            return beside;
        }

        for (var at = new DirectoryInfo(call.Environment.WorkingDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, InProject);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>The settings for a verb that only shows something: where the file has faults that is said, and the defaults are used.</summary>
    public static WorkerSettings ReadOrDefault(Invocation call)
    {
        try
        {
            return Read(call);
        }
        catch (InputException e)
        {
            call.Error.WriteLine($"The worker's settings are left out, since they have faults ('tunelab doctor' names them): {e.Message}");
            return WorkerSettings.Default(call.Environment.Time);
        }
    }

    /// <summary>The settings.</summary>
    /// <exception cref="Errors.InputException">The file has faults, or the one that was named is not there.</exception>
    public static WorkerSettings Read(Invocation call, string? named = null, string? file = null)
        => Find(call, named, file) is { } path ? WorkerSettingsReader.ReadFile(path, call.Environment.Time) : WorkerSettings.Default(call.Environment.Time);
}
