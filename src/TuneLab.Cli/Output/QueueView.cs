using System.Text.Json;
using TuneLab.Errors;
using TuneLab.Scheduling;
using TuneLab.Scheduling.Queue;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Output;

/// <summary>The queue for people and for programs.</summary>
internal static class QueueView
{
    /// <summary>A table: first what will run, in that order, then what has ended.</summary>
    public static void WriteText(TextWriter output, IReadOnlyList<QueueEntry> entries, IWorkStore store, IPermits permits, DateTimeOffset now)
    {
        if (store.QueuePaused)
        {
            output.WriteLine("The queue is paused. Let it go on with: tunelab queue resume");
            output.WriteLine();
        }

        if (entries.Count == 0)
        {
            output.WriteLine("The queue is empty. Add to it with: tunelab queue add FILE");
            return;
        }

        var table = new TextTable(">id", "name", "state", ">priority", "deadline", "why");
        foreach (var entry in Ordered(entries))
        {
            table.Add(
                entry.Id.ToString(CultureInfo.InvariantCulture), entry.Name, Word(entry, store), entry.Priority.ToString(CultureInfo.InvariantCulture),
                entry.Deadline is { } deadline ? permits.Words(deadline) : "-", Why(entry, store, permits, now));
        }

        table.Write(output);
    }

    /// <summary>An array of entries.</summary>
    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<QueueEntry> entries, IWorkStore store, IPermits permits, DateTimeOffset now, Action<QueueEntry>? more = null)
    {
        json.WriteStartArray();
        foreach (var entry in Ordered(entries))
        {
            json.WriteStartObject();
            json.WriteNumber("id", entry.Id);
            json.WriteString("name", entry.Name);
            json.WriteString("state", Word(entry, store));
            json.WriteNumber("priority", entry.Priority);
            json.WriteString("reason", Why(entry, store, permits, now));
            json.WriteString("file", entry.File);
            json.WriteStartArray("after");
            foreach (var before in entry.After)
            {
                json.WriteNumberValue(before);
            }

            json.WriteEndArray();
            json.WriteString("window", entry.Window);
            WriteInstant(json, "not_before", entry.NotBefore);
            WriteInstant(json, "deadline", entry.Deadline);
            json.WriteString("repeat", entry.Repeat);
            json.WriteNumber("attempts", entry.Attempts);
            if (entry.Experiment is { } experiment)
            {
                json.WriteNumber("experiment", experiment);
            }
            else
            {
                json.WriteNull("experiment");
            }

            json.WriteString("worker", entry.Worker);
            WriteInstant(json, "added", entry.Added);
            WriteInstant(json, "updated", entry.Updated);
            more?.Invoke(entry);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The state in a word; what a killed worker left behind is paused until the next one takes it over.</summary>
    public static string Word(QueueEntry entry, IWorkStore store) => (QueueEdits.IsLeftBehind(store, entry) ? QueueState.Paused : entry.State).ToString().ToLowerInvariant();

    /// <summary>Why an entry is as it is, or what it waits for; may be empty.</summary>
    public static string Why(QueueEntry entry, IWorkStore store, IPermits permits, DateTimeOffset now)
    {
        if (entry.Ended || entry.State == QueueState.Running)
        {
            return QueueEdits.IsLeftBehind(store, entry) ? "its worker has gone; it goes on when one is there (tunelab work)" : entry.Reason;
        }

        try
        {
            var requests = store.Requests();
            return QueueOrder.Waits(entry, store.Entries(), requests, permits, now)
                ?? (QueueOrder.IsToStop(entry, requests) ? "its turn, to stop with the best so far (tunelab stop)" : entry.Reason.Length > 0 ? entry.Reason : "its turn");
        }
        catch (InputException e)
        {
            return e.Message;
        }
    }

    private static IEnumerable<QueueEntry> Ordered(IReadOnlyList<QueueEntry> entries) => [.. QueueOrder.Of(entries), .. entries.Where(e => e.Ended).OrderByDescending(e => e.Updated)];

    private static void WriteInstant(Utf8JsonWriter json, string name, DateTimeOffset? instant)
    {
        if (instant is { } at)
        {
            json.WriteString(name, at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
