using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TuneLab.Hosting.Serving;

/// <summary>Takes standard output for the protocol: what managed code prints, and on Unix what native libraries print, goes to standard error from then on.</summary>
internal static class ProtocolOutput
{
    private const int Output = 1;
    private const int Error = 2;
    private const int DuplicateAbove = 1030; // F_DUPFD_CLOEXEC on Linux: children of a trainer don't hold the pipe open

    /// <summary>The stream that only the protocol writes to.</summary>
    public static Stream Take()
    {
        Console.SetOut(Console.Error);
        Console.SetIn(TextReader.Null);
        if (!OperatingSystem.IsLinux() || fcntl(Output, DuplicateAbove, 3) is var copy && copy < 0)
        {
            return Console.OpenStandardOutput();
        }

        if (dup2(Error, Output) < 0)
        {
            throw new IOException("Standard output can't be redirected.");
        }

        return new FileStream(new SafeFileHandle(copy, ownsHandle: true), FileAccess.Write, bufferSize: 0);
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    private static extern int fcntl(int file, int command, int value);

    [DllImport("libc", EntryPoint = "dup2")]
    private static extern int dup2(int from, int to);
}
