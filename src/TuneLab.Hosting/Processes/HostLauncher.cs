using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using TuneLab.Errors;

namespace TuneLab.Hosting.Processes;

/// <summary>
/// Starts hosts, all from one thread that lives as long as their pool: Linux ends a host (<see cref="Serving.ParentWatch"/>) when the thread that started it ends.
/// </summary>
internal sealed class HostLauncher : IDisposable
{
    private readonly BlockingCollection<TaskCompletionSource<Process>> _orders = [];
    private readonly HostPoolOptions _options;
    private readonly Thread _thread;

    public HostLauncher(HostPoolOptions options)
    {
        _options = options;
        _thread = new Thread(Work) { IsBackground = true, Name = "host launcher" };
        _thread.Start();
    }

    /// <summary>A host that is up.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before it was up; it is ended.</exception>
    /// <exception cref="TuneLabException">It can't be started.</exception>
    public Host Start(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var order = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _orders.Add(order, CancellationToken.None);
        Process process;
        try
        {
            process = order.Task.GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new TuneLabException($"The trial's process could not be started: {e.Message} ({_options.Command.File})", null, e);
        }

        var host = new Host(process, _options);
        try
        {
            host.AwaitHello(cancellation);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _orders.CompleteAdding();
        _thread.Join();
        _orders.Dispose();
    }

    private void Work()
    {
        foreach (var order in _orders.GetConsumingEnumerable())
        {
            try
            {
                order.SetResult(Process.Start(StartInfo())!);
            }
            catch (Exception e)
            {
                order.SetException(e); // is the caller's to hear
            }
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(_options.Command.File, _options.Command.Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };

        // OpenMP's waiting threads spin by default, which takes the cores from the other hosts (a LightGBM fit took 22 to 78 s instead of 0.4 s); its library reads these when it loads
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        start.Environment["GOMP_SPINCOUNT"] = "0";
        start.Environment["OMP_NUM_THREADS"] = Math.Max(1, _options.ThreadsPerHost).ToString(CultureInfo.InvariantCulture);

        // as in tunelab: code that counts its own branches before it is compiled again costs a short process more than it brings
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }
}
