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

    // the kernel takes one such value from all users in a tenth of a second
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    /// <summary>Where this process has a nice value on Linux, begins a session that has the same one. Leaves all as it is where that can't be done.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsLinux() || getpriority(0, 0) is not (> 0 and var nice) || setsid() < 0)
        {
            return;
        }

        if (File.Exists(Autogroup))
        {
            SpinWait.SpinUntil(() => IsSet(nice), Patience);
        }
    }

    private static bool IsSet(int nice)
    {
        try
        {
            File.WriteAllText(Autogroup, nice.ToString(CultureInfo.InvariantCulture));
            return true;
        }
        catch (IOException)
        {
            return false; // too soon after another
        }
        catch (UnauthorizedAccessException)
        {
            return true; // it stays as it is
        }
    }

    [LibraryImport("libc")]
    private static partial int getpriority(int which, int who);

    [LibraryImport("libc")]
    private static partial int setsid();
}
