using TuneLab.Scheduling.Settings;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Alerts;

/// <summary>What an attempt to deliver an alert came to.</summary>
/// <param name="Delivered">Whether it arrived.</param>
/// <param name="Reason">How, or why not, as a clause; not empty.</param>
/// <param name="After">How long the receiver wants to be left alone; null: it did not say.</param>
public sealed record AlertAttempt(bool Delivered, string Reason, TimeSpan? After = null);

/// <summary>
/// Carries alerts to one kind of place.
/// <para><b>Contract.</b> Called by an <see cref="AlertSender"/>, several at once but one per channel. Ends within the channel's timeout. What goes wrong is an attempt that was not delivered, with the reason; nothing is thrown but for a cancellation.
/// An alert may come a second time, with the same id, when a process ended before it could note that it was delivered.</para>
/// </summary>
public interface IAlertCarrier
{
    /// <summary>What it carries.</summary>
    AlertCarrier Kind { get; }

    /// <summary>Tries once.</summary>
    /// <param name="channel">Where to.</param>
    /// <param name="alert">What.</param>
    /// <param name="attempt">From 1; more: an earlier attempt failed, or was not heard of again.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<AlertAttempt> SendAsync(AlertChannel channel, Alert alert, int attempt, CancellationToken cancellation);
}
