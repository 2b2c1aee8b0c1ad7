using System.Runtime.InteropServices;

namespace TuneLab.Hosting.Serving;

/// <summary>Ends this process with the one that started it, even while it is stopped or stuck. Elsewhere than on Linux the end of standard input has to do.</summary>
internal static class ParentWatch
{
    private const int SetParentDeathSignal = 1;
    private const int Kill = 9;

    /// <summary>Asks the system for it.</summary>
    public static void DieWithParent()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = prctl(SetParentDeathSignal, Kill, 0, 0, 0);
        }
    }

    [DllImport("libc", EntryPoint = "prctl")]
    private static extern int prctl(int option, nuint a, nuint b, nuint c, nuint d);
}
