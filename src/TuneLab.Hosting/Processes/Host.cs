using System.Collections.Concurrent;
using System.Diagnostics;
using TuneLab.Errors;
using TuneLab.Hosting.Folds;
using TuneLab.Hosting.Protocol;
using TuneLab.Training;

namespace TuneLab.Hosting.Processes;

/// <summary>
/// One child process, seen from its pool: asks it, watches it while it works, and ends it when it goes over a limit or does not give up what was cancelled. Nothing here waits for
/// the process without a limit or a token. Used by one run at a time.
/// </summary>
internal sealed class Host : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(400);

    // the last words of a process that is gone are in the pipe already, but whoever reads them may have to wait for a processor
    private static readonly TimeSpan Hearing = TimeSpan.FromSeconds(1);

    // what a throwaway fit may still take when a run wants its host: the run would compile the same code, but it must not wait for a fit that hangs
    private static readonly TimeSpan LastThrowaway = TimeSpan.FromSeconds(3);

    // a message up to this size fits the pipe even when nobody reads it: the system's pipes hold 64 kB, of which notes take little
    private const int FitsThePipe = 16 << 10;

    private readonly Process _process;
    private readonly HostPoolOptions _options;
    private readonly MessageWriter<HostRequest> _writer;
    private readonly BlockingCollection<Message<HostAnswer>> _answers = [];
    private readonly HashSet<string> _folds = new(StringComparer.Ordinal);
    private readonly LastWords _words;
    private readonly int _id;
    private readonly Stream _output;
    private Task _sending = Task.CompletedTask;
    private volatile bool _ended;
    private int _threads = 1;
    private bool _warming;

    public Host(Process process, HostPoolOptions options)
    {
        (_process, _options, _id) = (process, options, process.Id);
        _writer = new MessageWriter<HostRequest>(process.StandardInput.BaseStream, ProtocolJson.Default.HostRequest);
        _output = process.StandardOutput.BaseStream;
        _words = new LastWords(process);
        new Thread(Listen) { IsBackground = true, Name = "host " + _id.ToString(CultureInfo.InvariantCulture) }.Start();
    }

    /// <summary>The process's id.</summary>
    public int Id => _id;

    /// <summary>Whether it can't be asked any more.</summary>
    public bool Ended => _ended;

    /// <summary>How long it may take to give up what it does.</summary>
    public TimeSpan CancelGrace => _options.CancelGrace;

    /// <summary>Resident memory now; 0 when it has ended.</summary>
    public long MemoryBytes => ResidentMemory.Of(_process, _id).Now;

    /// <summary>The most resident memory that it had; 0 when it has ended.</summary>
    public long PeakMemoryBytes => ResidentMemory.Of(_process, _id).Peak;

    /// <summary>Whether it has read that fold before.</summary>
    public bool Knows(FoldFile fold) => _folds.Contains(fold.Path);

    /// <summary>Waits until it is up.</summary>
    /// <exception cref="TuneLabException">It has ended, speaks another protocol or takes too long.</exception>
    public void AwaitHello(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(_options.StartLimit, _options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var answer = Wait(null, both.Token).Line;
            if (answer is not HelloAnswer { Version: HelloAnswer.Current })
            {
                throw new TuneLabException($"The trial's process is of another version of TuneLab ({_options.Command.File}).", "install TuneLab again.");
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TuneLabException(string.Create(CultureInfo.InvariantCulture, $"The trial's process did not start within {_options.StartLimit.TotalSeconds:0.#} s."));
        }
    }

    /// <summary>Has it fit a made-up table with each of these trainers, until it is done or a run wants it; does not wait.</summary>
    public void Warm(IReadOnlyList<string> trainers)
    {
        _warming = true;
        Tell(new WarmRequest(trainers));
    }

    /// <summary>Ends what <see cref="Warm"/> began, before the first run. A host that crashed in it, or does not come back from it, is ended.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before it was done; the host is ended.</exception>
    public void EndWarming(CancellationToken cancellation)
    {
        if (!_warming)
        {
            return;
        }

        _warming = false;
        if (_answers.TryTake(out _))
        {
            return;
        }

        Tell(new CancelNote());
        try
        {
            if (!_answers.TryTake(out _, (int)LastThrowaway.TotalMilliseconds, cancellation))
            {
                End();
            }
        }
        catch (OperationCanceledException)
        {
            End();
            throw;
        }
    }

    /// <summary>Says that the next run is on that fold.</summary>
    public void Use(FoldFile fold)
    {
        _folds.Add(fold.Path);
        _words.Forget();
    }

    /// <summary>Sends something that is not answered.</summary>
    public void Tell(HostRequest note, ReadOnlyMemory<byte> payload = default) => Send(note, payload);

    /// <summary>Asks and waits for the answer.</summary>
    /// <param name="request">What.</param>
    /// <param name="threads">Passed on whenever it changes while the host works; null: the host computes nothing.</param>
    /// <param name="cancellation">The host is told to give up, and ended when it does not.</param>
    /// <param name="payload">The bytes behind the line.</param>
    /// <exception cref="OperationCanceledException">Cancelled; or the trainer gave up by itself.</exception>
    /// <exception cref="TuneLabException">What the trainer threw; or the process ended, in words.</exception>
    public Message<HostAnswer> Ask(HostRequest request, ThreadShare? threads, CancellationToken cancellation, ReadOnlyMemory<byte> payload = default)
    {
        cancellation.ThrowIfCancellationRequested();
        Share(threads);
        Send(request, payload);
        Message<HostAnswer> answer;
        try
        {
            answer = Wait(threads, cancellation);
        }
        catch (OperationCanceledException)
        {
            GiveUp();
            throw;
        }

        if (answer.Line is not FailureAnswer failure)
        {
            return answer;
        }

        if (failure.Spent)
        {
            End();
        }

        throw Failures.From(failure);
    }

    /// <summary>Ends the process at once.</summary>
    public void End()
    {
        _ended = true;
        try
        {
            _process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return; // it has ended by itself
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _process.Dispose();
    }

    private Message<HostAnswer> Wait(ThreadShare? threads, CancellationToken cancellation)
    {
        var watched = _options.Time.GetTimestamp();
        while (true)
        {
            if (_answers.TryTake(out var answer, (int)Tick.TotalMilliseconds, cancellation))
            {
                return answer;
            }

            if (_answers.IsCompleted)
            {
                throw Gone();
            }

            Rest(cancellation);
            Share(threads);
            if (_options.Time.GetElapsedTime(watched) > 2 * Tick)
            {
                watched = _options.Time.GetTimestamp();
                RequireMemory();
            }
        }
    }

    private void Rest(CancellationToken cancellation)
    {
        if (_options.Pause is not { IsHeld: true } pause || _ended)
        {
            return;
        }

        ProcessSuspension.Suspend(_id);
        try
        {
            pause.Wait(cancellation);
        }
        finally
        {
            ProcessSuspension.Resume(_id);
        }
    }

    private void Share(ThreadShare? threads)
    {
        if (threads?.Current is { } current && current != _threads)
        {
            _threads = current;
            Send(new ThreadsNote(current), default);
        }
    }

    private void RequireMemory()
    {
        if (_options.MemoryLimitBytes is { } limit && MemoryBytes is var bytes && bytes > limit)
        {
            End();
            throw new TuneLabException(string.Create(CultureInfo.InvariantCulture, $"over the limit of {Megabytes(limit)} (budget.trial_memory): the trial's process had grown to {Megabytes(bytes)}"));
        }
    }

    /// <summary>The host is told that its answer is not wanted; one that says nothing soon is ended.</summary>
    private void GiveUp()
    {
        if (_ended)
        {
            return;
        }

        try
        {
            _writer.TryWrite(new CancelNote());
        }
        catch (IOException)
        {
            _ended = true;
            return;
        }

        if (!_answers.TryTake(out _, _options.CancelGrace))
        {
            End();
        }
    }

    private TuneLabException Gone()
    {
        _ended = true;
        _process.WaitForExit(Farewell); // the pipe may close before the process is gone
        var code = _process.HasExited ? _process.ExitCode : (int?)null;
        End();
        return new TuneLabException(HostEnd.Describe("the trial's process", code, _words.Tail(Hearing)));
    }

    private void Send(HostRequest request, ReadOnlyMemory<byte> payload)
    {
        if (payload.Length <= FitsThePipe && _sending.IsCompleted)
        {
            Put(request, payload);
        }
        else
        {
            // a host that reads nothing must not hold up who could end it
            _sending = _sending.ContinueWith(_ => Put(request, payload), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void Put(HostRequest request, ReadOnlyMemory<byte> payload)
    {
        try
        {
            _writer.Write(request, payload.Span);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return; // it has ended: whoever waits for its answer hears how
        }
    }

    private void Listen()
    {
        try
        {
            var reader = new MessageReader<HostAnswer>(_output, ProtocolJson.Default.HostAnswer);
            while (reader.Read() is { } answer)
            {
                _answers.Add(answer);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ObjectDisposedException or InvalidOperationException)
        {
            _words.Add(e.Message);
        }

        _ended = true;
        _answers.CompleteAdding();
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{(bytes + (1 << 19)) >> 20} MB");
}
