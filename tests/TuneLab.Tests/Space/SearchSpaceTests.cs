using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Space;

public sealed class SearchSpaceTests
{
    [Fact]
    public void RoundTrip_RandomSpacesWithConditions_ConfigurationComesBack()
    {
        for (var k = 0; k < 500; k++)
        {
            var space = SpaceExamples.Random(new Seed(2).Child(k));
            var configuration = space.FromUnit("t", SpaceExamples.RandomPoint(space, new Seed(3).Child(k).Random()));
            Assert.True(space.Contains(configuration), $"case {k}: {configuration}");
            Assert.Equal(configuration, space.FromUnit("t", space.ToUnit(configuration)));
        }
    }

    [Fact]
    public void FromUnit_LimitedNumbers_KeepToItAndComeBack()
    {
        var (space, random, cut) = (SpaceExamples.Limited, new SeededRandom(6), 0);
        for (var k = 0; k < 2000; k++)
        {
            var point = SpaceExamples.RandomPoint(space, random);
            var configuration = space.FromUnit("t", point);
            var (depth, leaves, bins) = (configuration.Number("depth", -1), configuration.Number("leaves", -1), configuration.Number("bins", 3));
            var most = depth == 0 ? double.PositiveInfinity : Math.Pow(2, depth);
            Assert.True(leaves <= Math.Max(4, most) && bins <= Math.Max(3, most) && (bins - 3) % 4 == 0, $"case {k}: {configuration}");

            // what the limit allows is left as it is
            var free = space.Parameters[0].FromUnit(point[0]).Number;
            Assert.Equal(Math.Min(free, Math.Max(4, most)), leaves);
            cut += leaves < free ? 1 : 0;
            Assert.True(space.Contains(configuration));
            Assert.Equal(configuration, space.FromUnit("t", space.ToUnit(configuration)));
        }

        Assert.InRange(cut, 300, 1500);
    }

    [Fact]
    public void Limit_ByAValueThatIsNotSearched_HoldsToo()
    {
        var space = new SearchSpace(new IntParameter("leaves", 4, 256) { AtMostTwoTo = "depth" });
        Assert.Equal("t{depth=3,leaves=8}", space.FromUnit("t", [1], new Configuration("t", [new("depth", 3)])).Canonical);
        Assert.Equal("t{leaves=256}", space.FromUnit("t", [1]).Canonical);
        var above = new Configuration("t", [new("depth", 3), new("leaves", 200)]);
        Assert.False(space.Contains(above));
        Assert.Equal(space.ToUnit(above.With("leaves", 8)), space.ToUnit(above));
    }

    [Fact]
    public void Constructor_LimitByNoWholeNumber_SaysSo()
    {
        var limited = new IntParameter("leaves", 4, 256) { AtMostTwoTo = "depth" };
        Assert.Contains("'leaves' is at most 2^depth, which is no whole number", Assert.Throws<ArgumentException>(() => new SearchSpace(limited, new FloatParameter("depth", 1, 9))).Message);
        Assert.Throws<ArgumentException>(() => new SearchSpace(limited, new IntParameter("depth", 1, 9) { AtMostTwoTo = "leaves" }));
    }

    [Fact]
    public void FromUnit_ConditionNotMet_LeavesTheParameterOut()
    {
        var space = SpaceExamples.Mixed;
        var point = space.ToUnit(new Configuration("t", [new("kind", "dart")]));
        Assert.True(space.FromUnit("t", point).Values.ContainsKey("drop"));
        Assert.False(space.FromUnit("t", point).Values.ContainsKey("split"));
        point = space.ToUnit(new Configuration("t", [new("kind", "plain")]));
        Assert.False(space.FromUnit("t", point).Values.ContainsKey("drop"));
        Assert.True(space.FromUnit("t", point).Values.ContainsKey("split"));
    }

    [Fact]
    public void FromUnit_ParentInactive_MakesTheChildInactiveToo()
    {
        var space = new SearchSpace(
            new ChoiceParameter("a", "on", "off"),
            new ChoiceParameter("b", "on", "off") { Condition = new("a", ["on"]) },
            new IntParameter("c", 1, 9) { Condition = new("b", ["on"]) });
        Assert.Equal("t{a=off}", space.FromUnit("t", [0.9, 0.1, 0.5]).Canonical);
        Assert.Equal("t{a=on,b=on,c=5}", space.FromUnit("t", [0.1, 0.1, 0.5]).Canonical);
    }

    [Fact]
    public void FromUnit_OtherValues_AreKeptButForInactiveOnes()
    {
        var others = new Configuration("t", [new("rounds", 100), new("drop", 0.2)]);
        var configuration = SpaceExamples.Mixed.FromUnit("t", new double[7], others);
        Assert.Equal(100, configuration.Number("rounds", 0));
        Assert.False(configuration.Values.ContainsKey("drop"));
    }

    [Fact]
    public void ToUnit_MissingInactiveOutsideUnknown_AreTheMiddleTheEdgeAndTheFirstChoice()
    {
        var space = SpaceExamples.Mixed;
        var point = space.ToUnit(new Configuration("t", [new("rate", 100), new("kind", "unknown"), new("drop", 0.1), new("depth", 99), new("share", 0.149)]));
        Assert.Equal(1, point[0], 9);
        Assert.Equal(0.5, point[1]);
        Assert.Equal("plain", space.Parameters[2].FromUnit(point[2]).Name);
        Assert.Equal(0.5, point[3]);
        Assert.Equal(6, space.Parameters[4].FromUnit(point[4]).Number);
        Assert.InRange(space.Parameters[6].FromUnit(point[6]).Number, 0.1, 0.2);
    }

    [Fact]
    public void Cardinality_ProductOrNull()
    {
        Assert.Equal(1, SpaceExamples.Empty.Cardinality);
        Assert.Equal(1, SpaceExamples.Single.Cardinality);
        Assert.Null(SpaceExamples.Mixed.Cardinality);
        Assert.Equal(60, new SearchSpace(new IntParameter("a", 1, 6), new FloatParameter("b", 0.1, 1, step: 0.1)).Cardinality);
    }

    [Fact]
    public void Constructor_NameTwiceOrConditionOnNothing_ThrowsWithWords()
    {
        Assert.Contains("'a' occurs twice", Assert.Throws<ArgumentException>(() => new SearchSpace(new IntParameter("a", 1, 2), new IntParameter("a", 1, 3))).Message);
        var kind = new ChoiceParameter("kind", "x", "y");
        var late = new IntParameter("a", 1, 2) { Condition = new("kind", ["x"]) };
        Assert.Contains("depends on 'kind' = x", Assert.Throws<ArgumentException>(() => new SearchSpace(late, kind)).Message);
        Assert.Contains("depends on 'kind' = z", Assert.Throws<ArgumentException>(() => new SearchSpace(kind, late with { Condition = new("kind", ["z"]) })).Message);
        Assert.Contains("depends on 'b'", Assert.Throws<ArgumentException>(() => new SearchSpace(new IntParameter("b", 1, 2), late with { Condition = new("b", ["1"]) })).Message);
    }

    [Fact]
    public void Contains_OptionalParameterLeftOut_IsAllowed()
    {
        var space = new SearchSpace(new IntParameter("a", 1, 2), new IntParameter("b", 1, 2) { Optional = true });
        Assert.True(space.Contains(new Configuration("t", [new("a", 1)])));
        Assert.False(space.Contains(new Configuration("t", [new("b", 1)])));
        Assert.False(space.Contains(new Configuration("t", [new("a", 1), new("b", 3)])));
    }
}
