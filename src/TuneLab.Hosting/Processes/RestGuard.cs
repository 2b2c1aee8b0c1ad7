using System.ComponentModel;
using System.Diagnostics;

namespace TuneLab.Hosting.Processes;

/// <summary>
/// Ends suspended processes when the process that suspended them is gone, even killed: nobody else would have them go on. A shell that waits for the end of a pipe, which the kernel closes with its writer. Unix only.
/// </summary>
internal sealed class RestGuard : IDisposable
{
    // a line says that all is well; the end of the pipe without one, that nobody is left to say so
    private const string Script = "exec >/dev/null 2>&1; trap '' HUP INT QUIT TERM; read -r line || kill -KILL \"$@\"";

    private readonly Process _shell;

    private RestGuard(Process shell) => _shell = shell;

    /// <summary>Watches over processes that are suspended, or null where there is no shell to do so.</summary>
    public static RestGuard? Start(IEnumerable<int> ids)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        try
        {
            return new RestGuard(Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, "rest", .. ids.Select(id => id.ToString(CultureInfo.InvariantCulture))]) { RedirectStandardInput = true })!);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return null;
        }
    }

    /// <summary>Lets them be.</summary>
    public void Dispose()
    {
        try
        {
            _shell.StandardInput.WriteLine();
            _shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // somebody has ended it
        }

        _shell.Dispose();
    }
}
