using Microsoft.Data.Sqlite;
using TuneLab.Storage.Sqlite;
using TuneLab.Storage.Work;

namespace TuneLab.Storage;

/// <content>Alerts on their way.</content>
public sealed partial class SqliteWorkStore
{
    /// <inheritdoc/>
    public bool RaiseAlert(Alert alert, IReadOnlyList<string> channels) => _file.Write(session =>
    {
        using var transaction = session.BeginWrite();
        var raised = RowReading.Instant(alert.Raised);
        if (session.Write("add-alert", ("@id", alert.Id), ("@event", alert.Event), ("@entry", alert.Entry), ("@experiment", alert.Experiment), ("@body", alert.Body), ("@raised", raised)) == 0)
        {
            return false;
        }

        foreach (var channel in channels)
        {
            session.Write("add-delivery", ("@alert", alert.Id), ("@channel", channel), ("@next", raised));
        }

        transaction.Commit();
        return true;
    });

    /// <inheritdoc/>
    public Alert? FindAlert(string id) => _file.Read(session =>
    {
        using var row = session.Read("find-alert", ("@id", id));
        return row.Read() ? ReadAlert(row) : null;
    });

    /// <inheritdoc/>
    public IReadOnlyList<Alert> Alerts(DateTimeOffset since) => _file.Read(session => session.List("list-alerts", ReadAlert, ("@since", RowReading.Instant(since))));

    /// <inheritdoc/>
    public IReadOnlyList<Delivery> DueDeliveries(DateTimeOffset now) => _file.Read(session => session.List("list-due", ReadDelivery, ("@now", RowReading.Instant(now))));

    /// <inheritdoc/>
    public IReadOnlyList<Delivery> Deliveries(string alert) => _file.Read(session => session.List("list-deliveries", ReadDelivery, ("@alert", alert)));

    /// <inheritdoc/>
    public Delivery? TryUpdate(Delivery delivery) => _file.Write(session => session.Write(
        "update-delivery",
        ("@attempts", delivery.Attempts), ("@next", RowReading.InstantOrNull(delivery.Next)), ("@delivered", RowReading.InstantOrNull(delivery.Delivered)), ("@reason", delivery.Reason),
        ("@alert", delivery.Alert), ("@channel", delivery.Channel), ("@version", delivery.Version))) == 0 ? null : delivery with { Version = delivery.Version + 1 };

    private static Alert ReadAlert(SqliteDataReader row)
        => new(row.GetString(0), row.GetString(1), row.NumberOrNull(2), row.NumberOrNull(3), row.GetString(4), row.Instant(5));

    private static Delivery ReadDelivery(SqliteDataReader row) => new()
    {
        Alert = row.GetString(0),
        Channel = row.GetString(1),
        Version = row.GetInt64(2),
        Attempts = row.GetInt32(3),
        Next = row.InstantOrNull(4),
        Delivered = row.InstantOrNull(5),
        Reason = row.GetString(6),
    };
}
