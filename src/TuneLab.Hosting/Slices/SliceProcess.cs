using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Hosting.Limits;
using TuneLab.Hosting.Processes;
using TuneLab.Hosting.Protocol;

namespace TuneLab.Hosting.Slices;

/// <summary>A slice in a child process, seen from the worker. A hold is asked for first, so that the run's clock stands and nothing is being written into the store; then the process and its children are suspended (on Linux, which ends it with its worker all the same).</summary>
internal sealed class SliceProcess : ISlice
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ConcurrentQueue<SliceNews> _news = new();
    private readonly TaskCompletionSource _ready = new();
    private readonly HostCommand _command;
    private readonly ProcessLimits _limits;
    private readonly Process _process;
    private readonly ProcessTree _tree;
    private readonly MessageWriter<SliceRequest> _writer;
    private readonly LastWords _words;
    private readonly TimeProvider _time;
    private readonly long _begin;
    private int _holds;
    private bool _held;
    private bool _gone;

    public SliceProcess(HostCommand command, ProcessLimits limits, TimeProvider time)
    {
        (_command, _limits, _time, _begin) = (command, limits, time, time.GetTimestamp());
        var started = new TaskCompletionSource<Process>();
        new Thread(() => Live(started)) { IsBackground = true, Name = "slice" }.Start(); // Linux ends the child with the thread that started it
        try
        {
            _process = started.Task.GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new TuneLabException($"The experiment's process could not be started: {e.Message} ({command.File})", null, e);
        }

        _tree = new ProcessTree(_process, time);
        _writer = new MessageWriter<SliceRequest>(_process.StandardInput.BaseStream, ProtocolJson.Default.SliceRequest);
        _words = new LastWords(_process);
        _ready.SetResult();
    }

    /// <inheritdoc/>
    public SliceNews? Next() => _news.TryDequeue(out var news) ? news : null;

    /// <inheritdoc/>
    public void Hold()
    {
        lock (_lock)
        {
            if (!_held)
            {
                _held = true;
                Send(new HoldNote(++_holds));
            }
        }
    }

    /// <inheritdoc/>
    public void Release()
    {
        lock (_lock)
        {
            if (_held)
            {
                Wake();
                Send(new ReleaseNote());
            }
        }
    }

    /// <inheritdoc/>
    public void Leave()
    {
        lock (_lock)
        {
            Wake();
            Send(new LeaveNote());
        }
    }

    /// <inheritdoc/>
    public void Stop()
    {
        lock (_lock)
        {
            Wake();
            Send(new StopNote());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _gone = true;
        }

        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // has ended
        }

        lock (_lock)
        {
            _tree.LetGo();
        }

        _process.WaitForExit(Farewell);
        _process.Dispose();
    }

    private void Live(TaskCompletionSource<Process> started)
    {
        Process process;
        try
        {
            Tell(_limits.BeforeStart());
            process = Process.Start(new ProcessStartInfo(_command.File, _command.Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Exception e)
        {
            started.SetException(e); // is the caller's to hear
            return;
        }

        Tell(_limits.AfterStart(process));
        started.SetResult(process);
        _ready.Task.Wait();
        if (!Listen(process))
        {
            _news.Enqueue(new SliceEnded(SliceEnd.Died, How(process), _time.GetElapsedTime(_begin).TotalSeconds));
        }
    }

    private void Tell(IReadOnlyList<string> notes)
    {
        foreach (var note in notes)
        {
            _news.Enqueue(new SliceNote(note));
        }
    }

    // whether it said how it ended
    private bool Listen(Process process)
    {
        var said = false;
        try
        {
            var reader = new MessageReader<SliceMessage>(process.StandardOutput.BaseStream, ProtocolJson.Default.SliceMessage);
            while (reader.Read() is { } message)
            {
                switch (message.Line)
                {
                    case AtRestMessage rest:
                        Suspend(rest.Number);
                        break;
                    case NewsMessage { News: { } told }:
                        said |= told is SliceEnded;
                        _news.Enqueue(told);
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ObjectDisposedException or InvalidOperationException)
        {
            _words.Add(e.Message);
        }

        lock (_lock)
        {
            _gone = true;
        }

        return said;
    }

    private string How(Process process)
    {
        try
        {
            process.WaitForExit(Farewell); // the pipe may close before the process is gone
            return HostEnd.Describe("the experiment's process", process.HasExited ? process.ExitCode : null, _words.Tail(Farewell));
        }
        catch (InvalidOperationException)
        {
            return "the experiment's process was ended by its worker";
        }
    }

    private void Suspend(int hold)
    {
        lock (_lock)
        {
            // elsewhere nothing would end a suspended process with its worker: there its clock and its fits stand, and no more
            if (_held && hold == _holds && !_gone && OperatingSystem.IsLinux())
            {
                _tree.Suspend(); // its hosts and programs too: it may rest before it has got round to having them rest
            }
        }
    }

    private void Wake()
    {
        _held = false;
        _tree.Resume();
    }

    private void Send(SliceRequest request)
    {
        try
        {
            _writer.Write(request);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            _gone = true; // whoever waits for its news hears how
        }
    }
}
