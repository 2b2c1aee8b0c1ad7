using TuneLab.Errors;
using TuneLab.Hosting.Protocol;

namespace TuneLab.Hosting.Processes;

/// <summary>A host lent to one run; goes back once, when the run is over.</summary>
internal sealed class Loan(Host host, HostPool pool) : IDisposable
{
    private int _over;

    /// <summary>The host.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public Host Host
    {
        get
        {
            ObjectDisposedException.ThrowIf(_over != 0, typeof(Training.ITrainingRun));
            return host;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _over, 1) == 0)
        {
            End(host);
            pool.Return(host);
        }
    }

    /// <summary>Has the host end its run; a host that can't is ended itself.</summary>
    public static void End(Host host)
    {
        if (host.Ended)
        {
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(host.CancelGrace);
            host.Ask(new EndRequest(), null, limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or TuneLabException or InvalidDataException)
        {
            host.End();
        }
    }
}
