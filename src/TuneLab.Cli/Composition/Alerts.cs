using TuneLab.Cli.Commands;
using TuneLab.Experiments;
using TuneLab.Experiments.Output;
using TuneLab.Hosting;
using TuneLab.Scheduling;
using TuneLab.Scheduling.Alerts;
using TuneLab.Scheduling.Settings;
using TuneLab.Scheduling.Worker;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Composition;

/// <summary>The alerts of a worker: made of what it tells, sent beside it.</summary>
internal sealed class Alerts : IDisposable
{
    // a program or a receiver that is slow must not keep a worker that has nothing to do for ever
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LastWordOfTheStopped = TimeSpan.FromSeconds(3);

    private readonly WebhookCarrier _webhook;
    private readonly AlertMonitor _monitor;
    private readonly AlertSender _sender;

    /// <param name="call">The call.</param>
    /// <param name="store">The queue.</param>
    /// <param name="settings">Who is told of what.</param>
    /// <param name="permits">When the worker may run.</param>
    /// <param name="note">Is told, on any thread, what could not be sent.</param>
    public Alerts(Invocation call, IWorkStore store, AlertSettings settings, IPermits permits, Action<string> note)
    {
        var time = call.Environment.Time;
        _webhook = new WebhookCarrier(time);
        _monitor = new AlertMonitor(store, settings, experiment => Answer(call, experiment), permits, time);
        _sender = new AlertSender(store, settings, [_webhook, new CommandCarrier(new ProgramRunner(time), call.Environment.WorkingDirectory, time), new FileCarrier()], time, note);
    }

    /// <summary>What the worker is to tell.</summary>
    public IWorkerMonitor Monitor => _monitor;

    /// <summary>Tells what is to be told; waits for nothing.</summary>
    /// <exception cref="Errors.InputException">The store can't be used.</exception>
    public void Look()
    {
        _monitor.Look();
        _sender.Look();
    }

    /// <summary>Waits a little for what is being sent; the rest is for the next worker.</summary>
    /// <param name="stopped">Whether somebody waits for the end.</param>
    public void Finish(bool stopped) => _sender.Finish(stopped ? LastWordOfTheStopped : LastWord);

    /// <inheritdoc/>
    public void Dispose()
    {
        _sender.Dispose();
        _webhook.Dispose();
    }

    private static SliceAnswer? Answer(Invocation call, long experiment)
    {
        using var store = Stores.OpenExisting(call, Stores.Locate(call, file: null));
        return store.Experiments().FirstOrDefault(e => e.Id == experiment)?.Result is { } json ? SliceAnswer.Of(ResultJson.Read(json)) : null;
    }
}
