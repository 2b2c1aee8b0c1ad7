using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Errors;
using TuneLab.Scheduling.Services;

namespace TuneLab.Cli.Commands.Work;

/// <summary><c>tunelab work install</c>: a worker that the system starts.</summary>
internal sealed class WorkInstallVerb : Verb
{
    private readonly WorkOptions _given = new();
    private readonly Option<string?> _for = Options.OneOf("--for", ServiceSettings.Names, "Which system the file is for. Default: this one.");
    private readonly Option<bool> _print = new("--print") { Description = "Write the file to standard output and nothing else." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Install it. Left out: it is only shown." };

    public override string Name => "install";

    public override string Description => "Shows what makes the system start a worker by itself: a systemd user unit, a launchd agent or a Windows scheduled task. The options of 'tunelab work' are written into it. With --yes it is installed and started; 'tunelab work uninstall' takes it away.";

    public override string Example => "tunelab work install --when night\ntunelab work install --when night --background --memory 4GB --yes\ntunelab work install --for launchd --print";

    protected override void Declare(Command command)
    {
        _given.AddTo(command);
        command.Options.Add(_for);
        command.Options.Add(_print);
        command.Options.Add(_yes);
    }

    protected override int Run(Invocation call)
    {
        var (yes, print) = (call.Value(_yes), call.Value(_print));
        var settings = WorkerFile.Read(call, call.Value(_given.Settings)); // what is wrong with them is said now
        if (call.Value(_given.When) is { } when)
        {
            _ = Permits.Of(call, settings).For(when, call.Environment.Time.GetUtcNow());
        }

        var manager = ServiceSettings.Manager(call.Value(_for));
        if (yes && (print || !manager.IsHere))
        {
            throw new InputException(print ? "--print and --yes are both given." : $"A {manager.Title} can't be installed here: this system has no {manager.Name}.", print ? "Show the file, or install it." : "Use --print, and install the file where it is for.");
        }

        var folders = ServiceSettings.Folders(call);
        var service = ServiceSettings.Service(call, _given.Words(call), call.Value(_given.Nice) ?? settings.Nice, settings.Io);
        var text = manager.Write(service, folders);
        var file = manager.FileIn(folders);
        if (print && !call.Json)
        {
            call.Output.Write(text);
            return ExitCode.Done;
        }

        if (yes)
        {
            ServiceSettings.Installer(call).Install(manager, service, CancellationToken.None);
        }

        if (call.Json)
        {
            WriteJson(call, manager, file, text, yes);
        }
        else if (yes)
        {
            call.Output.WriteLine($"Installed and started: {file}");
            call.Note(manager.Advice);
        }
        else
        {
            call.Output.WriteLine($"This {manager.Title} goes to {file}:");
            call.Output.WriteLine();
            call.Output.Write(text);
            call.Output.WriteLine();
            call.Output.WriteLine("and is put to work by:");
            foreach (var command in manager.Install(file))
            {
                call.Output.WriteLine("  " + ServiceInstaller.Line(command));
            }

            call.Note("");
            call.Note(manager.IsHere ? "Nothing is installed yet: --yes does that." : "It can't be installed here: --print writes the file alone.");
        }

        return ExitCode.Done;
    }

    private static void WriteJson(Invocation call, ServiceManager manager, string file, string text, bool installed) => call.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("for", manager.Name);
        json.WriteString("file", file);
        json.WriteString("text", text);
        json.WriteTexts("commands", manager.Install(file).Select(ServiceInstaller.Line));
        json.WriteBoolean("installed", installed);
        json.WriteEndObject();
    });
}
