using System.Diagnostics;
using System.Globalization;
using TuneLab.Benchmarks.Hosting;
using TuneLab.Errors;
using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Benchmarks.Samplers;

/// <summary>
/// Samplers on functions with known optima: how many evaluations each needs to be where random search is after 200, as a share of 200, medians over seeds; and what a proposal costs.
/// Beside them Optuna's TPE, where a Python with it is found.
/// </summary>
internal static class SamplerBenchmark
{
    private const int Evaluations = 200;

    private static readonly TestFunction[] Functions =
    [
        TestFunctions.Branin, TestFunctions.Hartmann6, TestFunctions.Ackley(4), TestFunctions.Ackley(10), TestFunctions.Rosenbrock(5), TestFunctions.Levy(4), TestFunctions.Levy(10), TestFunctions.Sphere(8),
    ];

    /// <summary>Runs those named, else all; a number is how many seeds. <value>30 seeds</value></summary>
    public static void Run(string[] args, TextWriter output)
    {
        var seeds = args.Select(a => int.TryParse(a, CultureInfo.InvariantCulture, out var n) ? n : 0).FirstOrDefault(n => n > 0, 30);
        string[] ids = [.. args.Where(a => !int.TryParse(a, CultureInfo.InvariantCulture, out _))];
        ids = ids.Length > 0 ? ids : ["sobol", "cma-es", "tpe", "flow2"];
        var wrong = Array.Find(ids, id => SamplerCatalog.Find(id) is null);
        if (wrong is not null)
        {
            throw new InputException($"There is no sampler '{wrong}'.", "The samplers are: " + string.Join(", ", SamplerCatalog.Ids) + ".");
        }

        using var optuna = OptunaSampler.Start(output);
        output.WriteLine("| function | " + string.Join(" | ", ids) + (optuna is null ? " |" : " | Optuna's tpe |"));
        output.WriteLine("|---" + string.Concat(Enumerable.Repeat("|---", ids.Length + (optuna is null ? 0 : 1))) + "|");
        foreach (var function in Functions)
        {
            var goals = Enumerable.Range(0, seeds).Select(seed => Track(new AskTell(function.Space, new RandomSampler(), true, new Seed((ulong)seed).Child("random"), Evaluations), function).Min()).ToArray();
            List<double> shares = [.. ids.Select(id => Share(goals, seed => Track(new AskTell(function.Space, SamplerCatalog.Get(id), true, new Seed((ulong)seed), Evaluations, start: [Start(function.Space, seed)]), function)))];
            if (optuna is not null)
            {
                shares.Add(Share(goals, seed => optuna.Track(function, seed, Evaluations)));
            }

            output.WriteLine($"| {function.Name} {function.Space.Dimensions} | " + string.Join(" | ", shares.Select(s => s.ToString("0.00", CultureInfo.InvariantCulture))) + " |");
        }

        output.WriteLine();
        output.WriteLine("| milliseconds a proposal, 8 parameters | 1,000 trials | 10,000 trials |");
        output.WriteLine("|---|---|---|");
        foreach (var id in ids)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {id} | {Milliseconds(id, 1000):0.00} | {Milliseconds(id, 10_000):0.00} |"));
        }
    }

    // a start drawn anew: the optimum of many functions is in the middle, where a sampler without a start would begin
    private static double[] Start(SearchSpace space, int seed)
    {
        var random = new Seed((ulong)seed).Child("start").Random();
        return [.. space.Parameters.Select(_ => random.NextDouble())];
    }

    // the median share of the evaluations after which the goal is reached; one more than all when it is not
    private static double Share(double[] goals, Func<int, List<double>> losses)
        => Figures.Median(goals.Select((goal, seed) => losses(seed).FindIndex(l => l <= goal) is var at && at < 0 ? 1 + (1.0 / Evaluations) : (at + 1.0) / Evaluations));

    private static List<double> Track(AskTell search, TestFunction function)
    {
        var losses = new List<double>();
        while (search.Ask() is { } proposal)
        {
            losses.Add(function.Evaluate(proposal.Configuration));
            search.Tell(proposal.Number, losses[^1]);
        }

        return losses;
    }

    // one after another on a growing history, as in a search
    private static double Milliseconds(string id, int trials)
    {
        const int repeats = 50;
        var function = TestFunctions.Levy(8);
        var (random, sampler, box) = (new SeededRandom(1), SamplerCatalog.Get(id), Hypercube.Whole(function.Space));
        List<Observation> history = [];
        void Grow()
        {
            double[] point = [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble())];
            history.Add(new Observation(history.Count, 0, point, function.Evaluate(function.Space.FromUnit("", point)), ObservationStatus.Completed, 1, 1));
        }

        while (history.Count < trials)
        {
            Grow();
        }

        var spent = new List<double>();
        for (var i = 0; i < repeats; i++, Grow())
        {
            var request = new SamplerRequest(function.Space, box, new SearchHistory([.. history]), history.Count, 0, null, [], new Seed(1));
            var clock = Stopwatch.StartNew();
            sampler.Propose(request);
            spent.Add(clock.Elapsed.TotalMilliseconds);
        }

        return Figures.Median(spent.Skip(5));
    }
}
