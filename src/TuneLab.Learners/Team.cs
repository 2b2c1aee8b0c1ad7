using System.Runtime.ExceptionServices;

namespace TuneLab.Learners;

/// <summary>
/// Runs numbered pieces of work on a few threads. Its helpers stay awake for a moment after a call, so that calls which follow one another within some microseconds cost next to
/// nothing; then they go back to the thread pool. A helper that gets no processor is not waited for. One call at a time.
/// </summary>
/// <param name="threads">How many threads may work at once, the caller's included; at least 1.</param>
internal sealed class Team(int threads)
{
    /// <summary>How often a helper looks for more work before it leaves: some tenths of a millisecond.</summary>
    private const int Patience = 8000;

    /// <summary>How often the caller looks for the end of the last piece before it lets others run.</summary>
    private const int Hurry = 100;

    private long _state; // the call's number above, the next piece in the low 32 bits
    private int _count;
    private int _done;
    private int _helpers;
    private Action<int> _work = _ => { };
    private ExceptionDispatchInfo? _failure;

    /// <summary>How many threads may work at once.</summary>
    public int Threads { get; set; } = threads;

    /// <summary>Calls <paramref name="work"/> once for each number below <paramref name="count"/>, in no set order, and returns when all are done.</summary>
    /// <exception cref="Exception">What the first failing piece threw; pieces that had not begun by then are left out.</exception>
    public void For(int count, Action<int> work)
    {
        if (Threads <= 1 || count <= 1)
        {
            for (var i = 0; i < count; i++)
            {
                work(i);
            }

            return;
        }

        var call = ((_state >> 32) + 1) << 32;
        Interlocked.Exchange(ref _state, call | int.MaxValue); // no helper may take a piece of the last call for one of this
        (_work, _count, _done, _failure) = (work, count, 0, null);
        Volatile.Write(ref _state, call);
        for (var helpers = Volatile.Read(ref _helpers); helpers < Math.Min(Threads, count) - 1; helpers++)
        {
            Interlocked.Increment(ref _helpers);
            ThreadPool.UnsafeQueueUserWorkItem(static team => team.Help(), this, preferLocal: false);
        }

        while (TakePiece())
        {
        }

        for (var looks = 0; Volatile.Read(ref _done) < count; looks++)
        {
            if (looks < Hurry)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Thread.Yield(); // the helper may be waiting for this processor
            }
        }

        _failure?.Throw();
    }

    private void Help()
    {
        for (var idle = 0; idle < Patience; idle++)
        {
            if (TakePiece())
            {
                idle = 0;
            }
            else
            {
                Thread.SpinWait(1);
            }
        }

        Interlocked.Decrement(ref _helpers);
    }

    /// <summary>Does the next piece, if there is one.</summary>
    private bool TakePiece()
    {
        var state = Volatile.Read(ref _state);
        if ((int)state >= Volatile.Read(ref _count) || Interlocked.CompareExchange(ref _state, state + 1, state) != state)
        {
            return (int)Volatile.Read(ref _state) < Volatile.Read(ref _count);
        }

        // the call can't end before this piece has, so what is read here is the call's own
        try
        {
            if (_failure is null)
            {
                _work((int)state);
            }
        }
        catch (Exception failure)
        {
            _failure ??= ExceptionDispatchInfo.Capture(failure);
        }

        Interlocked.Increment(ref _done);
        return true;
    }
}
