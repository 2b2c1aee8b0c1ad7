using System.Text.Json;
using TuneLab.Experiments;
using TuneLab.Scheduling.Worker;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Progress;

/// <summary>What a worker does, line by line.</summary>
internal sealed class WorkerLines(TextWriter output, TimeProvider time, bool quiet) : IWorkerMonitor
{
    private readonly Lock _lock = new(); // a note about a signal comes from another thread
    private readonly List<QueueEntry> _ended = [];

    public void Started(QueueEntry entry) => Line($"{entry.Name}: {(entry.Experiment is null ? "begins" : "goes on")} (number {entry.Id})");

    public void Note(QueueEntry? entry, string text) => Line(entry is null ? text : $"{entry.Name}: {text}");

    public void Waiting(string reason) => Line(reason);

    public void Rested(QueueEntry entry, bool rests, string reason) => Line(rests ? $"{entry.Name}: rests: {reason}" : $"{entry.Name}: goes on");

    public void Scored(QueueEntry entry, SliceScored scored)
    {
        // its stages say how it does
    }

    public void Ended(QueueEntry entry, SliceEnded end)
    {
        _ended.RemoveAll(e => e.Id == entry.Id);
        _ended.Add(entry);
        Line($"{entry.Name}: {entry.State.ToString().ToLowerInvariant()}: {entry.Reason}");
    }

    public void Missed(QueueEntry entry) => Line($"{entry.Name}: {entry.Reason}");

    /// <summary>What became of the experiments that this worker ran.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("ended");
        foreach (var entry in _ended)
        {
            json.WriteStartObject();
            json.WriteNumber("id", entry.Id);
            json.WriteString("name", entry.Name);
            json.WriteString("state", entry.State.ToString().ToLowerInvariant());
            json.WriteString("reason", entry.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Line(string text)
    {
        if (quiet)
        {
            return;
        }

        lock (_lock)
        {
            output.WriteLine($"[{time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture)}] {text}");
        }
    }
}
