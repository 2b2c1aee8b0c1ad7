using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Testing;
using Xunit.Abstractions;

namespace TuneLab.Tests.Samplers;

/// <summary>The stages of an experiment as a library user would write them: random, twice Sobol in a smaller box, CMA-ES from the best.</summary>
public sealed class StagedSearchQualityTests(ITestOutputHelper output)
{
    private const int Coarse = 64, Refine = 24, Polish = 40, Runs = 15;

    public static TheoryData<string> Functions => ["branin", "hartmann6", "rosenbrock", "levy", "rotated ellipsoid"];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Stages_AgainstRandomOfTheSameBudget_AreBetterByASignTest(string name)
    {
        var function = All().Single(f => f.Name == name);
        var staged = Enumerable.Range(0, Runs).Select(seed => Staged(function, new Seed((ulong)seed)) - function.Optimum).ToArray();
        var random = Enumerable.Range(0, Runs).Select(seed => Search(function, new RandomSampler(), Coarse + 2 * Refine + Polish, Hypercube.Whole(function.Space), [], new Seed((ulong)seed)).Min(o => o.Loss) - function.Optimum).ToArray();
        output.WriteLine($"{name}: regret (median of {Runs}) {staged.Order().ElementAt(Runs / 2):G3} staged, {random.Order().ElementAt(Runs / 2):G3} random");

        // 12 wins of 15 or more have probability 0.018 when neither is better
        var wins = staged.Zip(random).Count(p => p.First < p.Second);
        Assert.True(wins >= 12, $"{name}: {wins} of {Runs}");
    }

    private static double Staged(TestFunction function, Seed seed)
    {
        var box = Hypercube.Whole(function.Space);
        var all = Search(function, new RandomSampler(), Coarse, box, [], seed.Child("coarse"));
        for (var pass = 0; pass < 2; pass++)
        {
            box = HypercubeShrinker.Shrink(box, Ranked(all), 0.2, 0.5).Box;
            all.AddRange(Search(function, new SobolSampler(), Refine, box, [], seed.Child(pass)));
        }

        all.AddRange(Search(function, new CmaEsSampler(), Polish, box, [Ranked(all)[0].Point], seed.Child("polish")));
        return all.Min(o => o.Loss);
    }

    private static Observation[] Ranked(List<Observation> all) => [.. all.OrderBy(o => o.Loss)];

    private static List<Observation> Search(TestFunction function, ISampler sampler, int trials, Hypercube box, double[][] start, Seed seed)
    {
        var search = new AskTell(function.Space, sampler, true, seed, trials, box, start);
        var seen = new List<Observation>();
        while (search.Ask() is { } proposal)
        {
            var loss = function.Evaluate(proposal.Configuration);
            search.Tell(proposal.Number, loss);
            seen.Add(new Observation(proposal.Number, 0, proposal.Point, loss, ObservationStatus.Completed, 1, 1));
        }

        return seen;
    }

    private static TestFunction[] All()
        => [TestFunctions.Branin, TestFunctions.Hartmann6, TestFunctions.Rosenbrock(4), TestFunctions.Levy(4), TestFunctions.RotatedEllipsoid(5, 1e3, new Seed(1))];
}
