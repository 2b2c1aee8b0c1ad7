using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using TuneLab.Experiments;

namespace TuneLab.Hosting.Limits;

/// <summary>
/// Has a child process give way to other programs, and all that it starts. On Linux priorities belong to threads and are handed down, so they are set on the thread that is about to start the child, which keeps
/// them; elsewhere on the child once it runs.
/// </summary>
internal static partial class ProcessPriority
{
    private const int OfProcess = 0;
    private const int OfDarwinProcess = 4;
    private const int DarwinBackground = 0x1000;
    private const int IoPriority = 33;

    /// <summary>On the thread that starts the child. Gives what could not be done.</summary>
    public static IEnumerable<string> BeforeStart(WorkLimits limits)
    {
        if (!OperatingSystem.IsLinux())
        {
            yield break;
        }

        // one that gives way more already stays as it is: to take back is for administrators
        if (limits.Nice > 0 && getpriority(OfProcess, 0) < limits.Nice && setpriority(OfProcess, 0, limits.Nice) != 0)
        {
            yield return $"nice {limits.Nice} could not be set: {Marshal.GetLastPInvokeErrorMessage()}";
        }

        if (limits.Io != IoClass.Normal && !SetIo(limits.Io))
        {
            yield return $"the {Word(limits.Io)} class of disk access could not be set: {Marshal.GetLastPInvokeErrorMessage()}";
        }
    }

    /// <summary>On the child. Gives what could not be done.</summary>
    public static IEnumerable<string> AfterStart(Process child, WorkLimits limits)
        => OperatingSystem.IsWindows() ? OnWindows(child, limits) : OperatingSystem.IsMacOS() ? OnMac(child, limits) : [];

    private static List<string> OnWindows(Process child, WorkLimits limits)
    {
        var faults = new List<string>();
        try
        {
            if (limits.Nice > 0)
            {
                child.PriorityClass = limits.Nice < 10 ? ProcessPriorityClass.BelowNormal : ProcessPriorityClass.Idle;
            }

            var priority = limits.Io == IoClass.Idle ? 0 : 1; // very low, low
            if (limits.Io != IoClass.Normal && NtSetInformationProcess(child.Handle, IoPriority, in priority, sizeof(int)) != 0)
            {
                faults.Add($"the {Word(limits.Io)} class of disk access could not be set");
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            faults.Add("the priority could not be set: " + e.Message);
        }

        return faults;
    }

    private static List<string> OnMac(Process child, WorkLimits limits)
    {
        var faults = new List<string>();
        if (limits.Nice > 0 && setpriority(OfProcess, child.Id, limits.Nice) != 0)
        {
            faults.Add($"nice {limits.Nice} could not be set: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        if (limits.Io == IoClass.Low)
        {
            faults.Add("macOS has no low class of disk access; idle is one");
        }
        else if (limits.Io == IoClass.Idle && setpriority(OfDarwinProcess, child.Id, DarwinBackground) != 0)
        {
            faults.Add("the idle class of disk access could not be set: " + Marshal.GetLastPInvokeErrorMessage());
        }

        return faults;
    }

    // ioprio_set for this thread: class 3 is idle, class 2 with 7 is the last among equals
    private static bool SetIo(IoClass io)
    {
        const int OfThread = 1;
        const int ClassShift = 13;
        var number = RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => 251, Architecture.X86 => 289, Architecture.Arm => 314, Architecture.S390x => 282, Architecture.Ppc64le => 273, _ => 30 };
        return syscall(number, OfThread, 0, io == IoClass.Idle ? 3 << ClassShift : (2 << ClassShift) | 7) == 0;
    }

    private static string Word(IoClass io) => io == IoClass.Idle ? "idle" : "low";

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getpriority(int which, int who);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setpriority(int which, int who, int priority);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint which, nint who, nint priority);

    [LibraryImport("ntdll")]
    private static partial int NtSetInformationProcess(nint process, int what, in int value, int size);
}
