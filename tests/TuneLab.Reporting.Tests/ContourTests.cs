using TuneLab.Reporting.Plots;

namespace TuneLab.Reporting.Tests;

public class ContourTests
{
    [Fact]
    public void Region_OfACone_HasTheAreaOfItsCircle()
    {
        var contour = Of((x, y) => 1 - Math.Sqrt(((x - 0.5) * (x - 0.5)) + ((y - 0.5) * (y - 0.5))), 101);
        foreach (var radius in new[] { 0.1, 0.25, 0.4 })
        {
            var outline = Assert.Single(contour.Region(1 - radius));
            Assert.Equal(Math.PI * radius * radius, Area(outline), 0.001);
        }
    }

    [Fact]
    public void Region_WithAHole_LeavesItOut()
    {
        var outlines = Of((x, y) => Math.Sqrt(((x - 0.5) * (x - 0.5)) + ((y - 0.5) * (y - 0.5))), 101).Region(0.3);

        Assert.Equal(2, outlines.Count);
        Assert.Equal(1 - (Math.PI * 0.09), outlines.Sum(Area), 0.001);
    }

    [Fact]
    public void Region_OfAPlane_IsCutStraight()
        => Assert.Equal([(0, 0.25), (1, 0.25), (1, 1), (0, 1)], Assert.Single(Of((_, y) => y, 5).Region(0.25)).OrderBy(p => p.Y).ThenBy(p => p.Y == 1 ? -p.X : p.X).Select(p => (Math.Round(p.X, 9), Math.Round(p.Y, 9))));

    [Theory]
    [InlineData(0.5)]
    [InlineData(-1)]
    public void Region_EverythingReaches_IsTheSquare(double level) => Assert.Equal(1, Area(Assert.Single(Of((_, _) => 0.5, 4).Region(level))), 12);

    [Fact]
    public void Region_NothingReaches_IsEmpty() => Assert.Empty(Of((_, _) => 0.5, 4).Region(0.6));

    [Fact]
    public void Region_AStep_EndsAtTheStep()
        => Assert.Equal(0.5, Area(Assert.Single(new Contour([0, 0.5, 0.5, 1], [0, 1], [[0, 0, 1, 1], [0, 0, 1, 1]]).Region(0.7))), 12);

    [Fact]
    public void Region_Random_HasTheAreasBetweenThem()
    {
        // however crossings fall, the parts below and above together are everything
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new TuneLab.Randomness.Seed((ulong)seed).Random();
            double[] places = [.. Enumerable.Range(0, 6).Select(i => i / 5.0)];
            IReadOnlyList<IReadOnlyList<double>> z = [.. places.Select(_ => (IReadOnlyList<double>)[.. places.Select(_ => (double)random.NextInt(4))])];
            double[] areas = [.. new[] { -0.5, 0.5, 1.5, 2.5, 3.5 }.Select(level => new Contour(places, places, z).Region(level).Sum(Area))];
            Assert.True(areas.SequenceEqual(areas.OrderDescending()), $"seed {seed}: {string.Join(' ', areas)}");
            Assert.Equal(1, areas[0], 12);
            Assert.Equal(0, areas[^1]);
        }
    }

    private static Contour Of(Func<double, double, double> height, int nodes)
    {
        double[] places = [.. Enumerable.Range(0, nodes).Select(i => i / (nodes - 1.0))];
        return new Contour(places, places, [.. places.Select(y => (IReadOnlyList<double>)[.. places.Select(x => height(x, y))])]);
    }

    // signed: an outline that runs the other way round is a hole
    private static double Area(IReadOnlyList<(double X, double Y)> outline)
        => outline.Select((p, i) => (p, q: outline[(i + 1) % outline.Count])).Sum(e => (e.p.X * e.q.Y) - (e.q.X * e.p.Y)) / 2;
}
