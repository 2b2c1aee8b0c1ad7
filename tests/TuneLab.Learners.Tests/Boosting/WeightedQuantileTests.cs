using TuneLab.Learners.Boosting.Objectives;
using TuneLab.Randomness;

namespace TuneLab.Learners.Tests.Boosting;

public sealed class WeightedQuantileTests
{
    [Theory]
    [InlineData(0.5, 2.5)]
    [InlineData(0.25, 1.5)]
    [InlineData(0.3, 2)]
    [InlineData(0, 1)]
    [InlineData(1, 4)]
    public void Of_FourNumbers_IsTheNumberWhereTheShareLies(double level, double expected) => Assert.Equal(expected, WeightedQuantile.Of([3, 1, 4, 2], [], level));

    [Fact]
    public void Of_DrawnNumbers_IsWhatSortingFindsAmongRepeatedOnes()
    {
        var random = new SeededRandom(9);
        for (var repeat = 0; repeat < 400; repeat++)
        {
            var count = 1 + random.NextInt(60);
            var values = Enumerable.Range(0, count).Select(_ => repeat % 2 == 0 ? random.NextInt(7) : random.NextNormal()).ToArray();
            var weights = values.Select(_ => 1 + random.NextInt(3)).ToArray();
            var level = repeat % 5 == 0 ? 0.5 : Math.Round(random.NextDouble(), 2);
            double[] sorted = [.. values.SelectMany((v, i) => Enumerable.Repeat(v, weights[i])).Order()];
            var place = level * sorted.Length;
            var at = (int)Math.Min(Math.Floor(place + 1e-9), sorted.Length - 1);
            var expected = Math.Abs(place - at) < 1e-9 && at > 0 ? (sorted[at - 1] + sorted[at]) / 2 : sorted[at];
            Assert.Equal(expected, WeightedQuantile.Of([.. sorted.Reverse()], [], level), 12);
            Assert.Equal(expected, WeightedQuantile.Of(values, [.. weights.Select(w => (double)w)], level), 12);
        }
    }

    [Fact]
    public void Of_AnyOrder_KeepsValuesWithTheirWeights()
    {
        double[] values = [5, 3, 8, 1, 9, 2];
        double[] weights = [50, 30, 80, 10, 90, 20];
        WeightedQuantile.Of(values, weights, 0.4);
        Assert.Equal(values.Select(v => 10 * v), weights);
        Assert.Equal([1, 2, 3, 5, 8, 9], values.Order());
    }

    [Fact]
    public void Of_ManyEqualOrSortedNumbers_TakesTimeThatGrowsWithTheirCount()
    {
        // quadratic time would be minutes
        const int count = 2_000_000;
        Assert.Equal(1, WeightedQuantile.Of([.. Enumerable.Repeat(1.0, count)], [], 0.5));
        Assert.Equal((count - 1) / 2.0, WeightedQuantile.Of([.. Enumerable.Range(0, count).Select(i => (double)i)], [], 0.5));
        Assert.Equal((count - 1) / 2.0, WeightedQuantile.Of([.. Enumerable.Range(0, count).Select(i => (double)(count - 1 - i))], [], 0.5));
    }
}
