using TuneLab.MLNet.AutoML;
using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Testing.Contracts;

namespace TuneLab.MLNet.Tests.AutoML;

public class CostFrugalContractTests : SamplerContract
{
    protected override string Id => "automl-cost-frugal";

    protected override ISampler New() => AutoMLSamplers.CostFrugal();
}

/// <summary>The whole contract takes SMAC minutes: this is its heart, past the first model.</summary>
public class SmacSamplerTests
{
    [Fact]
    public void Ask_AgainWithTheSameSeed_ProposesTheSameInsideTheSpace()
    {
        var space = new SearchSpace(new FloatParameter("x", -5, 10), new ChoiceParameter("kind", "a", "b", "c"));
        string[] Run()
        {
            var search = new AskTell(space, AutoMLSamplers.Smac(), true, new Seed(4), 24);
            var asked = new List<string>();
            while (search.Ask() is { } proposal)
            {
                Assert.True(space.Contains(proposal.Configuration));
                asked.Add(proposal.Configuration.Canonical);
                search.Tell(proposal.Number, Math.Pow(proposal.Configuration.Number("x", 0) - 3, 2) + (proposal.Configuration.Values["kind"].Name == "b" ? 0 : 1));
            }

            return [.. asked];
        }

        var first = Run();
        Assert.Equal(24, first.Length);
        Assert.Equal(first, Run());
    }
}
