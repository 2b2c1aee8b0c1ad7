using System.Diagnostics;
using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Benchmarks.Samplers;

/// <summary>What a proposal costs on a growing history of 8 parameters, as in a search.</summary>
internal static class ProposalCost
{
    private const int Batches = 40;
    private const int Warm = 5;

    private static readonly TestFunction _function = TestFunctions.Levy(8).Shifted(new Seed(1));

    /// <summary>Milliseconds of processor time a proposal, on average.</summary>
    /// <param name="id">The sampler.</param>
    /// <param name="trials">How many there are at the beginning.</param>
    /// <param name="batch">How many proposals are made before their results are seen.</param>
    public static double Milliseconds(string id, int trials, int batch)
    {
        var (sampler, box, history) = (SamplerCatalog.Get(id), Hypercube.Whole(_function.Space), History(trials));
        void Grow(double[] point) => history.Add(Seen(history.Count, point));
        using var process = Process.GetCurrentProcess();
        var spent = TimeSpan.Zero;
        for (var i = 0; i < Batches + Warm; i++)
        {
            var seen = new SearchHistory([.. history]);
            List<double[]> underWay = [];
            process.Refresh();
            var before = process.TotalProcessorTime;
            for (var k = 0; k < batch; k++)
            {
                underWay.Add(sampler.Propose(new SamplerRequest(_function.Space, box, seen, history.Count + k, 0, null, [], new Seed(1)) { UnderWay = [.. underWay] })!);
            }

            process.Refresh();
            spent += i < Warm ? TimeSpan.Zero : process.TotalProcessorTime - before;
            underWay.ForEach(Grow);
        }

        return spent.TotalMilliseconds / (Batches * batch);
    }

    /// <summary>The random trials that each begins with.</summary>
    public static List<Observation> History(int trials)
    {
        var random = new SeededRandom(1);
        return [.. Enumerable.Range(0, trials).Select(i => Seen(i, [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble())]))];
    }

    private static Observation Seen(int number, double[] point) => new(number, 0, point, _function.Evaluate(_function.Space.FromUnit("", point)), ObservationStatus.Completed, 1, 1);
}
