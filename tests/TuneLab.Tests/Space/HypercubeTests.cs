using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Space;

public sealed class HypercubeTests
{
    [Fact]
    public void Place_AnyPoint_LiesInsideAndComesBack()
    {
        for (var k = 0; k < 300; k++)
        {
            var space = SpaceExamples.Random(new Seed(4).Child(k));
            var box = SpaceExamples.RandomBox(space, new Seed(5).Child(k));
            var point = box.Place(SpaceExamples.RandomPoint(space, new Seed(6).Child(k).Random()));
            Assert.True(box.Contains(point));
            var again = box.Place(box.Relative(point));
            for (var i = 0; i < point.Length; i++)
            {
                Assert.Equal(point[i], again[i], 9);
            }
        }
    }

    [Fact]
    public void Place_Choices_GivesEachAllowedOneAnEqualCell()
    {
        var space = new SearchSpace(new ChoiceParameter("kind", "a", "b", "c", "d"));
        var box = new Hypercube(space, [0], [1], [[1, 3]]);
        var counts = Enumerable.Range(0, 1000).GroupBy(i => space.FromUnit("t", box.Place([(i + 0.5) / 1000])).Choice("kind", "")).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(new Dictionary<string, int> { ["b"] = 500, ["d"] = 500 }, counts);
        Assert.False(box.Contains([0.1]));
    }

    [Fact]
    public void Constructor_BoundsOrChoicesThatDoNotFit_ThrowsWithWords()
    {
        var space = new SearchSpace(new FloatParameter("rate", 0, 1), new ChoiceParameter("kind", "a", "b"));
        Assert.Contains("'rate': 0.6 to 0.5", Assert.Throws<ArgumentException>(() => new Hypercube(space, [0.6, 0], [0.5, 1], [null, [0]])).Message);
        Assert.Contains("'rate': -0.1 to 0.5", Assert.Throws<ArgumentException>(() => new Hypercube(space, [-0.1, 0], [0.5, 1], [null, [0]])).Message);
        Assert.Contains("'kind'", Assert.Throws<ArgumentException>(() => new Hypercube(space, [0, 0], [1, 1], [null, []])).Message);
        Assert.Contains("'kind'", Assert.Throws<ArgumentException>(() => new Hypercube(space, [0, 0], [1, 1], [null, [0, 2]])).Message);
        Assert.Contains("'kind'", Assert.Throws<ArgumentException>(() => new Hypercube(space, [0, 0], [1, 1], [null, null])).Message);
        Assert.Contains("'rate'", Assert.Throws<ArgumentException>(() => new Hypercube(space, [0, 0], [1, 1], [[0], [0]])).Message);
        Assert.Contains("2 bounds", Assert.Throws<ArgumentException>(() => new Hypercube(space, [0], [1], [null])).Message);
    }
}
