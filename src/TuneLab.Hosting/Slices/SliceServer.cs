using System.Diagnostics;
using System.Runtime.InteropServices;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Hosting.Limits;
using TuneLab.Hosting.Protocol;
using TuneLab.Hosting.Serving;

namespace TuneLab.Hosting.Slices;

/// <summary>The inside of a slice's process: takes what the worker asks from standard input and tells news on standard output.</summary>
public static class SliceServer
{
    /// <summary>Runs a slice for the worker that started this process; for a program that does nothing else. When the worker's process ends, so does this one, at once.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="work">The slice; gives the answer.</param>
    /// <returns>The exit code.</returns>
    public static int Run(TimeProvider time, Func<SliceControl, ExperimentResult> work)
    {
        ParentWatch.DieWithParent();
        OwnSession.Begin();
        using var interrupt = Ignored(PosixSignal.SIGINT);
        using var terminate = Ignored(PosixSignal.SIGTERM);
        using var output = ProtocolOutput.Take();
        using var control = new SliceControl(new MessageWriter<SliceMessage>(output, ProtocolJson.Default.SliceMessage), time);
        var begin = control.Pause.Clock.GetTimestamp();
        new Thread(() => Listen(control)) { IsBackground = true, Name = "protocol" }.Start();
        var (how, reason, answer) = End(control, work);
        control.Tell(new SliceEnded(how, reason, control.Pause.Clock.GetElapsedTime(begin).TotalSeconds) { Answer = answer });
        return 0;
    }

    private static (SliceEnd How, string Reason, SliceAnswer? Answer) End(SliceControl control, Func<SliceControl, ExperimentResult> work)
    {
        try
        {
            var result = work(control);
            return (result.Complete ? SliceEnd.Answered : SliceEnd.Stopped, result.Verdict.Sentence, SliceAnswer.Of(result));
        }
        catch (Exception e) when (control.Leave.IsCancellationRequested && (e is StoppedException or OperationCanceledException))
        {
            return (SliceEnd.Left, "it goes on when it is run again", null);
        }
        catch (Exception e) when (e is StoppedException or OperationCanceledException)
        {
            return (SliceEnd.Stopped, e.Message, null);
        }
        catch (BusyException e)
        {
            return (SliceEnd.Busy, e.Message, null);
        }
        catch (InputException e) when (!control.Opened && e is not Errors.UnreachableException) // a share that is away may be back when it is tried again
        {
            return (SliceEnd.Refused, Words(e), null);
        }
        catch (TuneLabException e)
        {
            return (SliceEnd.Failed, Words(e), null);
        }
        catch (Exception e) when (e is not (StackOverflowException or AccessViolationException))
        {
            Console.Error.WriteLine(e); // for who looks for the fault
            return (SliceEnd.Failed, e.GetType().Name + ": " + e.Message, null);
        }
    }

    private static string Words(TuneLabException e) => e.Hint is { } hint ? e.Message.TrimEnd('.') + ": " + hint : e.Message;

    // Ctrl-C reaches every process of a terminal: what becomes of the slice then is for the worker to say
    private static PosixSignalRegistration Ignored(PosixSignal signal) => PosixSignalRegistration.Create(signal, context => context.Cancel = true);

    private static void Listen(SliceControl control)
    {
        try
        {
            using var input = Console.OpenStandardInput();
            var reader = new MessageReader<SliceRequest>(input, ProtocolJson.Default.SliceRequest);
            while (reader.Read() is { } message)
            {
                control.Do(message.Line);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Console.Error.WriteLine(e.Message);
        }

        Process.GetCurrentProcess().Kill(); // the worker is gone: what it started must not go on unseen
    }
}
