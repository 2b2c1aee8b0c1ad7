using TuneLab.Errors;
using TuneLab.Scheduling.Settings;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Alerts;

/// <summary>
/// Sends the alerts that are due on its channels. Several senders may be on one store: each attempt is claimed first, and of those that claim it one wins. A claim that nobody ends (its process was killed) is free again
/// half a minute after the attempt would have had to end; the alert then comes again with the same id. When the next attempt is, and what the last one came to, is in the store. Used by one thread; sends go on beside it.
/// </summary>
/// <param name="store">Where the alerts are.</param>
/// <param name="settings">The channels.</param>
/// <param name="carriers">One for each kind of channel.</param>
/// <param name="time">The clock.</param>
/// <param name="note">Is told, on any thread, a line for people about an attempt that failed. <value>Null: nobody.</value></param>
public sealed class AlertSender(IWorkStore store, AlertSettings settings, IReadOnlyList<IAlertCarrier> carriers, TimeProvider time, Action<string>? note = null) : IDisposable
{
    /// <summary>How long after the end of an attempt's time its claim is taken for that of a dead process.</summary>
    public static readonly TimeSpan ClaimMargin = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, AlertChannel> _channels = settings.Channels.GroupBy(AlertChannelName.Of, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    private readonly Dictionary<string, Task> _sending = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();

    /// <summary>Starts to send what is due, on every channel where nothing is being sent; does not wait for it.</summary>
    /// <exception cref="InputException">The store can't be read.</exception>
    public void Look()
    {
        if (_channels.Count == 0)
        {
            return;
        }

        foreach (var due in store.DueDeliveries(time.GetUtcNow()).Where(d => _channels.ContainsKey(d.Channel)).GroupBy(d => d.Channel, StringComparer.Ordinal))
        {
            if (!_sending.TryGetValue(due.Key, out var before) || before.IsCompleted)
            {
                List<Delivery> deliveries = [.. due];
                _sending[due.Key] = Task.Run(() => SendAsync(_channels[due.Key], deliveries));
            }
        }
    }

    /// <summary>Sends what is due and waits for it: a worker's last word. What fails is tried by the next worker.</summary>
    /// <param name="limit">How long at most.</param>
    public void Finish(TimeSpan limit)
    {
        for (var pass = 0; pass < 2; pass++) // what is being sent now may not be all that is due
        {
            try
            {
                Look();
            }
            catch (InputException)
            {
                return; // the store can't be read now
            }

            Task.WaitAll([.. _sending.Values], limit);
        }
    }

    /// <summary>Breaks off what is being sent; it is due again at once.</summary>
    public void Dispose()
    {
        _end.Cancel();
        Task.WaitAll([.. _sending.Values], Patience);
        _end.Dispose();
    }

    private async Task SendAsync(AlertChannel channel, List<Delivery> deliveries)
    {
        foreach (var delivery in deliveries.TakeWhile(_ => !_end.IsCancellationRequested))
        {
            try
            {
                await SendAsync(channel, delivery).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                note?.Invoke($"an alert can't be sent now: {e.Message}"); // the store can't be written, say; what is claimed is free again in time
                return;
            }
        }
    }

    private async Task SendAsync(AlertChannel channel, Delivery due)
    {
        var claimed = store.TryUpdate(due with { Attempts = due.Attempts + 1, Next = time.GetUtcNow() + channel.Timeout + ClaimMargin });
        if (claimed is null || store.FindAlert(due.Alert) is not { } alert)
        {
            return; // another sender has it
        }

        try
        {
            store.TryUpdate(After(channel, claimed, await TryAsync(channel, alert, claimed.Attempts).ConfigureAwait(false), alert));
        }
        catch (OperationCanceledException)
        {
            store.TryUpdate(claimed with { Attempts = due.Attempts, Next = time.GetUtcNow(), Reason = "broken off: the worker ended" });
        }
    }

    private async Task<AlertAttempt> TryAsync(AlertChannel channel, Alert alert, int attempt)
    {
        try
        {
            return await carriers.First(c => c.Kind == channel.Carrier).SendAsync(channel, alert, attempt, _end.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new AlertAttempt(false, $"{e.GetType().Name}: {e.Message}"); // a carrier that breaks its contract must not be tried for ever
        }
    }

    private Delivery After(AlertChannel channel, Delivery claimed, AlertAttempt attempt, Alert alert)
    {
        var now = time.GetUtcNow();
        if (attempt.Delivered)
        {
            return claimed with { Next = null, Delivered = now, Reason = attempt.Reason };
        }

        var what = $"alert '{alert.Event}' by {claimed.Channel}";
        if (claimed.Attempts > channel.Retries)
        {
            note?.Invoke($"{what} is given up: {attempt.Reason}");
            return claimed with { Next = null, Reason = string.Create(CultureInfo.InvariantCulture, $"given up after {claimed.Attempts} attempts: {attempt.Reason}") };
        }

        var wait = BackOff.After(claimed.Attempts, attempt.After);
        note?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{what} failed: {attempt.Reason}; tried again in {wait.TotalSeconds:0} s"));
        return claimed with { Next = now + wait, Reason = attempt.Reason };
    }
}
