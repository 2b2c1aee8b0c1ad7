using TuneLab.Errors;

namespace TuneLab.Samplers;

/// <summary>The samplers by the name that the experiment file gives them. A new one is one line here.</summary>
public static class SamplerCatalog
{
    private static readonly (string Id, Func<ISampler> Make)[] _samplers =
    [
        ("random", () => new RandomSampler()),
        ("grid", () => new GridSampler()),
        ("lhs", () => new LatinHypercubeSampler()),
        ("sobol", () => new SobolSampler()),
        ("cma-es", () => new CmaEsSampler()),
        ("tpe", () => new TpeSampler()),
        ("flow2", () => new DirectSearchSampler()),
        ("nelder-mead", () => new NelderMeadSampler()),
        ("quasi-newton", () => new QuasiNewtonSampler()),
        ("gp", () => new GaussianProcessSampler()),
    ];

    /// <summary>All names, in the order to list them.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. _samplers.Select(s => s.Id)];

    /// <summary>A new instance (one for each stage pass and trainer, so that its memos serve one history), or null when there is none of that name.</summary>
    public static ISampler? Find(string id) => Array.Find(_samplers, s => s.Id == id).Make?.Invoke();

    /// <summary>A new instance.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public static ISampler Get(string id)
        => Find(id) ?? throw new InputException($"There is no sampler '{id}'; {Nearest.Hint(id, Ids, "samplers")}");
}
