namespace TuneLab.Scheduling.Presence.Linux;

/// <summary>Presence on Linux, from logind and from files of /proc, /sys and /dev.</summary>
/// <param name="root">The root of the file system; another folder in tests.</param>
/// <param name="run">Runs loginctl.</param>
/// <param name="own">The numbers of TuneLab's processes; all below them are its own too.</param>
/// <param name="time">The clock.</param>
internal sealed class LinuxPresence(string root, SystemCommand run, Func<IEnumerable<int>> own, TimeProvider time) : IPresence
{
    // of the kernel's counts: 1/100 s on every system that .NET runs on
    private const double TicksPerSecond = 100;

    // who uses the machine is asked for more often than how busy it is
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly SystemFiles _files = new(root);
    private readonly LinuxInput _input = new(new SystemFiles(root), run, time);
    private readonly OwnUse _own = new();
    private readonly LoadAverage _load = new(time);
    private long _usedAt;
    private (Reading<double> Load, Reading<long> Memory)? _used;

    /// <inheritdoc/>
    public PresenceReading Read()
    {
        if (_used is null || time.GetElapsedTime(_usedAt) >= Interval)
        {
            _usedAt = time.GetTimestamp();
            var mine = _own.Look(own(), Processes());
            _used = (Load(mine.Seconds), Memory(mine.Bytes));
        }

        return new PresenceReading { SinceInput = _input.Read(), LoadPerCore = _used.Value.Load, Pressure = Pressure(), OnMains = Mains(), FreeMemoryBytes = _used.Value.Memory };
    }

    private List<ProcessUse> Processes()
    {
        var found = new List<ProcessUse>();
        foreach (var name in _files.Names("/proc").Where(n => char.IsAsciiDigit(n[0])))
        {
            // behind a name in brackets that may hold anything: field 4 is the parent, 14 to 17 are ticks, 24 is pages
            var stat = _files.Read($"/proc/{name}/stat");
            var fields = stat?[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields is { Length: > 21 } && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                found.Add(new ProcessUse(id, (int)Number(fields[1]), (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) / TicksPerSecond, (long)Number(fields[21]) * Environment.SystemPageSize));
            }
        }

        return found;
    }

    private Reading<double> Load(double mine)
    {
        var lines = _files.Read("/proc/stat")?.Split('\n');
        var cores = lines?.Count(l => l.StartsWith("cpu", StringComparison.Ordinal) && l.Length > 3 && char.IsAsciiDigit(l[3])) ?? 0;
        var total = lines?.FirstOrDefault(l => l.StartsWith("cpu ", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var average = _files.Read("/proc/loadavg")?.Split(' ')[0];
        if (total is not { Length: > 7 } || cores == 0)
        {
            return Reading<double>.Unknown("/proc/stat can't be read");
        }

        if (!double.TryParse(average, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var before))
        {
            return Reading<double>.Unknown("/proc/loadavg can't be read");
        }

        // user, nice, system, then idle and waiting for disks, which is no load, then two kinds of interrupts
        var busy = (Number(total[1]) + Number(total[2]) + Number(total[3]) + Number(total[6]) + Number(total[7])) / TicksPerSecond;
        return Reading<double>.Of(_load.Add(busy - mine, before) / cores, "/proc/stat and /proc/loadavg");
    }

    private Reading<long> Memory(long mine)
    {
        var line = _files.Read("/proc/meminfo")?.Split('\n').FirstOrDefault(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..] ? Reading<long>.Of(((long)Number(kilobytes) * 1024) + mine, "/proc/meminfo") : Reading<long>.Unknown("/proc/meminfo can't be read");
    }

    private Reading<double> Pressure()
    {
        if (!_files.HasFile("/proc/pressure/cpu"))
        {
            return Reading<double>.NotOffered("this kernel has no /proc/pressure");
        }

        // where it was switched off at boot the file is there and reading it fails
        const string Key = "avg10=";
        var some = _files.Read("/proc/pressure/cpu")?.Split('\n').FirstOrDefault(l => l.StartsWith("some", StringComparison.Ordinal))?.Split(' ').FirstOrDefault(w => w.StartsWith(Key, StringComparison.Ordinal));
        return double.TryParse(some?[Key.Length..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? Reading<double>.Of(value, "/proc/pressure/cpu") : Reading<double>.Unknown("/proc/pressure/cpu can't be read");
    }

    private Reading<bool> Mains()
    {
        const string Supplies = "/sys/class/power_supply";
        if (!_files.HasFolder(Supplies))
        {
            return Reading<bool>.Unknown($"there is no {Supplies}");
        }

        // batteries of mice and keyboards do not feed the machine
        var supplies = _files.Names(Supplies).Where(n => Word(n, "scope") != "Device").Select(n => (Name: n, Type: Word(n, "type"))).ToList();
        var batteries = supplies.Where(s => s.Type == "Battery").ToList();
        if (batteries.Count == 0)
        {
            return Reading<bool>.Of(true, $"{Supplies}: no battery");
        }

        if (supplies.FirstOrDefault(s => s.Type != "Battery" && Word(s.Name, "online") == "1").Name is { } plug)
        {
            return Reading<bool>.Of(true, $"{Supplies}/{plug}");
        }

        var states = batteries.Select(b => Word(b.Name, "status")).ToList();
        return states.Contains("Discharging") || supplies.Exists(s => s.Type != "Battery" && Word(s.Name, "online") == "0") ? Reading<bool>.Of(false, $"{Supplies}/{batteries[0].Name}")
            : states.TrueForAll(s => s is "Charging" or "Full" or "Not charging") ? Reading<bool>.Of(true, $"{Supplies}/{batteries[0].Name}")
            : Reading<bool>.Unknown($"{Supplies}/{batteries[0].Name} does not say");

        string? Word(string supply, string file) => _files.Read($"{Supplies}/{supply}/{file}")?.Trim();
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
