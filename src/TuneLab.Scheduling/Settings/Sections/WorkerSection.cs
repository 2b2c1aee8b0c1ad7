using System.Text.RegularExpressions;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Experiments.Files.Shapes;
using TuneLab.Scheduling.Permits;
using TuneLab.Scheduling.Presence;
using TuneLab.Scheduling.Windows;

namespace TuneLab.Scheduling.Settings.Sections;

/// <summary>The whole file.</summary>
internal sealed class WorkerSection : SectionShape<WorkerSettings>
{
    private static readonly WindowShape Window = new();

    private readonly TimeProvider _time;
    private readonly Key<TimeZoneInfo> _zone;
    private readonly Key<IReadOnlyList<string>> _when;
    private readonly Key<IReadOnlyDictionary<string, WrittenWindow>> _windows;
    private readonly Key<IReadOnlyList<string>> _holidays;
    private readonly Key<IdleSettings> _idle;
    private readonly Key<int> _jobs;
    private readonly Key<int> _threads;
    private readonly Key<long> _memory;
    private readonly Key<int> _nice;
    private readonly Key<IoClass> _io;
    private readonly Key<RetrySettings> _retry;
    private readonly Key<BackgroundSettings> _background;
    private readonly Key<IReadOnlyList<AlertChannel>> _alerts;

    public WorkerSection(TimeProvider time)
    {
        _time = time;
        var defaults = WorkerSettings.Default(time);
        _zone = Optional("time_zone", new TimeZoneShape(), "Whose clock the windows go by. Left out: the machine's.");
        _when = Optional("when", new ListShape<string>(new TextShape("a window's name, idle, or times like 22:00-07:00"), "windows", single: true),
            "When the worker runs: names of windows, idle, times like 22:00-07:00, or several with commas (either is enough); night+idle needs both. tunelab work --when goes before. Left out: night,idle, and with --drain always.");
        _windows = Optional("windows", new MapShape<WrittenWindow>(Window, "windows by name"), "Windows by name: 22:00-07:00, or a section. always, night, lunch, weekend and idle are there without it.");
        _holidays = Optional("holidays", DateShapes.List, "Holidays, for windows whose 'holidays' is closed or open: 2026-05-14, 12-25 of every year, 12-24..12-26.");
        _idle = Optional("idle", new IdleSection(), "When the machine counts as idle: all of it must hold. What can't be read on this machine (tunelab doctor says what) does not hold.");
        _jobs = Optional("jobs", new WholeShape<int>(new NumberLimits(1)), "Evaluations at once. Left out: as tunelab run decides.");
        _threads = Optional("threads", new WholeShape<int>(new NumberLimits(1)), "Threads in all. Left out: the cores.");
        _memory = Optional("memory", new MemoryShape(), "The most memory that work takes, like 4GB (units of 1024); on Linux a cgroup keeps to it where one may be made. Left out: no cap.");
        _nice = Default("nice", new WholeShape<int>(new NumberLimits(0, 19)), defaults.Nice, "How far work gives way to other programs: 0 not at all, 19 most.");
        _io = Default("io", new NameShape<IoClass>([new("idle", IoClass.Idle), new("low", IoClass.Low), new("normal", IoClass.Normal)]), defaults.Io, "The class of disk access: idle, only when nobody else reads or writes; low; normal.");
        _retry = Optional("retry", new RetrySection(), "What becomes of an experiment that fails.");
        _background = Optional("background", new BackgroundSection(), "How tunelab work --background goes on with what works.");
        _alerts = Optional("alerts", new ListShape<AlertChannel>(new AlertSection(), "places to tell"), "Who is told of what: an entry for each webhook, command or file.");
    }

    protected override WorkerSettings Build(SectionReader section)
    {
        var zone = section.Get(_zone) ?? _time.LocalTimeZone;
        var holidays = DateShapes.Spans(section.Get(_holidays) ?? []);
        var settings = new WorkerSettings
        {
            Zone = zone,
            Windows = Windows(section, zone, holidays),
            When = section.Get(_when) is { } when ? string.Join(",", when) : null,
            Idle = section.Get(_idle) ?? new IdleSettings(),
            Jobs = section.Maybe(_jobs),
            Threads = section.Maybe(_threads),
            MemoryBytes = section.Maybe(_memory),
            Nice = section.Get(_nice),
            Io = section.Get(_io),
            Retry = section.Get(_retry) ?? new RetrySettings(),
            Background = section.Get(_background) ?? new BackgroundSettings(),
            Alerts = new AlertSettings(section.Get(_alerts) ?? []),
        };
        return settings with { Hints = [.. Overlaps(section), .. CheckWhen(section, settings)] };
    }

    protected override void Put(SectionWriter section, WorkerSettings value)
    {
        section.Put(_zone, value.Zone);
        section.Put(_when, value.When?.Split(','));
        section.Put(_idle, value.Idle);
        section.Put(_jobs, value.Jobs);
        section.Put(_threads, value.Threads);
        section.Put(_memory, value.MemoryBytes);
        section.Put(_nice, value.Nice);
        section.Put(_io, value.Io);
        section.Put(_retry, value.Retry);
        section.Put(_background, value.Background);
        section.Put(_alerts, value.Alerts.Channels.Count == 0 ? null : value.Alerts.Channels);
    }

    private Dictionary<string, WorkWindow> Windows(SectionReader section, TimeZoneInfo zone, IReadOnlyList<DateSpan> holidays)
    {
        var windows = BuiltInWindows.In(zone).ToDictionary(w => w.Name, StringComparer.Ordinal);
        foreach (var (name, node, written) in Written(section))
        {
            if (name is BuiltInWindows.Always or BuiltInWindows.Idle or WhenText.Now)
            {
                section.Faults.Add(node, $"'{node.Path}' can't be made anew: {name} always means the same; give the window another name.");
            }
            else if (!Regex.IsMatch(name, "^[A-Za-z][A-Za-z0-9_.-]*$", RegexOptions.CultureInvariant))
            {
                section.Faults.Add(node, $"'{name}' is no name for a window: names begin with a letter, and have letters, digits, '-', '_' and '.'.");
            }
            else
            {
                windows[name] = Make(written.Plan(name, zone, holidays));
                CheckOpens(section, node, windows[name]);
            }
        }

        return windows;
    }

    // each by itself, so that a fault of one is none of the others
    private List<(string Name, FileNode Node, WrittenWindow Written)> Written(SectionReader section)
    {
        if (!section.Has(_windows) || section.NodeOf(_windows) is not MapNode map)
        {
            _ = section.Get(_windows); // says what is wrong
            return [];
        }

        return [.. map.Entries.Where(e => !e.Value.IsNothing).Select(e => (e.Key, e.Value, Window.TryRead(e.Value, section.Context, out var written) ? written : written ?? new WrittenWindow()))];
    }

    // a window with a fault of its own has been told of: it is there for 'when', and is not looked at
    private static WorkWindow Make(WindowPlan plan)
    {
        var wrong = plan.Cron is { } cron && (!CronText.TryParse(cron, plan.Zone, out var parsed, out _) || (plan.For is null && WorkWindow.CronMinutes(parsed) is null));
        return new WorkWindow(wrong ? plan with { Cron = null } : plan);
    }

    private void CheckOpens(SectionReader section, FileNode node, WorkWindow window)
    {
        var now = _time.GetUtcNow();
        if (!section.Faults.IsAt(node) && !window.IsOpen(now) && window.NextOpening(now) is null)
        {
            section.Faults.Add(node, $"'{node.Path}' never opens: there is no time within five years from {now:yyyy-MM-dd} at which it would; look at its times, its dates and its cron expression.");
        }
    }

    private IEnumerable<string> Overlaps(SectionReader section)
        => from window in Written(section)
           where !section.Faults.IsAt(window.Node)
           let at = WeekSpan.Overlap(window.Written.Plan(window.Name, TimeZoneInfo.Utc, []).Times)
           where at is not null
           select $"{window.Node.Place.Text}: times of '{window.Node.Path}' overlap, {at} is in two of them; the window is open while any of them is.";

    private List<string> CheckWhen(SectionReader section, WorkerSettings settings)
    {
        if (settings.When is not { } when || section.Faults.IsAt(section.NodeOf(_when)))
        {
            return [];
        }

        var (node, now) = (section.NodeOf(_when), _time.GetUtcNow());
        if (when.Length == 0)
        {
            section.Faults.Add(node, "'when' is empty; write a window, idle, or always.");
            return [];
        }

        if (!WhenText.TryParse(when, settings, out var rule, out var fault))
        {
            section.Faults.Add(node, $"'when' is '{when}'. {fault}");
            return [];
        }

        if (section.Faults.IsAt(section.NodeOf(_windows)) && section.Has(_windows))
        {
            return [];
        }

        if (rule.NeverOpen(now) is { } never && never.Contains('+', StringComparison.Ordinal))
        {
            section.Faults.Add(node, $"'when' is '{when}': '{never}' never opens, its windows are at no time open together; a comma is for either of them.");
            return [];
        }

        return [.. rule.Overlaps(now).Select(o => $"{node.Place.Text}: 'when' is '{when}': {o}")];
    }
}
