using TuneLab.Experiments;
using TuneLab.Scheduling.Worker;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Tests.Worker;

/// <summary>Keeps what a worker tells, a line each.</summary>
internal sealed class ToldMonitor : IWorkerMonitor
{
    public List<string> Lines { get; } = [];

    public void Started(QueueEntry entry) => Lines.Add($"{entry.Name} started");

    public void Note(QueueEntry? entry, string text) => Lines.Add($"{entry?.Name}: {text}");

    public void Waiting(string reason) => Lines.Add("waits: " + reason);

    public void Rested(QueueEntry entry, bool rests, string reason) => Lines.Add($"{entry.Name} {(rests ? "rests: " + reason : "goes on")}");

    public void Scored(QueueEntry entry, SliceScored scored) => Lines.Add(string.Create(CultureInfo.InvariantCulture, $"{entry.Name} ({entry.Experiment}) has {scored.Metric} {scored.Score}"));

    public void Ended(QueueEntry entry, SliceEnded end) => Lines.Add($"{entry.Name} ended {end.How}");

    public void Missed(QueueEntry entry) => Lines.Add($"{entry.Name} missed");
}
