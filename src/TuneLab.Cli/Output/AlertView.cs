using System.Text.Json;
using TuneLab.Scheduling;
using TuneLab.Scheduling.Alerts;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Output;

/// <summary>How alerts stand, for people and for programs.</summary>
internal static class AlertView
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(7);

    /// <summary>The alerts of the last week, or all of them, with their deliveries; the latest first. Those that went to nobody are left out.</summary>
    public static IReadOnlyList<(Alert Alert, Delivery Delivery)> Rows(IWorkStore store, DateTimeOffset now, bool all)
        => [.. store.Alerts(all ? DateTimeOffset.UnixEpoch : now - Recent).Where(a => a.Event != AlertMonitor.Since).Reverse().SelectMany(a => store.Deliveries(a.Id).Select(d => (a, d)))];

    /// <summary>A sentence about those that did not arrive within the last week; null: all did.</summary>
    public static string? Undelivered(IWorkStore store, DateTimeOffset now)
    {
        var rows = Rows(store, now, all: false).Where(r => r.Delivery.Delivered is null).ToList();
        var lost = rows.Count(r => r.Delivery.Next is null);
        string[] parts = [lost > 0 ? $"{Words.Count(lost, "alert")} could not be delivered" : "", rows.Count > lost ? $"{Words.Count(rows.Count - lost, "alert")} {(rows.Count - lost == 1 ? "waits" : "wait")} to be sent" : ""];
        return rows.Count == 0 ? null : string.Join(", ", parts.Where(p => p.Length > 0)) + ": tunelab work alerts";
    }

    /// <summary>A line per delivery.</summary>
    public static void WriteTable(TextWriter output, IReadOnlyList<(Alert Alert, Delivery Delivery)> rows, IPermits permits)
    {
        var table = new TextTable("when", "event", "experiment", "channel", "state", ">tries", "why");
        foreach (var (alert, delivery) in rows)
        {
            table.Add(
                permits.Words(alert.Raised), alert.Event, Experiment(alert), delivery.Channel, State(delivery), delivery.Attempts.ToString(CultureInfo.InvariantCulture),
                delivery is { Delivered: null, Next: { } next, Attempts: > 0 } ? $"{delivery.Reason}; again at {permits.Words(next)}" : delivery.Reason);
        }

        table.Write(output);
    }

    /// <summary>An array, an object per delivery.</summary>
    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<(Alert Alert, Delivery Delivery)> rows)
    {
        json.WriteStartArray();
        foreach (var (alert, delivery) in rows)
        {
            json.WriteStartObject();
            json.WriteString("id", alert.Id);
            json.WriteString("event", alert.Event);
            json.WriteString("experiment", Experiment(alert));
            json.WriteString("raised", Instant(alert.Raised));
            json.WriteString("channel", delivery.Channel);
            json.WriteString("state", State(delivery));
            json.WriteNumber("attempts", delivery.Attempts);
            json.WriteString("next", Instant(delivery.Next));
            json.WriteString("delivered", Instant(delivery.Delivered));
            json.WriteString("reason", delivery.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string State(Delivery delivery) => delivery.Delivered is not null ? "delivered" : delivery.Next is null ? "given up" : "waiting";

    private static string Experiment(Alert alert)
    {
        using var body = JsonDocument.Parse(alert.Body);
        return body.RootElement.TryGetProperty("experiment", out var name) ? name.GetString() ?? "-" : "-";
    }

    private static string? Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
