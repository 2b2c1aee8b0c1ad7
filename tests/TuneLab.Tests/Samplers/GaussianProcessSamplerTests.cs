using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Samplers;

public sealed class GaussianProcessSamplerTests
{
    [Theory]
    [InlineData("hartmann6")]
    [InlineData("rosenbrock")]
    public void FortyTrials_AgainstAHundredRandomOnes_AreBetterByASignTest(string name)
    {
        // under the hypothesis that neither is better, 10 wins of 12 or more have probability 0.019
        var function = name == "rosenbrock" ? TestFunctions.Rosenbrock(5) : TestFunctions.Hartmann6;
        var wins = Enumerable.Range(0, 12).Count(seed => Losses(function.Space, function.Evaluate, 40, seed, [Start(function.Space, seed)]).Min()
            < SamplerRun.Losses(function.Space, function.Evaluate, new RandomSampler(), 100, seed).Min());
        Assert.True(wins >= 10, $"{wins} of 12");
    }

    [Fact]
    public void MixedConditionalSpace_AgainstRandom_IsBetterByASignTest()
    {
        var space = new SearchSpace(
            new FloatParameter("rate", 0.001, 1, Scale.Log),
            new IntParameter("depth", 1, 12),
            new ChoiceParameter("kind", "plain", "extra", "dart"),
            new FloatParameter("drop", 0, 0.5) { Condition = new("kind", ["dart"]) });
        static double Loss(Configuration c)
            => Square(Math.Log10(c.Number("rate", 0) / 0.05)) + (Square(c.Number("depth", 0) - 9) / 9) + (c.Choice("kind", "") == "dart" ? Square(c.Number("drop", 0) - 0.1) : 0.5);
        var wins = Enumerable.Range(0, 12).Count(seed => Losses(space, Loss, 40, seed).Min() < SamplerRun.Losses(space, Loss, new RandomSampler(), 100, seed).Min());
        Assert.True(wins >= 10, $"{wins} of 12");
    }

    [Fact]
    public void Propose_SpaceOfFewConfigurations_TriesEachOnceAndEnds()
    {
        var space = new SearchSpace(new IntParameter("a", 1, 6), new ChoiceParameter("b", "x", "y", "z"));
        var search = new AskTell(space, new GaussianProcessSampler(), true, new Seed(2), 40);
        var asked = new List<Configuration>();
        while (search.Ask() is { } proposal)
        {
            asked.Add(proposal.Configuration);
            search.Tell(proposal.Number, proposal.Configuration.Number("a", 0));
        }

        Assert.Equal(18, asked.Count);
        Assert.Equal(18, asked.Distinct().Count());
    }

    [Fact]
    public void Propose_BatchOnOneHistory_NeverTheSameTwice()
    {
        var function = TestFunctions.Levy(3);
        var box = Hypercube.Whole(function.Space);
        var sampler = new GaussianProcessSampler();
        var random = new SeededRandom(5);
        Observation[] seen = [.. Enumerable.Range(0, 30).Select(i => SpaceExamples.RandomPoint(function.Space, random)).Select((p, i) => new Observation(i, 0, p, function.Evaluate(function.Space.FromUnit("", p)), ObservationStatus.Completed, 1, 1))];
        var batch = new List<double[]>();
        for (var i = 0; i < 8; i++)
        {
            batch.Add(sampler.Propose(new SamplerRequest(function.Space, box, new SearchHistory(seen), 30 + i, 0, null, [], new Seed(1)) { UnderWay = [.. batch] })!);
        }

        Assert.All(batch.SelectMany((a, i) => batch.Skip(i + 1).Select(b => a.Zip(b, (x, y) => Math.Abs(x - y)).Max())), distance => Assert.True(distance > 1e-6, $"{distance}"));
    }

    [Fact]
    public void Propose_Start_IsTriedFirstUnlessItWasBefore()
    {
        var space = TestFunctions.Sphere(3).Space;
        double[] start = [0.2, 0.4, 0.9];
        var request = new SamplerRequest(space, Hypercube.Whole(space), SearchHistory.Empty, 0, 1, null, [start], new Seed(1));
        Assert.Equal(start, new GaussianProcessSampler().Propose(request)!);
        Assert.Equal([0.5, 0.5, 0.5], new GaussianProcessSampler().Propose(request with { Start = [] })!);
        Assert.NotEqual(start, new GaussianProcessSampler().Propose(request with { History = new SearchHistory([new Observation(0, 0, start, 1, ObservationStatus.Completed, 1, 1)]) }));
    }

    [Fact]
    public void Propose_FailuresOnOneSide_GoesToTheOther()
    {
        // nothing is known but that a half fails
        var space = new SearchSpace(new FloatParameter("x", 0, 1), new FloatParameter("y", 0, 1));
        var search = new AskTell(space, new GaussianProcessSampler(), true, new Seed(3), 60);
        var failed = new List<bool>();
        while (search.Ask() is { } proposal)
        {
            failed.Add(proposal.Point[0] > 0.5);
            if (failed[^1])
            {
                search.TellFailed(proposal.Number);
            }
            else
            {
                search.Tell(proposal.Number, Square(proposal.Point[0] - 0.4) + Square(proposal.Point[1] - 0.4));
            }
        }

        Assert.InRange(failed.Skip(20).Count(f => f), 0, 10);
    }

    private static List<double> Losses(SearchSpace space, Func<Configuration, double> loss, int evaluations, int seed, IReadOnlyList<double[]>? start = null)
        => SamplerRun.Losses(space, loss, new GaussianProcessSampler(), evaluations, seed, start);

    // drawn anew: where a sampler without a start begins is where many functions have their optimum
    private static double[] Start(SearchSpace space, int seed) => SpaceExamples.RandomPoint(space, new Seed((ulong)seed).Child("start").Random());

    private static double Square(double x) => x * x;
}
