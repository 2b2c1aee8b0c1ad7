using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Samplers;

public sealed class DirectSearchSamplerTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void Sphere_AgainstRandom_IsBetterByASignTest(int dimensions)
    {
        // under the hypothesis that neither is better, 12 wins of 15 or more have probability 0.018
        var function = TestFunctions.Sphere(dimensions);
        var wins = Enumerable.Range(0, 15).Count(seed => Losses(function, new DirectSearchSampler(), 150, seed, Corner(function)).Min() < Losses(function, new RandomSampler(), 150, seed, []).Min());
        Assert.True(wins >= 12, $"{wins} of 15");
    }

    [Fact]
    public void Start_Given_IsTriedFirstAndStepsFromItAreShort()
    {
        var function = TestFunctions.Sphere(4);
        var start = Corner(function)[0];
        var search = new AskTell(function.Space, new DirectSearchSampler(), true, new Seed(1), 40, start: [start]);
        var points = new List<double[]>();
        while (search.Ask() is { } proposal)
        {
            points.Add(proposal.Point);
            search.Tell(proposal.Number, function.Evaluate(proposal.Configuration));
        }

        Assert.Equal(start, points[0]);
        for (var i = 2; i < points.Count; i++)
        {
            // a tenth of the diagonal from one of the points before
            Assert.True(points[..i].Min(p => Math.Sqrt(p.Zip(points[i], (a, b) => (a - b) * (a - b)).Sum())) <= 0.2 + 1e-9);
        }
    }

    [Fact]
    public void Run_LongAfterItConverged_HasStartedAgainElsewhere()
    {
        var function = TestFunctions.Sphere(2);
        var losses = Losses(function, new DirectSearchSampler(), 600, 3, []);
        Assert.InRange(losses.Min(), 0, 1e-2);
        Assert.True(losses.Skip(200).Max() > 10, "it never left the optimum");
    }

    private static double[][] Corner(TestFunction function) => [[.. function.Space.Parameters.Select(_ => 0.9)]];

    private static List<double> Losses(TestFunction function, ISampler sampler, int evaluations, int seed, double[][] start) => SamplerRun.Losses(function.Space, function.Evaluate, sampler, evaluations, seed, start);
}
