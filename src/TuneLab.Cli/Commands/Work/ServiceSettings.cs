using TuneLab.Cli.Composition;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Hosting;
using TuneLab.Scheduling.Services;

namespace TuneLab.Cli.Commands.Work;

/// <summary>What is installed, and for which system.</summary>
internal static class ServiceSettings
{
    /// <summary>The words for <c>--for</c>.</summary>
    public static string[] Names => [.. ServiceManager.All.Select(m => m.Name)];

    /// <summary>The manager of that name, or this machine's.</summary>
    /// <exception cref="InputException">This system has none.</exception>
    public static ServiceManager Manager(string? name)
        => ServiceManager.All.FirstOrDefault(m => name is null ? m.IsHere : m.Name == name)
            ?? throw new InputException("Nothing is known here that starts programs by itself.", "Name what the file is for: --for systemd, launchd or windows.");

    /// <summary>The person's folders.</summary>
    public static PersonalFolders Folders(Invocation call)
    {
        var environment = call.Environment;
        var home = environment.Variable("HOME") ?? environment.Variable("USERPROFILE") ?? environment.WorkingDirectory;
        var user = environment.Variable("USERNAME") ?? environment.Variable("USER") ?? "";
        return new PersonalFolders(
            home,
            environment.Variable("XDG_CONFIG_HOME") is { Length: > 0 } config ? config : Path.Combine(home, ".config"),
            environment.UserData,
            environment.Variable("USERDOMAIN") is { Length: > 0 } domain ? domain + "\\" + user : user);
    }

    /// <summary>The worker as the system is to start it: this program, on this store, from this folder.</summary>
    /// <param name="call">The call.</param>
    /// <param name="words">The options of its command line.</param>
    /// <param name="nice">How far it gives way.</param>
    /// <param name="io">The class of its disk access.</param>
    public static WorkerService Service(Invocation call, IReadOnlyList<string> words, int nice, IoClass io)
    {
        var store = Stores.Locate(call, file: null).Path;
        var command = ThisTool.Command(["work", "--store", store, .. words]);
        // where the runtime is not at one of its usual places
        var root = call.Environment.Variable("DOTNET_ROOT");
        return new WorkerService
        {
            Command = [command.File, .. command.Arguments],
            Nice = nice,
            Io = io,
            Folder = call.Environment.WorkingDirectory,
            Environment = string.IsNullOrEmpty(root) || OperatingSystem.IsWindows() ? new Dictionary<string, string>() : new Dictionary<string, string> { ["DOTNET_ROOT"] = root },
        };
    }

    /// <summary>Installs and uninstalls.</summary>
    public static ServiceInstaller Installer(Invocation call) => new(new ProgramRunner(call.Environment.Time), Folders(call));
}
