using System.CommandLine;
using TuneLab.Cli.Output;

namespace TuneLab.Cli.Commands.Work;

/// <summary><c>tunelab work uninstall</c>: the system starts no worker any more.</summary>
internal sealed class WorkUninstallVerb : Verb
{
    public override string Name => "uninstall";

    public override string Description => "Ends the worker that 'tunelab work install' installed, and takes its file away. The queue stays as it is.";

    public override string Example => "tunelab work uninstall";

    protected override void Declare(Command command)
    {
    }

    protected override int Run(Invocation call)
    {
        var manager = ServiceSettings.Manager(null);
        var (file, faults) = ServiceSettings.Installer(call).Uninstall(manager, CancellationToken.None);
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("for", manager.Name);
                json.WriteString("file", file);
                json.WriteBoolean("removed", file is not null);
                json.WriteTexts("faults", faults);
                json.WriteEndObject();
            });
            return ExitCode.Done;
        }

        call.Output.WriteLine(file is null ? $"No {manager.Title} is installed." : $"Removed {file}.");
        foreach (var fault in faults)
        {
            call.Output.WriteLine(fault);
        }

        return ExitCode.Done;
    }
}
