using System.Text.RegularExpressions;

namespace TuneLab.Scheduling.Presence.Mac;

/// <summary>Presence on macOS, from ioreg (IOHIDSystem's idle time), pmset, vm_stat and ps.</summary>
/// <param name="run">Runs them.</param>
/// <param name="own">The numbers of TuneLab's processes; all below them are its own too.</param>
/// <param name="cores">Processors of the machine.</param>
/// <param name="time">The clock.</param>
internal sealed partial class MacPresence(SystemCommand run, Func<IEnumerable<int>> own, int cores, TimeProvider time) : IPresence
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private long _readAt;
    private PresenceReading? _slow;

    /// <inheritdoc/>
    public PresenceReading Read()
    {
        if (_slow is null || time.GetElapsedTime(_readAt) >= Interval)
        {
            _readAt = time.GetTimestamp();
            var processes = Processes();
            var members = ProcessUse.Below(own(), processes ?? []);
            _slow = new PresenceReading
            {
                SinceInput = Reading<TimeSpan>.Unknown("it was not asked"),
                LoadPerCore = processes is null ? Reading<double>.Unknown("ps does not answer") : Reading<double>.Of(processes.Where(p => !members.Contains(p.Id)).Sum(p => p.Seconds) / cores, "ps"),
                Pressure = Reading<double>.NotOffered("macOS has no such thing"),
                OnMains = Mains(),
                FreeMemoryBytes = Memory(processes?.Where(p => members.Contains(p.Id)).Sum(p => p.Bytes) ?? 0),
            };
        }

        return _slow with { SinceInput = Input() };
    }

    private Reading<TimeSpan> Input()
        => IdleTime().Match(run("ioreg", "-c", "IOHIDSystem", "-d", "4") ?? "") is { Success: true } match && long.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds)
            ? Reading<TimeSpan>.Of(TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick), "IOHIDSystem's HIDIdleTime")
            : Reading<TimeSpan>.Unknown("ioreg does not show HIDIdleTime of IOHIDSystem");

    private Reading<bool> Mains() => run("pmset", "-g", "batt") switch
    {
        { } said when said.Contains("'AC Power'", StringComparison.Ordinal) => Reading<bool>.Of(true, "pmset"),
        { } said when said.Contains("'Battery Power'", StringComparison.Ordinal) || said.Contains("'UPS Power'", StringComparison.Ordinal) => Reading<bool>.Of(false, "pmset"),
        _ => Reading<bool>.Unknown("pmset does not say what the machine draws from"),
    };

    private Reading<long> Memory(long mine)
    {
        var said = run("vm_stat") ?? "";
        var pages = FreePages().Matches(said).Sum(m => long.TryParse(m.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0);
        return pages > 0 && int.TryParse(PageSize().Match(said).Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? Reading<long>.Of((pages * size) + mine, "vm_stat") : Reading<long>.Unknown("vm_stat does not answer");
    }

    // the share of a processor over up to a minute, which is what a load is: here it stands where seconds do elsewhere
    private List<ProcessUse>? Processes()
    {
        var found = new List<ProcessUse>();
        foreach (var line in run("ps", "-A", "-o", "pid=,ppid=,%cpu=,rss=")?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            // the decimal sign is the language's
            if (line.Replace(',', '.').Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var id, var parent, var share, var kilobytes]
                && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && int.TryParse(parent, NumberStyles.None, CultureInfo.InvariantCulture, out var above)
                && double.TryParse(share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && long.TryParse(kilobytes, NumberStyles.None, CultureInfo.InvariantCulture, out var resident))
            {
                found.Add(new ProcessUse(number, above, percent / 100, resident * 1024));
            }
        }

        return found.Count == 0 ? null : found;
    }

    [GeneratedRegex("\"HIDIdleTime\"\\s*=\\s*([0-9]+)")]
    private static partial Regex IdleTime();

    [GeneratedRegex("Pages (?:free|inactive|speculative|purgeable):\\s*([0-9]+)")]
    private static partial Regex FreePages();

    [GeneratedRegex("page size of ([0-9]+) bytes")]
    private static partial Regex PageSize();
}
