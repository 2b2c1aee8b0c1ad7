using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Samplers;

public sealed class GridSamplerTests
{
    [Fact]
    public void Propose_DiscreteSpaceWithoutPlan_IsEveryConfigurationOnce()
    {
        var space = new SearchSpace(new IntParameter("a", 1, 4), new ChoiceParameter("b", "x", "y", "z"), new FloatParameter("c", 0, 1, step: 0.5));
        var all = All(space, null);
        Assert.Equal(36, all.Count);
        Assert.Equal(36, all.Distinct().Count());
        Assert.Equal("t{a=1,b=x,c=0}", all[0].Canonical);
        Assert.Equal("t{a=1,b=x,c=0.5}", all[1].Canonical);
        Assert.Equal("t{a=4,b=z,c=1}", all[^1].Canonical);
    }

    [Fact]
    public void Propose_ConditionalParameters_NoConfigurationTwice()
    {
        var space = new SearchSpace(new ChoiceParameter("kind", "plain", "dart"), new IntParameter("drop", 1, 5) { Condition = new("kind", ["dart"]) }, new IntParameter("depth", 1, 3));
        var all = All(space, null);
        Assert.Equal(3 + 15, all.Count);
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public void Propose_LimitedNumber_NoConfigurationTwice()
    {
        var all = All(new SearchSpace(new IntParameter("leaves", 2, 6) { AtMostTwoTo = "depth" }, new IntParameter("depth", 0, 3)), null);
        Assert.Equal(5 + 1 + 3 + 5, all.Distinct().Count());
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public void Propose_Numbers_IncludeBothEnds()
    {
        var all = All(new SearchSpace(new FloatParameter("rate", 0.001, 10, Scale.Log)), null);
        Assert.Equal([0.001, 0.01, 0.1, 1, 10], all.Select(c => c.Number("rate", 0)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(1000)]
    public void Propose_Planned_IsTheLargestGridThatFits(int planned)
    {
        var space = SpaceExamples.Mixed;
        var levels = GridSampler.Levels(Hypercube.Whole(space), planned);
        var product = levels.Aggregate(1L, (p, l) => p * l);
        Assert.InRange(product, 1, planned);
        for (var i = 0; i < levels.Length; i++)
        {
            Assert.True(levels[i] == space.Parameters[i].Cardinality || product / levels[i] * (levels[i] + 1) > planned, $"{space.Parameters[i].Name} could have more than {levels[i]} levels");
        }

        Assert.InRange(All(space, planned).Count, 1, planned);
    }

    [Fact]
    public void Propose_BoxThatCutsCells_ProposesTheValuesInside()
    {
        var space = new SearchSpace(new IntParameter("a", 1, 10));
        var box = new Hypercube(space, [0.28], [0.51], [null]);
        Assert.Equal([3, 4, 5, 6], All(space, null, box).Select(c => c.Number("a", 0)));
    }

    private static List<Configuration> All(SearchSpace space, int? planned, Hypercube? box = null)
    {
        var search = new AskTell(space, new GridSampler(), true, new Seed(1), planned, box, trainer: "t");
        var all = new List<Configuration>();
        while (search.Ask() is { } proposal)
        {
            all.Add(proposal.Configuration);
        }

        return all;
    }
}
