using TuneLab.Metrics;

namespace TuneLab.Testing.Curves;

/// <summary>The metric of a stored run by its id, whatever its task.</summary>
internal static class StoredMetric
{
    public static Metric Of(string id) => MetricCatalog.All.First(m => m.Id == id);
}
