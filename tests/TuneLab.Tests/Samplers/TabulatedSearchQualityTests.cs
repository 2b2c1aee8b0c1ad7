using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Testing;
using TuneLab.Testing.Tabulated;

namespace TuneLab.Tests.Samplers;

/// <summary>A small part of <c>TuneLab.Benchmarks -- tabulated</c>, whose bound is a third: that a sampler which learns is far ahead of random search on losses of our own trainer.</summary>
public sealed class TabulatedSearchQualityTests
{
    private const int Evaluations = 200;
    private const int Seeds = 8;

    [Theory]
    [Trait("Category", "Statistics")]
    [InlineData("tpe")]
    [InlineData("flow2")]
    public void Losses_AgainstRandom_AreThereAfterHalfTheTrialsByASignTest(string id)
    {
        var shares = new List<double>();
        foreach (var runs in TabulatedRuns.Names.Select(TabulatedRuns.Load))
        {
            for (var seed = 0; seed < Seeds; seed++)
            {
                var goal = TabulatedSearch.Losses(runs, new RandomSampler(), new Seed((ulong)seed).Child("random"), Evaluations).Min();
                var at = TabulatedSearch.Losses(runs, SamplerCatalog.Get(id), new Seed((ulong)seed), Evaluations).FindIndex(l => l <= goal);
                shares.Add(at < 0 ? 2 : (at + 1.0) / Evaluations);
            }
        }

        var p = SignTest.PMedianAbove(shares, 0.5);
        Assert.True(p < 0.05, $"p = {p:0.000}, shares {string.Join(' ', shares.Order().Select(s => s.ToString("0.00")))}");
    }
}
