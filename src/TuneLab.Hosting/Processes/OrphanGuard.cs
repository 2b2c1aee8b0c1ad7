using System.ComponentModel;
using System.Diagnostics;

namespace TuneLab.Hosting.Processes;

/// <summary>
/// Ends processes and their children when this process is gone, even killed. A shell that waits for the end of a pipe, which the kernel closes with its writer. Unix only.
/// </summary>
internal sealed class OrphanGuard : IDisposable
{
    // a first line says whom to watch over; a second one that all is well; the end of the pipe without one, that nobody is left to say so
    private const string Script = """
        exec >/dev/null 2>&1
        trap '' HUP INT QUIT TERM
        end() {
          kill -STOP "$1"
          for child in $(cat /proc/"$1"/task/*/children || pgrep -P "$1"); do end "$child"; done
          kill -KILL "$1"
        }
        if ! read -r ids; then
          [ -n "$1" ] && for round in 1 2; do
            for found in $(grep -lsF "$1" /proc/[0-9]*/environ); do found=${found#/proc/}; end "${found%/environ}"; done
            sleep 0.2
          done
          exit
        fi
        read -r line && exit
        for id in $ids; do end "$id"; done
        """;

    private readonly Process _shell;
    private bool _isDisposed;

    private OrphanGuard(Process shell) => _shell = shell;

    /// <summary>One that watches over nobody yet, or null where there is no shell to do so.</summary>
    /// <param name="mark">A text unlike any other in the environment of what will be watched over, which has begun by then: where this process is gone before it could say whom to watch over, they are found by that (on Linux). <value>Null: nobody is.</value></param>
    public static OrphanGuard? Start(string? mark = null)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        try
        {
            return new OrphanGuard(Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, "guard", mark ?? ""]) { RedirectStandardInput = true })!);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return null;
        }
    }

    /// <summary>Watches over processes from now on. Once.</summary>
    public void Watch(IEnumerable<int> ids) => Say(string.Join(' ', ids.Select(id => id.ToString(CultureInfo.InvariantCulture))));

    /// <summary>Lets them be.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Say("");
        try
        {
            _shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // somebody has ended it
        }

        _shell.Dispose();
    }

    private void Say(string line)
    {
        try
        {
            _shell.StandardInput.WriteLine(line);
            _shell.StandardInput.Flush();
        }
        catch (IOException)
        {
            // somebody has ended it
        }
    }
}
