using TuneLab.Scheduling.Alerts;
using TuneLab.Scheduling.Settings;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Tests.Alerts;

/// <summary>What every carrier does.</summary>
public abstract class AlertCarrierContract : IDisposable
{
    /// <summary>A folder of the test's own.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("tunelab-alerts-").FullName;

    protected abstract IAlertCarrier Carrier { get; }

    /// <summary>A channel that arrives.</summary>
    protected abstract AlertChannel Good { get; }

    /// <summary>Channels that don't, each with words of the reason.</summary>
    protected abstract IReadOnlyList<(AlertChannel Channel, string Words)> Bad { get; }

    /// <summary>A channel that hangs; null: there is none.</summary>
    protected abstract AlertChannel? Hanging { get; }

    /// <summary>The bodies that arrived by <see cref="Good"/>.</summary>
    protected abstract IReadOnlyList<string> Arrived();

    public virtual void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task SendAsync_ToWhoListens_ArrivesWhole()
    {
        Skip();
        Alert[] alerts = [Told.Alert(1), Told.Alert(2)];
        foreach (var alert in alerts)
        {
            var attempt = await Carrier.SendAsync(Good, alert, 1, CancellationToken.None);
            Assert.True(attempt.Delivered, attempt.Reason);
            Assert.NotEmpty(attempt.Reason);
        }

        Assert.Equal(alerts.Select(a => a.Body), Arrived());
        Assert.Equal(Carrier.Kind, Good.Carrier);
    }

    [SkippableFact]
    public async Task SendAsync_ToNobody_SaysWhyAndThrowsNothing()
    {
        Skip();
        foreach (var (channel, words) in Bad)
        {
            var attempt = await Carrier.SendAsync(channel, Told.Alert(1), 1, CancellationToken.None);
            Assert.False(attempt.Delivered, channel.Target);
            Assert.Contains(words, attempt.Reason, StringComparison.OrdinalIgnoreCase);
        }
    }

    [SkippableFact]
    public async Task SendAsync_ToWhoHangs_EndsInTime()
    {
        Skip();
        if (Hanging is not { } channel)
        {
            return;
        }

        var begin = TimeProvider.System.GetTimestamp();
        var attempt = await Carrier.SendAsync(channel with { Timeout = TimeSpan.FromMilliseconds(300) }, Told.Alert(1), 1, CancellationToken.None);
        Assert.False(attempt.Delivered);
        Assert.Contains("within 0.3 s", attempt.Reason, StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begin).TotalSeconds, 0.2, 20);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Carrier.SendAsync(channel, Told.Alert(1), 1, stop.Token));
    }

    /// <summary>Skips where the carrier can't be tried.</summary>
    protected virtual void Skip()
    {
    }
}
