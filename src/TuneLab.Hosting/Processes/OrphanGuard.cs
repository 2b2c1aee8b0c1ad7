using System.ComponentModel;
using System.Diagnostics;

namespace TuneLab.Hosting.Processes;

/// <summary>
/// Ends processes and their children when this process is gone, even killed. A shell that waits for the end of a pipe, which the kernel closes with its writer. Unix only.
/// </summary>
internal sealed class OrphanGuard : IDisposable
{
    // a line says that all is well; the end of the pipe without one, that nobody is left to say so
    private const string Script = """
        exec >/dev/null 2>&1
        trap '' HUP INT QUIT TERM
        end() {
          kill -STOP "$1"
          for child in $(cat /proc/"$1"/task/*/children || pgrep -P "$1"); do end "$child"; done
          kill -KILL "$1"
        }
        read -r line && exit
        for id; do end "$id"; done
        """;

    private readonly Process _shell;

    private OrphanGuard(Process shell) => _shell = shell;

    /// <summary>Watches over processes, or null where there is no shell to do so.</summary>
    public static OrphanGuard? Start(IEnumerable<int> ids)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        try
        {
            return new OrphanGuard(Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, "guard", .. ids.Select(id => id.ToString(CultureInfo.InvariantCulture))]) { RedirectStandardInput = true })!);
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
