using TuneLab.Samplers;

namespace TuneLab.Benchmarks.Samplers;

/// <summary>The samplers that can race: those of the experiment file and, in builds with Microsoft.ML.AutoML, ML.NET's tuners.</summary>
internal static class RacingSamplers
{
    private static readonly Func<ISampler>[] _tuners =
    [
#if MLNET_AUTOML
        MLNet.AutoML.AutoMLSamplers.CostFrugal,
        MLNet.AutoML.AutoMLSamplers.Smac,
#endif
    ];

    /// <summary>All names, ours first.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. SamplerCatalog.Ids, .. _tuners.Select(make => make().Id)];

    /// <summary>Whether it is one of TuneLab's.</summary>
    public static bool IsOurs(string id) => SamplerCatalog.Find(id) is not null;

    /// <summary>A new instance.</summary>
    /// <exception cref="Errors.InputException">There is none of that name.</exception>
    public static ISampler Get(string id) => Array.Find(_tuners, make => make().Id == id)?.Invoke() ?? SamplerCatalog.Get(id);
}
