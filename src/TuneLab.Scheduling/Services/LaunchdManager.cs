using System.Xml.Linq;

namespace TuneLab.Scheduling.Services;

/// <summary>launchd (macOS): an agent of the person's own.</summary>
public sealed class LaunchdManager : ServiceManager
{
    private const string Label = "tunelab.worker";

    /// <inheritdoc/>
    public override string Name => "launchd";

    /// <inheritdoc/>
    public override string Title => "launchd agent";

    /// <inheritdoc/>
    public override bool IsHere => OperatingSystem.IsMacOS();

    /// <inheritdoc/>
    public override string Advice => "It runs while you are logged in. What it says: ~/Library/Logs/tunelab-worker.log";

    /// <inheritdoc/>
    public override string FileIn(PersonalFolders folders) => Path.Combine(folders.Home, "Library", "LaunchAgents", Label + ".plist");

    /// <inheritdoc/>
    public override string Write(WorkerService service, PersonalFolders folders)
    {
        service.Check();
        var log = folders.Home + "/Library/Logs/tunelab-worker.log";
        List<object> dictionary =
        [
            .. Pair("Label", new XElement("string", Label)),
            .. Pair("ProgramArguments", new XElement("array", service.Command.Select(w => new XElement("string", w)))),
            .. Pair("WorkingDirectory", new XElement("string", service.Folder)),
        ];
        if (service.Environment.Count > 0)
        {
            dictionary.AddRange(Pair("EnvironmentVariables", new XElement("dict", service.Environment.OrderBy(v => v.Key, StringComparer.Ordinal).SelectMany(v => Pair(v.Key, new XElement("string", v.Value))))));
        }

        dictionary.AddRange(
        [
            .. Pair("RunAtLoad", new XElement("true")),
            .. Pair("KeepAlive", new XElement("dict", Pair("SuccessfulExit", new XElement("false")))),
            .. Pair("ThrottleInterval", new XElement("integer", 60)),
            .. Pair("ExitTimeOut", new XElement("integer", 30)),
            .. Pair("ProcessType", new XElement("string", "Background")),
            .. Pair("LowPriorityIO", new XElement("true")),
            .. Pair("Nice", new XElement("integer", service.Nice)),
            .. Pair("StandardOutPath", new XElement("string", log)),
            .. Pair("StandardErrorPath", new XElement("string", log)),
        ]);
        return XmlText.Of(
            new XDocument(new XElement("plist", new XAttribute("version", "1.0"), new XElement("dict", dictionary))),
            "UTF-8",
            "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<IReadOnlyList<string>> Install(string file) => [["launchctl", "load", "-w", file]];

    /// <inheritdoc/>
    public override IReadOnlyList<IReadOnlyList<string>> Uninstall(string file) => [["launchctl", "unload", "-w", file]];

    private static XElement[] Pair(string key, XElement value) => [new("key", key), value];
}
