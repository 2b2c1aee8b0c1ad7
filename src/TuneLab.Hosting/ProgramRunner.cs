using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Hosting.Processes;

namespace TuneLab.Hosting;

/// <summary>Runs programs of the user's in processes of their own, without a shell: each word reaches the program as it is.</summary>
/// <param name="time">The clock.</param>
/// <param name="pause">Suspends programs while it holds the run. <value>Null: nothing does.</value></param>
public sealed class ProgramRunner(TimeProvider time, RunPause? pause = null) : IProgramRunner
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    // a child that outlives its parent may hold the pipe for ever, silently or not
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(5);

    // Ctrl-C reaches a terminal's programs before TuneLab has cancelled them: a program that failed just then did not fail
    private static readonly TimeSpan StopComesLate = TimeSpan.FromMilliseconds(200);

    private static int _programs;

    /// <inheritdoc/>
    public ProgramEnd Run(ProgramCall call, Func<string, bool> line, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var mark = string.Create(CultureInfo.InvariantCulture, $"program-{Environment.ProcessId}-{time.GetTimestamp()}-{Interlocked.Increment(ref _programs)}."); // unlike any other on the machine
        using var guard = OrphanGuard.Start(mark);
        using var process = Start(call, mark);
        guard?.Watch([process.Id]);
        Feed(process.StandardInput, call.Input);
        var tree = new ProcessTree(process, time, guard);
        try
        {
            return Follow(call, process, tree, line, cancellation);
        }
        finally
        {
            tree.Kill(); // whoever is still there when the program has ended, or was not let end
        }
    }

    private ProgramEnd Follow(ProgramCall call, Process process, ProcessTree tree, Func<string, bool> line, CancellationToken cancellation)
    {
        var words = new LastWords(process);
        var output = new ProgramOutput(process);
        long? ended = null;
        var heard = time.GetTimestamp();
        while (true)
        {
            if (output.Next(Tick, cancellation, out var text))
            {
                heard = time.GetTimestamp();
                if (text is not null && !line(text))
                {
                    return new ProgramEnd(null, false, "", tree.PeakBytes);
                }
            }

            if (pause is { IsHeld: true })
            {
                tree.Rest(pause, cancellation);
            }

            if (tree.MeasureBytes() > call.MemoryLimitBytes)
            {
                return new ProgramEnd(null, true, "", tree.PeakBytes);
            }

            if (ended is null && process.HasExited)
            {
                (ended, heard) = (time.GetTimestamp(), time.GetTimestamp());
            }

            if (ended is { } end && (output.IsOver || time.GetElapsedTime(heard) > Patience || time.GetElapsedTime(end) > LongestPatience))
            {
                break;
            }

            if (output.IsOver && ended is null)
            {
                cancellation.WaitHandle.WaitOne(Tick); // it has closed its output and goes on
                cancellation.ThrowIfCancellationRequested();
            }
        }

        if (process.ExitCode != 0 && cancellation.WaitHandle.WaitOne(StopComesLate))
        {
            throw new OperationCanceledException(cancellation);
        }

        return new ProgramEnd(process.ExitCode, false, words.Last(Patience), tree.PeakBytes);
    }

    // on a thread of its own where there is something: a program that reads nothing would hold up whoever fills its pipe
    private static void Feed(StreamWriter input, string? text)
    {
        if (text is null)
        {
            input.Close();
            return;
        }

        new Thread(() =>
        {
            try
            {
                using (input)
                {
                    input.Write(text);
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // it has ended, or it does not want to know
            }
        }) { IsBackground = true, Name = "standard input" }.Start();
    }

    private static Process Start(ProgramCall call, string mark)
    {
        var program = ProgramPath.Find(call.Command[0], call.Folder);
        var start = new ProcessStartInfo(program, call.Command.Skip(1))
        {
            WorkingDirectory = call.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in call.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["TUNELAB_PROGRAM"] = mark;
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new TuneLabException($"the program '{call.Command[0]}' could not be started: {e.Message}", null, e);
        }
    }
}
