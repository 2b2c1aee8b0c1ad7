using Microsoft.ML.AutoML;
using TuneLab.Samplers;

namespace TuneLab.MLNet.AutoML;

/// <summary>ML.NET AutoML's tuners as samplers of TuneLab's, to race against: for <see cref="AskTell"/> and benchmarks.</summary>
public static class AutoMLSamplers
{
    /// <summary>Cost-frugal optimisation (Wu et al. 2021) as ML.NET has it. Begins at the best point known, else in the middle.</summary>
    public static ISampler CostFrugal() => new TunerSampler("automl-cost-frugal", e => e.SetCostFrugalTuner());

    /// <summary>SMAC (Hutter et al. 2011) as ML.NET has it: random for the first 20, then expected improvement on a forest that is fitted anew every 10.</summary>
    public static ISampler Smac() => new TunerSampler("automl-smac", e => e.SetSmacTuner());
}
