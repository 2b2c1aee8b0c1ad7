using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Samplers.Tpe;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Samplers;

public sealed class TpeSamplerTests
{
    [Theory]
    [InlineData(0.5, 1.0998767970477359)] // (1 + sum of scipy.stats.truncnorm.pdf(x, (0 - m) / s, (1 - m) / s, m, s) over m = 0.2, 0.7) / 3, s = 1/4
    [InlineData(0.05, 0.9180784712910932)]
    [InlineData(0.95, 0.7064728241997024)]
    public void LogDensity_TwoPointsOfOneNumber_IsTheMixtureOfTruncatedNormals(double x, double density)
        => Assert.Equal(density, Math.Exp(new ParzenEstimator([new([0.2], []), new([0.7], [])], [0], []).LogDensity(new([x], []))), 1e-4);

    [Fact]
    public void LogDensity_DrawnPointsOfAMixedBox_AddsUpToOne()
    {
        var random = new SeededRandom(4);
        for (var repeat = 0; repeat < 5; repeat++)
        {
            BoxPoint[] points = [.. Enumerable.Range(0, random.NextInt(12)).Select(_ => new BoxPoint([random.NextInt(4) == 0 ? double.NaN : random.NextDouble()], [random.NextInt(4) - 1]))];
            var estimator = new ParzenEstimator(points, [repeat % 2 * 0.2], [3]);
            const int steps = 2000;
            var sum = Enumerable.Range(0, 3).Sum(choice => Enumerable.Range(0, steps).Sum(k => Math.Exp(estimator.LogDensity(new([(k + 0.5) / steps], [choice]))))) / steps / 3;
            Assert.Equal(1, sum, 1e-3);
        }
    }

    [Fact]
    public void Draw_ManyPoints_FollowTheDensity()
    {
        var estimator = new ParzenEstimator([new([0.1], [0]), new([0.15], [0]), new([0.9], [2])], [0], [3]);
        var random = new SeededRandom(9);
        const int draws = 40_000;
        var counts = new double[10, 3];
        for (var i = 0; i < draws; i++)
        {
            var drawn = estimator.Draw(random);
            counts[Math.Min(9, (int)(drawn.Numbers[0] * 10)), drawn.Choices[0]]++;
        }

        for (var bin = 0; bin < 10; bin++)
        {
            for (var choice = 0; choice < 3; choice++)
            {
                var expected = Enumerable.Range(0, 100).Average(k => Math.Exp(estimator.LogDensity(new([(bin + ((k + 0.5) / 100)) / 10], [choice])))) / 30 * draws;
                Assert.InRange(counts[bin, choice], expected - (5 * Math.Sqrt(expected)), expected + (5 * Math.Sqrt(expected)));
            }
        }
    }

    [Theory]
    [InlineData("branin")]
    [InlineData("hartmann6")]
    [InlineData("levy")]
    public void Function_AgainstRandom_IsBetterByASignTest(string name)
    {
        // under the hypothesis that neither is better, 12 wins of 15 or more have probability 0.018
        var function = name switch { "branin" => TestFunctions.Branin, "hartmann6" => TestFunctions.Hartmann6, _ => TestFunctions.Levy(4) };
        var wins = Enumerable.Range(0, 15).Count(seed => Best(function.Space, function.Evaluate, new TpeSampler(), 100, seed) < Best(function.Space, function.Evaluate, new RandomSampler(), 100, seed));
        Assert.True(wins >= 12, $"{wins} of 15");
    }

    [Fact]
    public void MixedConditionalSpace_AgainstRandom_IsBetterByASignTest()
    {
        var space = new SearchSpace(
            new FloatParameter("rate", 0.001, 1, Scale.Log),
            new IntParameter("depth", 1, 12),
            new IntParameter("leaves", 2, 512, Scale.Log),
            new ChoiceParameter("kind", "plain", "extra", "dart"),
            new FloatParameter("drop", 0, 0.5) { Condition = new("kind", ["dart"]) });
        static double Loss(Configuration c)
            => Square(Math.Log10(c.Number("rate", 0) / 0.05)) + (Square(c.Number("depth", 0) - 9) / 9) + (Square(Math.Log2(c.Number("leaves", 0) / 64)) / 4) + (c.Choice("kind", "") == "dart" ? Square(c.Number("drop", 0) - 0.1) : 0.5);
        var wins = Enumerable.Range(0, 15).Count(seed => Best(space, Loss, new TpeSampler(), 120, seed) < Best(space, Loss, new RandomSampler(), 120, seed));
        Assert.True(wins >= 12, $"{wins} of 15");
    }

    [Fact]
    public void Propose_SpaceOfFewConfigurations_TriesThemAllBeforeOneAgain()
    {
        var space = new SearchSpace(new IntParameter("a", 1, 6), new ChoiceParameter("b", "x", "y", "z"));
        var search = new AskTell(space, new TpeSampler(), true, new Seed(2), 40);
        var asked = new List<Configuration>();
        while (search.Ask() is { } proposal)
        {
            asked.Add(proposal.Configuration);
            search.Tell(proposal.Number, proposal.Configuration.Number("a", 0));
        }

        Assert.Equal(18, asked.Distinct().Count());
    }

    private static double Best(SearchSpace space, Func<Configuration, double> loss, ISampler sampler, int evaluations, int seed) => SamplerRun.Losses(space, loss, sampler, evaluations, seed).Min();

    private static double Square(double x) => x * x;
}
