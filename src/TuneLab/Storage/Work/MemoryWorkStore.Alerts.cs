namespace TuneLab.Storage.Work;

/// <content>Alerts on their way.</content>
public sealed partial class MemoryWorkStore
{
    private readonly Dictionary<string, Alert> _alerts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Alert, string Channel), Delivery> _deliveries = [];

    /// <inheritdoc/>
    public bool RaiseAlert(Alert alert, IReadOnlyList<string> channels)
    {
        lock (_access)
        {
            if (!_alerts.TryAdd(alert.Id, alert))
            {
                return false;
            }

            foreach (var channel in channels)
            {
                _deliveries.Add((alert.Id, channel), new Delivery { Alert = alert.Id, Channel = channel, Version = 1, Next = alert.Raised });
            }

            return true;
        }
    }

    /// <inheritdoc/>
    public Alert? FindAlert(string id)
    {
        lock (_access)
        {
            return _alerts.GetValueOrDefault(id);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Alert> Alerts(DateTimeOffset since)
    {
        lock (_access)
        {
            return [.. _alerts.Values.Where(a => a.Raised >= since).OrderBy(a => a.Raised).ThenBy(a => a.Id, StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Delivery> DueDeliveries(DateTimeOffset now)
    {
        lock (_access)
        {
            return [.. _deliveries.Values.Where(d => d.Next <= now).OrderBy(d => d.Next).ThenBy(d => d.Alert, StringComparer.Ordinal).ThenBy(d => d.Channel, StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Delivery> Deliveries(string alert)
    {
        lock (_access)
        {
            return [.. _deliveries.Values.Where(d => d.Alert == alert).OrderBy(d => d.Channel, StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc/>
    public Delivery? TryUpdate(Delivery delivery)
    {
        lock (_access)
        {
            var key = (delivery.Alert, delivery.Channel);
            return _deliveries.GetValueOrDefault(key)?.Version == delivery.Version ? _deliveries[key] = delivery with { Version = delivery.Version + 1 } : null;
        }
    }
}
