using TuneLab.Scheduling.Presence.Linux;
using TuneLab.Scheduling.Presence.Mac;
using TuneLab.Scheduling.Presence.Windows;

namespace TuneLab.Scheduling.Presence;

/// <summary>The presence of the machine that this runs on.</summary>
public static class MachinePresence
{
    private const string Unread = "it is not read on this system";

    /// <summary>The reader of this system; on one that is not known, nothing is.</summary>
    /// <param name="own">The numbers of TuneLab's processes on this machine, asked for every few seconds; all below them are its own too.</param>
    /// <param name="time">The clock.</param>
    public static IPresence Of(Func<IEnumerable<int>> own, TimeProvider time)
        => OperatingSystem.IsLinux() ? new LinuxPresence("/", SystemCommands.Run, own, time)
        : OperatingSystem.IsWindows() ? new WindowsPresence(own, time)
        : OperatingSystem.IsMacOS() ? new MacPresence(SystemCommands.Run, own, Environment.ProcessorCount, time)
        : new Unknown();

    private sealed class Unknown : IPresence
    {
        public PresenceReading Read() => new()
        {
            SinceInput = Reading<TimeSpan>.Unknown(Unread),
            LoadPerCore = Reading<double>.Unknown(Unread),
            Pressure = Reading<double>.NotOffered(Unread),
            OnMains = Reading<bool>.Unknown(Unread),
            FreeMemoryBytes = Reading<long>.Unknown(Unread),
        };
    }
}
