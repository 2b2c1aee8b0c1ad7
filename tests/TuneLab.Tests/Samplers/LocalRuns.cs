using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Samplers;

/// <summary>What local samplers are tested for alike.</summary>
internal static class LocalRuns
{
    /// <summary>A start drawn anew, so that none is in the middle by chance.</summary>
    public static double[][] Start(SearchSpace space, int seed) => [SpaceExamples.RandomPoint(space, new Seed((ulong)seed).Child("start").Random())];

    /// <summary>Half of the space fails, and some of the rest ends pruned with a loss that looks good; the optimum lies on the border of the failures.</summary>
    public static void FindsTheOptimumBesideFailures(ISampler sampler, int evaluations, double loss)
    {
        var space = TestFunctions.Sphere(3).Space;
        var (observations, box) = (new List<Observation>(), Hypercube.Whole(space));
        double[][] start = [[0.3, 0.8, 0.7]];
        for (var i = 0; i < evaluations; i++)
        {
            var point = sampler.Propose(new SamplerRequest(space, box, new SearchHistory(observations[..Math.Max(0, i - sampler.Lag)]), i, 0, null, start, new Seed(5)))!;
            var status = point[0] > 0.5 ? ObservationStatus.Failed : point[1] > 0.9 ? ObservationStatus.Pruned : ObservationStatus.Completed;
            observations.Add(new Observation(i, 0, point, status switch { ObservationStatus.Failed => double.NaN, ObservationStatus.Pruned => -1, _ => point.Sum(x => (x - 0.5) * (x - 0.5)) }, status, 1, 1));
        }

        Assert.InRange(observations.Where(o => o.Status == ObservationStatus.Completed).Min(o => o.Loss), 0, loss);
    }

    /// <summary>The best choice is another one than the start's, and has a number of its own.</summary>
    public static void FindsAnotherChoice(Func<ISampler> make, int evaluations)
    {
        var space = new SearchSpace(
            new FloatParameter("rate", 0.001, 1, Scale.Log),
            new IntParameter("depth", 1, 12),
            new IntParameter("leaves", 2, 512, Scale.Log),
            new ChoiceParameter("kind", "plain", "extra", "dart"),
            new FloatParameter("drop", 0, 0.5) { Condition = new("kind", ["dart"]) });
        var start = space.ToUnit(new Configuration("t", [new("rate", 0.5), new("depth", 2), new("leaves", 4), new("kind", "plain")]));
        for (var seed = 0; seed < 5; seed++)
        {
            var search = new AskTell(space, make(), true, new Seed((ulong)seed), evaluations, start: [start]);
            while (search.Ask() is { } proposal)
            {
                search.Tell(proposal.Number, Loss(proposal.Configuration));
            }

            var best = search.Best!.Proposal.Configuration;
            Assert.True(best.Choice("kind", "") == "dart" && search.Best.Score < 0.1, $"seed {seed}: {search.Best.Score} at {best}");
        }

        static double Loss(Configuration c)
            => Math.Pow(Math.Log10(c.Number("rate", 0) / 0.05), 2) + (Math.Pow(c.Number("depth", 0) - 9, 2) / 9) + (Math.Pow(Math.Log2(c.Number("leaves", 0) / 64), 2) / 4)
                + (c.Choice("kind", "") == "dart" ? Math.Pow(c.Number("drop", 0) - 0.1, 2) : 0.5);
    }

    /// <summary>Eighteen configurations.</summary>
    public static void TriesAllBeforeOneAgain(ISampler sampler)
    {
        var space = new SearchSpace(new IntParameter("a", 1, 6), new ChoiceParameter("b", "x", "y", "z"));
        var search = new AskTell(space, sampler, true, new Seed(2), 18);
        var asked = new HashSet<Configuration>();
        while (search.Ask() is { } proposal)
        {
            Assert.True(asked.Add(proposal.Configuration), $"proposal {proposal.Number} repeats {proposal.Configuration}");
            search.Tell(proposal.Number, proposal.Configuration.Number("a", 0));
        }

        Assert.Equal(18, asked.Count);
    }
}
