using System.Runtime.InteropServices;

namespace TuneLab.Cli;

/// <summary>
/// Ctrl-C and SIGTERM while a verb works: the first one cancels <see cref="Token"/> and lets the verb end by itself, the second one ends the process with
/// exit code 3.
/// </summary>
/// <threadsafety>Signals come on a thread of their own.</threadsafety>
public sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action? _end;
    private int _count;

    /// <summary>Hears no signals of the process: <see cref="Raise"/> only.</summary>
    public StopSignals()
    {
    }

    private StopSignals(Action end) => _end = end;

    /// <summary>Is called on the signal's thread when the first signal comes.</summary>
    public event Action? Asked;

    /// <summary>Is called just before a second signal ends the process.</summary>
    public event Action? Ending;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Hears SIGINT (Ctrl-C) and SIGTERM of this process.</summary>
    public static StopSignals OfProcess()
    {
        var signals = new StopSignals(() => Environment.Exit(ExitCode.Stopped));
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            signals._registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true; // the runtime would end the process at once
                signals.Raise();
            }));
        }

        return signals;
    }

    /// <summary>A signal has come.</summary>
    public void Raise()
    {
        if (Interlocked.Increment(ref _count) == 1)
        {
            Asked?.Invoke();
            _source.Cancel();
        }
        else
        {
            Ending?.Invoke();
            _end?.Invoke();
        }
    }

    /// <summary>Listens no more.</summary>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }
}
