using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace TuneLab.Scheduling.Presence.Windows;

/// <summary>Presence on Windows, from calls into the system.</summary>
/// <param name="own">The numbers of TuneLab's processes; all below them are its own too.</param>
/// <param name="time">The clock.</param>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsPresence(Func<IEnumerable<int>> own, TimeProvider time) : IPresence
{
    private const uint AllProcesses = 2;
    private const double TicksPerSecond = TimeSpan.TicksPerSecond;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

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

        return new PresenceReading
        {
            SinceInput = Input(), LoadPerCore = _used.Value.Load, Pressure = Reading<double>.NotOffered("Windows has no such thing"), OnMains = Mains(), FreeMemoryBytes = _used.Value.Memory,
        };
    }

    private static Reading<TimeSpan> Input()
    {
        using var self = Process.GetCurrentProcess();
        if (self.SessionId == 0)
        {
            return Reading<TimeSpan>.Unknown("TuneLab runs as a service, in a session that has no keyboard");
        }

        var last = new LastInput { Size = (uint)Marshal.SizeOf<LastInput>() };
        return GetLastInputInfo(ref last) ? Reading<TimeSpan>.Of(TimeSpan.FromMilliseconds(unchecked(GetTickCount() - last.Tick)), "GetLastInputInfo") : Reading<TimeSpan>.Unknown("GetLastInputInfo failed");
    }

    private static Reading<bool> Mains() => !GetSystemPowerStatus(out var status) ? Reading<bool>.Unknown("GetSystemPowerStatus failed") : status.Line switch
    {
        0 => Reading<bool>.Of(false, "GetSystemPowerStatus"),
        1 => Reading<bool>.Of(true, "GetSystemPowerStatus"),
        _ => Reading<bool>.Unknown("GetSystemPowerStatus does not know"),
    };

    private static Reading<long> Memory(long mine)
    {
        var memory = new MemoryStatus { Size = (uint)Marshal.SizeOf<MemoryStatus>() };
        return GlobalMemoryStatusEx(ref memory) ? Reading<long>.Of((long)memory.FreePhysical + mine, "GlobalMemoryStatusEx") : Reading<long>.Unknown("GlobalMemoryStatusEx failed");
    }

    // nothing says what the minute before was: it counts as busy, so that the first minute is measured
    private Reading<double> Load(double mine)
    {
        var cores = Environment.ProcessorCount;
        return GetSystemTimes(out var idle, out var kernel, out var user)
            ? Reading<double>.Of(_load.Add(((kernel - idle + user) / TicksPerSecond) - mine, cores) / cores, "GetSystemTimes")
            : Reading<double>.Unknown("GetSystemTimes failed");
    }

    private static List<ProcessUse> Processes()
    {
        var parents = new Dictionary<int, int>();
        var snapshot = CreateToolhelp32Snapshot(AllProcesses, 0);
        try
        {
            var entry = new ProcessEntry { Size = (uint)Marshal.SizeOf<ProcessEntry>() };
            for (var more = Process32FirstW(snapshot, ref entry); more; more = Process32NextW(snapshot, ref entry))
            {
                parents[(int)entry.Id] = (int)entry.Parent;
            }
        }
        finally
        {
            _ = CloseHandle(snapshot);
        }

        var found = new List<ProcessUse>();
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                try
                {
                    found.Add(new ProcessUse(process.Id, parents.GetValueOrDefault(process.Id), process.TotalProcessorTime.TotalSeconds, process.WorkingSet64));
                }
                catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
                {
                    // has ended, or is none of TuneLab's
                }
            }
        }

        return found;
    }

    private struct LastInput
    {
        public uint Size;
        public uint Tick;
    }

    private struct PowerStatus
    {
        public byte Line;
        public byte Battery;
        public byte Percent;
        public byte Saver;
        public uint Seconds;
        public uint FullSeconds;
    }

    private struct MemoryStatus
    {
        public uint Size;
        public uint Percent;
        public ulong Physical;
        public ulong FreePhysical;
        public ulong PageFile;
        public ulong FreePageFile;
        public ulong Virtual;
        public ulong FreeVirtual;
        public ulong FreeExtended;
    }

    private unsafe struct ProcessEntry
    {
        public uint Size;
        public uint Usage;
        public uint Id;
        public nint Heap;
        public uint Module;
        public uint Threads;
        public uint Parent;
        public int Priority;
        public uint Flags;
        public fixed char File[260];
    }

    [LibraryImport("user32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetLastInputInfo(ref LastInput info);

    [LibraryImport("kernel32")]
    private static partial uint GetTickCount();

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetSystemPowerStatus(out PowerStatus status);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GlobalMemoryStatusEx(ref MemoryStatus memory);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetSystemTimes(out long idle, out long kernel, out long user);

    [LibraryImport("kernel32")]
    private static partial nint CreateToolhelp32Snapshot(uint flags, uint process);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Process32FirstW(nint snapshot, ref ProcessEntry entry);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Process32NextW(nint snapshot, ref ProcessEntry entry);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CloseHandle(nint handle);
}
