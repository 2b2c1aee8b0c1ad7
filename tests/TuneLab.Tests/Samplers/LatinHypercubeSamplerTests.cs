using TuneLab.Randomness;
using TuneLab.Samplers;

namespace TuneLab.Tests.Samplers;

public sealed class LatinHypercubeSamplerTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(17, 17)]
    [InlineData(null, LatinHypercubeSampler.BlockWithoutPlan)]
    public void Propose_WholeDesign_OnePointInEachStratumOfEveryCoordinate(int? planned, int size)
    {
        for (var block = 0; block < 3; block++)
        {
            var points = SobolSamplerTests.Points(new LatinHypercubeSampler(), 6, block * size, size, new Seed(5), planned);
            for (var d = 0; d < 6; d++)
            {
                Assert.Equal(Enumerable.Range(0, size), points.Select(p => (int)(p[d] * size)).Order());
            }
        }
    }

    [Fact]
    public void Propose_TwoCoordinates_AreShuffledApart()
    {
        var points = SobolSamplerTests.Points(new LatinHypercubeSampler(), 2, 0, 200, new Seed(6), 200);
        var covariance = points.Average(p => (p[0] - 0.5) * (p[1] - 0.5));
        Assert.InRange(covariance * 12, -0.3, 0.3);
    }
}
