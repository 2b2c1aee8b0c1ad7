using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;

namespace TuneLab.Tests.Samplers;

/// <summary>A sampler on a function, asked and told one after another.</summary>
internal static class SamplerRun
{
    /// <summary>The losses in the order of the proposals.</summary>
    public static List<double> Losses(SearchSpace space, Func<Configuration, double> loss, ISampler sampler, int evaluations, int seed, IReadOnlyList<double[]>? start = null)
    {
        var losses = new List<double>();
        var search = new AskTell(space, sampler, true, new Seed((ulong)seed), evaluations, start: start);
        while (search.Ask() is { } proposal)
        {
            losses.Add(loss(proposal.Configuration));
            search.Tell(proposal.Number, losses[^1]);
        }

        return losses;
    }
}
