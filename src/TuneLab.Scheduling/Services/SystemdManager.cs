using System.Text;
using TuneLab.Errors;
using TuneLab.Experiments;

namespace TuneLab.Scheduling.Services;

/// <summary>systemd (Linux): a unit of the person's own.</summary>
public sealed class SystemdManager : ServiceManager
{
    private const string Unit = "tunelab-worker.service";

    /// <inheritdoc/>
    public override string Name => "systemd";

    /// <inheritdoc/>
    public override string Title => "systemd user unit";

    /// <inheritdoc/>
    public override bool IsHere => OperatingSystem.IsLinux();

    /// <inheritdoc/>
    public override string Advice => "It runs while you are logged in; 'loginctl enable-linger' lets it run without. What it says: journalctl --user -u " + Unit;

    /// <inheritdoc/>
    public override string FileIn(PersonalFolders folders) => Path.Combine(folders.Config, "systemd", "user", Unit);

    /// <inheritdoc/>
    public override string Write(WorkerService service, PersonalFolders folders)
    {
        service.Check();
        if (service.Command[0].AsSpan().IndexOfAny('"', '\'', '\\') >= 0)
        {
            throw new InputException($"systemd starts no program whose path has a quote or a backslash in it: {service.Command[0]}", "Move the program, or give its folder another name.");
        }

        var text = new StringBuilder();
        text.Append("[Unit]\nDescription=TuneLab worker: runs the queue of experiments\n\n[Service]\nType=exec\n");
        text.Append("WorkingDirectory=").Append(Percent(service.Folder)).Append('\n');
        foreach (var (name, value) in service.Environment.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            text.Append("Environment=").Append(Quoted(name + "=" + value)).Append('\n');
        }

        // the colon: a dollar in a path is a dollar
        text.Append("ExecStart=:").AppendJoin(' ', service.Command.Select(Quoted)).Append('\n');
        text.Append("# 3: it was stopped; 2: something must be mended first\nSuccessExitStatus=3\nRestart=on-failure\nRestartPreventExitStatus=2\nRestartSec=60\n");
        text.Append("# its experiments end with it, and it ends them itself\nKillMode=mixed\nTimeoutStopSec=30\n");
        text.Append("# so that 'memory' can cap what experiments take\nDelegate=yes\n");
        text.Append(CultureInfo.InvariantCulture, $"Nice={service.Nice}\n{Io(service.Io)}\n[Install]\nWantedBy=default.target\n");
        return text.ToString();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<IReadOnlyList<string>> Install(string file) => [.. Forget, ["systemctl", "--user", "enable", Unit], ["systemctl", "--user", "restart", Unit]];

    /// <inheritdoc/>
    public override IReadOnlyList<IReadOnlyList<string>> Uninstall(string file) => [["systemctl", "--user", "disable", "--now", Unit]];

    /// <inheritdoc/>
    public override IReadOnlyList<IReadOnlyList<string>> Forget => [["systemctl", "--user", "daemon-reload"]];

    private static string Io(IoClass io) => io switch { IoClass.Idle => "IOSchedulingClass=idle\n", IoClass.Low => "IOSchedulingClass=best-effort\nIOSchedulingPriority=7\n", _ => "" };

    private static string Quoted(string word) => '"' + Percent(word).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    // a percent sign begins a specifier
    private static string Percent(string text) => text.Replace("%", "%%", StringComparison.Ordinal);
}
