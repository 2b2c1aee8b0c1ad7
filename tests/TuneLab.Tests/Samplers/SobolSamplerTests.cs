using System.Globalization;
using System.Runtime.CompilerServices;
using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;

namespace TuneLab.Tests.Samplers;

public sealed class SobolSamplerTests
{
    private const int Dimensions = 100; // more than the table has

    [Fact]
    public void Directions_SixtyFourDimensions_AreThoseOfScipy()
    {
        var lines = File.ReadAllLines(Reference("sobol-directions.csv"));
        Assert.Equal(SobolDirections.Dimensions, lines.Length);
        for (var d = 0; d < lines.Length; d++)
        {
            var expected = lines[d].Split(',').Select(v => uint.Parse(v, CultureInfo.InvariantCulture)).ToArray();
            var actual = SobolDirections.Of(d).ToArray().Take(expected.Length).Select(v => v >> (32 - 30)).ToArray();
            Assert.True(expected.SequenceEqual(actual), $"dimension {d}");
        }
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(16, 4)]
    [InlineData(0, 7)]
    [InlineData(128, 7)]
    public void Propose_AlignedBlock_OnePointInEachIntervalOfEveryCoordinate(int from, int bits)
    {
        var points = Points(new SobolSampler(), Dimensions, from, 1 << bits, new Seed(3));
        for (var d = 0; d < Dimensions; d++)
        {
            Assert.Equal(Enumerable.Range(0, 1 << bits), points.Select(p => (int)(p[d] * (1 << bits))).Order());
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    public void Propose_FirstTwoCoordinates_OnePointInEveryElementaryInterval(int bits)
    {
        var points = Points(new SobolSampler(), 2, 0, 1 << bits, new Seed(4));
        for (var first = 0; first <= bits; first++)
        {
            var (columns, rows) = (1 << first, 1 << (bits - first));
            Assert.Equal(1 << bits, points.Select(p => ((int)(p[0] * columns), (int)(p[1] * rows))).Distinct().Count());
        }
    }

    [Fact]
    public void Propose_OtherSeeds_GiveOtherPointsUniformEach()
    {
        // one fixed index over many scrambles is a uniform sample: mean 1/2 within 5 standard errors
        const int seeds = 2000;
        var values = Enumerable.Range(0, seeds).Select(s => Points(new SobolSampler(), 3, 5, 1, new Seed((ulong)s))[0]).ToArray();
        for (var d = 0; d < 3; d++)
        {
            Assert.Equal(seeds, values.Select(v => v[d]).Distinct().Count());
            Assert.InRange(values.Average(v => v[d]), 0.5 - 5 * Math.Sqrt(1 / 12.0 / seeds), 0.5 + 5 * Math.Sqrt(1 / 12.0 / seeds));
        }
    }

    [Fact]
    public void Discrepancy_AnySeed_BelowThatOfRandomPoints()
    {
        for (var s = 0; s < 10; s++)
        {
            var sobol = CenteredDiscrepancy(Points(new SobolSampler(), 5, 0, 128, new Seed((ulong)s)));
            var random = CenteredDiscrepancy(Points(new RandomSampler(), 5, 0, 128, new Seed((ulong)s)));
            Assert.True(sobol < random / 3, $"seed {s}: {sobol} against {random}");
        }
    }

    [Fact]
    public void CenteredDiscrepancy_OnePointInTheMiddle_IsTheClosedForm()
        => Assert.Equal(13 / 12.0 * (13 / 12.0) - 2 + 1, CenteredDiscrepancy([[0.5, 0.5]]), 12);

    internal static List<double[]> Points(ISampler sampler, int dimensions, int from, int count, Seed seed, int? planned = null)
    {
        var space = new SearchSpace([.. Enumerable.Range(0, dimensions).Select(i => new FloatParameter("x" + i, 0, 1))]);
        var request = new SamplerRequest(space, Hypercube.Whole(space), SearchHistory.Empty, 0, 0, planned, [], seed);
        return [.. Enumerable.Range(from, count).Select(i => sampler.Propose(request with { Index = i })!)];
    }

    // the squared centred L2 discrepancy (Hickernell 1998)
    private static double CenteredDiscrepancy(List<double[]> points)
    {
        double n = points.Count;
        var single = points.Sum(p => p.Aggregate(1.0, (product, x) => product * (1 + Math.Abs(x - 0.5) / 2 - (x - 0.5) * (x - 0.5) / 2)));
        var pairs = points.Sum(p => points.Sum(q => p.Zip(q).Aggregate(1.0, (product, x) =>
            product * (1 + Math.Abs(x.First - 0.5) / 2 + Math.Abs(x.Second - 0.5) / 2 - Math.Abs(x.First - x.Second) / 2))));
        return Math.Pow(13 / 12.0, points[0].Length) - 2 / n * single + pairs / (n * n);
    }

    private static string Reference(string file, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Reference", file);
}
