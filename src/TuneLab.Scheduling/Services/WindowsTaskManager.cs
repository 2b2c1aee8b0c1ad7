using System.Text;
using System.Xml.Linq;
using TuneLab.Errors;

namespace TuneLab.Scheduling.Services;

/// <summary>The task scheduler of Windows: a task that begins when the person logs on.</summary>
public sealed class WindowsTaskManager : ServiceManager
{
    private const string Task = "TuneLab worker";

    // what the task scheduler calls priorities
    private const int Normal = 6, BelowNormal = 8, Idle = 9;

    private static readonly XNamespace Space = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    /// <inheritdoc/>
    public override string Name => "windows";

    /// <inheritdoc/>
    public override string Title => "Windows scheduled task";

    /// <inheritdoc/>
    public override bool IsHere => OperatingSystem.IsWindows();

    /// <inheritdoc/>
    public override string Advice => "It runs while you are logged on. How it stands: schtasks /Query /TN \"" + Task + "\"";

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.Unicode; // schtasks takes nothing else for sure

    /// <inheritdoc/>
    public override string FileIn(PersonalFolders folders) => Path.Combine(folders.Data, "tunelab", "tunelab-worker.xml");

    /// <inheritdoc/>
    public override string Write(WorkerService service, PersonalFolders folders)
    {
        service.Check();
        if (service.Environment.Count > 0)
        {
            throw new InputException($"A scheduled task can't set {string.Join(", ", service.Environment.Keys)}.", "Set it for your account, in the settings of Windows.");
        }

        // the task scheduler puts variables in, and there is no way to write a percent sign that it leaves alone
        if (service.Texts.FirstOrDefault(t => t.Count(c => c == '%') > 1) is { } text)
        {
            throw new InputException($"'{text}' has several percent signs: the task scheduler would take what is between them for a variable.", "Move the file, or give it another name.");
        }

        return XmlText.Of(
            new XDocument(Node(
                "Task",
                new XAttribute("version", "1.2"),
                Node("RegistrationInfo", Node("Description", "TuneLab worker: runs the queue of experiments"), Node("URI", "\\" + Task)),
                Node("Triggers", Node("LogonTrigger", Node("Enabled", true), Node("UserId", folders.User))),
                Node("Principals", Node("Principal", new XAttribute("id", "Author"), Node("UserId", folders.User), Node("LogonType", "InteractiveToken"), Node("RunLevel", "LeastPrivilege"))),
                Node(
                    "Settings",
                    Node("MultipleInstancesPolicy", "IgnoreNew"),
                    Node("DisallowStartIfOnBatteries", false),
                    Node("StopIfGoingOnBatteries", false),
                    Node("AllowHardTerminate", true),
                    Node("StartWhenAvailable", true),
                    Node("IdleSettings", Node("StopOnIdleEnd", false), Node("RestartOnIdle", false)),
                    Node("Enabled", true),
                    Node("ExecutionTimeLimit", "PT0S"),
                    Node("Priority", service.Nice == 0 ? Normal : service.Nice < 10 ? BelowNormal : Idle),
                    Node("RestartOnFailure", Node("Interval", "PT1M"), Node("Count", 255))),
                Node(
                    "Actions",
                    new XAttribute("Context", "Author"),
                    Node("Exec", Node("Command", service.Command[0]), Node("Arguments", string.Join(' ', service.Command.Skip(1).Select(Quoted))), Node("WorkingDirectory", service.Folder))))),
            "UTF-16");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<IReadOnlyList<string>> Install(string file) => [["schtasks", "/Create", "/TN", Task, "/XML", file, "/F"], ["schtasks", "/Run", "/TN", Task]];

    /// <inheritdoc/>
    public override IReadOnlyList<IReadOnlyList<string>> Uninstall(string file) => [["schtasks", "/End", "/TN", Task], ["schtasks", "/Delete", "/TN", Task, "/F"]];

    /// <summary>A word as programs on Windows read it: backslashes count double before a quote and at the end.</summary>
    public static string Quoted(string word)
    {
        if (word.Length > 0 && !word.Any(c => char.IsWhiteSpace(c) || c == '"'))
        {
            return word;
        }

        var text = new StringBuilder("\"");
        var slashes = 0;
        foreach (var c in word)
        {
            if (c == '\\')
            {
                slashes++;
                continue;
            }

            text.Append('\\', c == '"' ? (2 * slashes) + 1 : slashes).Append(c);
            slashes = 0;
        }

        return text.Append('\\', 2 * slashes).Append('"').ToString();
    }

    private static XElement Node(string name, params object[] content) => new(Space + name, content);
}
