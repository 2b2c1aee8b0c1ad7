using TuneLab.Experiments;
using TuneLab.Hosting.Protocol;

namespace TuneLab.Hosting.Slices;

/// <summary>What the worker asks of a slice, seen from the slice's process, and how that tells news. Thread-safe.</summary>
public sealed class SliceControl : IDisposable
{
    private const string Worker = "the worker's window";

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _leave = new();
    private readonly MessageWriter<SliceMessage> _writer;
    private Func<IDisposable>? _holdWrites;
    private IDisposable? _writes;

    internal SliceControl(MessageWriter<SliceMessage> writer, TimeProvider time) => (_writer, Pause) = (writer, new RunPause(time));

    /// <summary>Is held while the worker has the slice rest.</summary>
    public RunPause Pause { get; }

    /// <summary>Cancelled when the search is to end.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Cancelled when the run is to end without an answer.</summary>
    public CancellationToken Leave => _leave.Token;

    /// <summary>Says how writing into the store is kept from while the slice rests, so that no other process waits for it.</summary>
    /// <param name="hold">Returns when no write is under way; its handle lets writes go on, on the same thread.</param>
    public void RestWithout(Func<IDisposable> hold) => Volatile.Write(ref _holdWrites, hold);

    /// <summary>Whether the experiment was told to be open in the store.</summary>
    internal bool Opened { get; private set; }

    /// <summary>Tells the worker.</summary>
    public void Tell(SliceNews news)
    {
        Opened |= news is SliceOpened;
        try
        {
            _writer.Write(news switch
            {
                SliceOpened opened => new NewsMessage(Opened: opened),
                SliceNote note => new NewsMessage(Note: note),
                SliceScored scored => new NewsMessage(Scored: scored),
                _ => new NewsMessage(Ended: (SliceEnded)news),
            });
        }
        catch (IOException)
        {
            // the worker is gone, and so is this process in a moment
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _leave.Dispose();
        Pause.Dispose();
    }

    /// <summary>Does what is asked, always on the same thread.</summary>
    internal void Do(SliceRequest request)
    {
        switch (request)
        {
            case HoldNote hold:
                Pause.Hold(Worker);
                _writes ??= Volatile.Read(ref _holdWrites)?.Invoke();
                _writer.Write(new AtRestMessage(hold.Number));
                break;
            case ReleaseNote:
                GoOn();
                break;
            case LeaveNote:
                _leave.Cancel();
                GoOn();
                break;
            case StopNote:
                _stop.Cancel();
                GoOn();
                break;
        }
    }

    private void GoOn()
    {
        _writes?.Dispose();
        _writes = null;
        Pause.Release(Worker);
    }
}
