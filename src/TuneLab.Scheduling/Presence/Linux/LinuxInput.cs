namespace TuneLab.Scheduling.Presence.Linux;

/// <summary>
/// When somebody used the machine last: of each session that logind knows, its idle hint where it has a display, its terminal's last use where it has none (as <c>w</c> does), of one from another machine without a terminal that of all of them; without logind, the terminals,
/// unless a display is there, of which they say nothing.
/// </summary>
/// <param name="files">The system's files.</param>
/// <param name="run">Runs loginctl.</param>
/// <param name="time">The clock.</param>
internal sealed class LinuxInput(SystemFiles files, SystemCommand run, TimeProvider time)
{
    private const string Sockets = "/tmp/.X11-unix";

    // the year 9999
    private const long LatestMicros = 253_402_300_799_000_000;

    private static readonly string[] Displays = ["x11", "wayland", "mir"];

    // logind answers when it is asked again, unless it was not there at all
    private bool? _hasLogind;

    public Reading<TimeSpan> Read()
    {
        _hasLogind ??= files.HasFolder("/run/systemd/seats") || files.HasFolder("/run/systemd/sessions");
        return (_hasLogind.Value ? FromLogind() : null) ?? FromTerminals();
    }

    private Reading<TimeSpan>? FromLogind()
    {
        if (run("loginctl", "list-sessions", "--no-legend") is not { } list)
        {
            return null;
        }

        var ids = list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()).OfType<string>().ToArray();
        if (ids.Length == 0)
        {
            return Nobody();
        }

        if (run("loginctl", ["show-session", .. ids, "-p", "Id", "-p", "Class", "-p", "Type", "-p", "State", "-p", "TTY", "-p", "Remote", "-p", "IdleHint", "-p", "IdleSinceHint"]) is not { } shown)
        {
            return Reading<TimeSpan>.Unknown("logind lists sessions and does not show them");
        }

        Reading<TimeSpan>? latest = null;
        foreach (var session in shown.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(Properties))
        {
            if (session.GetValueOrDefault("Class") != "user" || session.GetValueOrDefault("State") == "closing" || Of(session) is not { } reading)
            {
                continue;
            }

            if (reading.Value is null)
            {
                return reading;
            }

            latest = latest is null || reading.Value < latest.Value ? reading : latest;
        }

        return latest ?? Nobody();
    }

    // null: nobody can sit at it
    private Reading<TimeSpan>? Of(Dictionary<string, string> session)
    {
        var id = session.GetValueOrDefault("Id", "?");
        var since = long.TryParse(session.GetValueOrDefault("IdleSinceHint"), NumberStyles.None, CultureInfo.InvariantCulture, out var micros) && micros > 0 && micros < LatestMicros ? DateTimeOffset.UnixEpoch.AddMicroseconds(micros) : (DateTimeOffset?)null;
        if (Displays.Contains(session.GetValueOrDefault("Type")))
        {
            return session.GetValueOrDefault("IdleHint") switch
            {
                "no" => Reading<TimeSpan>.Of(TimeSpan.Zero, $"logind: session {id} is in use"),
                "yes" when since is { } hint => Since(hint, $"logind: session {id} is idle"),
                _ => Reading<TimeSpan>.Unknown($"logind does not say whether session {id} is idle"),
            };
        }

        var terminal = session.GetValueOrDefault("TTY", "");
        return terminal.Length == 0 ? session.GetValueOrDefault("Remote") == "yes" ? FromAfar(id, since) : null
            : (files.ReadAt("/dev/" + terminal) ?? since) is { } used ? Since(used, $"the terminal {terminal} of session {id}")
            : Reading<TimeSpan>.Unknown($"the terminal {terminal} of session {id} does not say when it was used");
    }

    // an editor that works over the network, say: its terminals are no session's
    private Reading<TimeSpan> FromAfar(string id, DateTimeOffset? since)
        => files.Names("/dev/pts").Where(n => char.IsAsciiDigit(n[0])).Select(n => files.ReadAt("/dev/pts/" + n)).Append(since).Max() is { } used ? Since(used, $"session {id} from another machine, and the terminals")
            : Reading<TimeSpan>.Unknown($"session {id} comes from another machine and has no terminal that says when it was used");

    private Reading<TimeSpan> FromTerminals()
    {
        if (files.Names(Sockets).Count > 0 || files.Names("/run/user").Any(u => files.Names("/run/user/" + u).Any(n => n.StartsWith("wayland-", StringComparison.Ordinal))))
        {
            return Reading<TimeSpan>.Unknown("a display is there, and no logind that says when it was used");
        }

        // the console's terminals are there whether or not anybody sits at them: one that was never used is as old as the system
        var terminals = files.Names("/dev/pts").Where(n => char.IsAsciiDigit(n[0])).Select(n => "pts/" + n).Concat(files.Names("/dev").Where(n => n.StartsWith("tty", StringComparison.Ordinal) && n.Length > 3 && n[3..].All(char.IsAsciiDigit) && n != "tty0"));
        var latest = terminals.Select(t => (Name: t, At: files.ReadAt("/dev/" + t))).Where(t => t.At is not null).OrderByDescending(t => t.At).FirstOrDefault();
        return latest.At is { } at ? Since(at, $"the terminal {latest.Name}") : Reading<TimeSpan>.Unknown("there is no logind, no display and no terminal");
    }

    private Reading<TimeSpan> Nobody()
        => double.TryParse(files.Read("/proc/uptime")?.Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var up)
            ? Reading<TimeSpan>.Of(TimeSpan.FromSeconds(up), "logind: nobody is logged in")
            : Reading<TimeSpan>.Unknown("nobody is logged in, and /proc/uptime does not say since when at most");

    // a clock that was set back puts the last use into the future: then it was now
    private Reading<TimeSpan> Since(DateTimeOffset used, string from)
    {
        var since = time.GetUtcNow() - used;
        return Reading<TimeSpan>.Of(since < TimeSpan.Zero ? TimeSpan.Zero : since, from);
    }

    private static Dictionary<string, string> Properties(string text)
        => text.Split('\n').Select(l => l.Split('=', 2)).Where(l => l.Length == 2).DistinctBy(l => l[0]).ToDictionary(l => l[0].Trim(), l => l[1].Trim(), StringComparer.Ordinal);
}
