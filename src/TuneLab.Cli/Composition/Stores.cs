using TuneLab.Cli.Commands;
using TuneLab.Storage;

namespace TuneLab.Cli.Composition;

/// <summary>Finds and opens the store of a call.</summary>
internal static class Stores
{
    /// <summary>Where the store of a call is, and why there.</summary>
    /// <param name="call">The call.</param>
    /// <param name="file">The experiment file, or null: the search begins in the current folder.</param>
    public static StoreLocation Locate(Invocation call, string? file)
    {
        var environment = call.Environment;
        var folder = file is null ? environment.WorkingDirectory : Path.GetDirectoryName(environment.Resolve(file)) ?? environment.WorkingDirectory;
        var variable = environment.Variable("TUNELAB_STORE");
        return StoreLocator.Locate(call.StoreOption, Absolute(environment, variable), folder, environment.UserData);
    }

    /// <summary>Opens it for reading.</summary>
    /// <exception cref="Errors.InputException">There is none.</exception>
    public static ITrialStore OpenExisting(Invocation call, StoreLocation location) => SqliteTrialStore.OpenExisting(location.Path, call.Environment.Time);

    private static string? Absolute(CliEnvironment environment, string? path)
        => string.IsNullOrWhiteSpace(path) || path.Contains("://", StringComparison.Ordinal) ? path : environment.Resolve(path);
}
