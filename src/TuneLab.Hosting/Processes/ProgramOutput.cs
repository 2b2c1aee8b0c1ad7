using System.Collections.Concurrent;
using System.Diagnostics;

namespace TuneLab.Hosting.Processes;

/// <summary>
/// The lines of a program's standard output, read by a thread of their own so that who waits for them can do something else too. The thread ends with the last holder of the pipe, which may be long after anybody asks.
/// </summary>
internal sealed class ProgramOutput
{
    private readonly BlockingCollection<string> _lines = [];

    public ProgramOutput(Process process)
    {
        var output = process.StandardOutput;
        new Thread(() => Listen(output)) { IsBackground = true, Name = "output of " + process.Id.ToString(CultureInfo.InvariantCulture) }.Start();
    }

    /// <summary>Whether the program has closed its output and every line was taken.</summary>
    public bool IsOver => _lines.IsCompleted;

    /// <summary>The next line, or false when none came in that time.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public bool Next(TimeSpan patience, CancellationToken cancellation, out string? line) => _lines.TryTake(out line, (int)patience.TotalMilliseconds, cancellation);

    private void Listen(StreamReader output)
    {
        try
        {
            while (output.ReadLine() is { } line)
            {
                _lines.Add(line);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // ended from here
        }

        _lines.CompleteAdding();
    }
}
