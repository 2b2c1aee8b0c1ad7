using System.Globalization;
using System.Runtime.InteropServices;

namespace TuneLab.Hosting.Limits;

/// <summary>
/// A session for a process that gives way to others, and for all that it starts. Linux may share the processors among sessions before it looks at the nice values inside of them (autogroup, sched(7)): a nice value then
/// counts against nothing that was started from another terminal or the desktop, and the session's own one has to be set.
/// </summary>
internal static partial class OwnSession
{
    private const string Autogroup = "/proc/self/autogroup";

    /// <summary>Where this process has a nice value on Linux, begins a session that has the same one. Leaves all as it is where that can't be done.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsLinux() || getpriority(0, 0) is not (> 0 and var nice) || setsid() < 0)
        {
            return;
        }

        try
        {
            File.WriteAllText(Autogroup, nice.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return; // the kernel has no such groups
        }
    }

    [LibraryImport("libc")]
    private static partial int getpriority(int which, int who);

    [LibraryImport("libc")]
    private static partial int setsid();
}
