using System.Text.Json;
using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Experiments;

/// <summary>What a stored experiment optimises, read from its plan.</summary>
public static class StoredObjective
{
    /// <summary>The objective; null when this build does not know it.</summary>
    public static Objective? Of(ExperimentRecord record)
    {
        using var document = JsonDocument.Parse(record.Plan);
        if (document.RootElement.TryGetProperty("metric", out var said) && said.ValueKind == JsonValueKind.Object)
        {
            return new ReportedScore(said.GetProperty("name").GetString()!, said.GetProperty("direction").GetString() == "maximize"); // a program's
        }

        return document.RootElement.TryGetProperty("metric", out var metric) && document.RootElement.TryGetProperty("task", out var task)
            && Enum.TryParse<LearningTask>(task.GetString(), ignoreCase: true, out var settled)
            ? MetricCatalog.Find(metric.GetString() ?? "", settled)
            : null;
    }
}
