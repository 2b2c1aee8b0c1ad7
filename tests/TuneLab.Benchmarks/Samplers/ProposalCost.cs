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

    /// <summary>Milliseconds of processor time a proposal, on average.</summary>
    /// <param name="id">The sampler.</param>
    /// <param name="trials">How many there are at the beginning.</param>
    /// <param name="batch">How many proposals are made before their results are seen.</param>
    public static double Milliseconds(string id, int trials, int batch)
    {
        var function = TestFunctions.Levy(8).Shifted(new Seed(1));
        var (random, sampler, box) = (new SeededRandom(1), SamplerCatalog.Get(id), Hypercube.Whole(function.Space));
        List<Observation> history = [];
        void Grow(double[] point) => history.Add(new Observation(history.Count, 0, point, function.Evaluate(function.Space.FromUnit("", point)), ObservationStatus.Completed, 1, 1));
        while (history.Count < trials)
        {
            Grow([.. Enumerable.Range(0, 8).Select(_ => random.NextDouble())]);
        }

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
                underWay.Add(sampler.Propose(new SamplerRequest(function.Space, box, seen, history.Count + k, 0, null, [], new Seed(1)) { UnderWay = [.. underWay] })!);
            }

            process.Refresh();
            spent += i < Warm ? TimeSpan.Zero : process.TotalProcessorTime - before;
            underWay.ForEach(Grow);
        }

        return spent.TotalMilliseconds / (Batches * batch);
    }
}
