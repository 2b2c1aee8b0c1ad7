using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TuneLab.Hosting.Processes;

/// <summary>Suspends processes, whatever they do: signals on Unix, the kernel's call on Windows. A process that has ended is left alone.</summary>
internal static class ProcessSuspension
{
    // the numbers of Linux; the BSDs' and macOS's are 17 and 19
    private static readonly int Stop = OperatingSystem.IsLinux() ? 19 : 17;
    private static readonly int Continue = OperatingSystem.IsLinux() ? 18 : 19;

    /// <summary>It does nothing more until <see cref="Resume"/>.</summary>
    public static void Suspend(int id) => Send(id, Stop, NtSuspendProcess);

    /// <summary>It goes on.</summary>
    public static void Resume(int id) => Send(id, Continue, NtResumeProcess);

    private static void Send(int id, int signal, Func<IntPtr, int> windows)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = kill(id, signal);
            return;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            _ = windows(process.Handle);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // has ended
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int kill(int process, int signal);

    [DllImport("ntdll")]
    private static extern int NtSuspendProcess(IntPtr process);

    [DllImport("ntdll")]
    private static extern int NtResumeProcess(IntPtr process);
}
