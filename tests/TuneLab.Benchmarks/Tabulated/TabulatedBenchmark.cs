using System.Globalization;
using TuneLab.Benchmarks.Learners;
using TuneLab.Benchmarks.Samplers;
using TuneLab.Errors;
using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Testing;
using TuneLab.Testing.Tabulated;

namespace TuneLab.Benchmarks.Tabulated;

/// <summary>
/// Samplers among tabulated runs of our own trainer: how many evaluations each needs to be where random search is after 200, as a share of 200, over seeds and tables; beside them Optuna's TPE, where a Python with
/// it is found. <c>make</c> makes the tables anew.
/// </summary>
internal static class TabulatedBenchmark
{
    private const int Evaluations = 200;
    private const double MostOfRandom = 1.0 / 3;
    private const double MostOfOptuna = 0.7;

    /// <summary>Runs those named, else all that learn, one evaluation at a time as Optuna's; a number is how many seeds, <c>--lag N</c> how many of the latest evaluations ours do not see. <value>30 seeds, a lag of 0</value></summary>
    /// <exception cref="InputException">There is no such sampler.</exception>
    public static void Run(string[] args, TextWriter output)
    {
        if (args.FirstOrDefault() == "make")
        {
            TabulatedMaker.Run(args[1..], output);
            return;
        }

        (var lag, args) = LagOption.Take(args);
        var seeds = args.Select(a => int.TryParse(a, CultureInfo.InvariantCulture, out var n) ? n : 0).FirstOrDefault(n => n > 0, 30);
        string[] ids = [.. args.Where(a => !int.TryParse(a, CultureInfo.InvariantCulture, out _))];
        ids = ids.Length > 0 ? ids : [.. SamplerCatalog.Ids.Except(["random", "grid"])];
        var wrong = Array.Find(ids, id => SamplerCatalog.Find(id) is null);
        if (wrong is not null)
        {
            throw new InputException($"There is no sampler '{wrong}'.", "The samplers are: " + string.Join(", ", SamplerCatalog.Ids) + ".");
        }

        using var optuna = TabulatedOptuna.Start(output);
        var sides = ids.Select(id => (Name: id, Losses: (Func<TabulatedRuns, int, double, List<double>>)((runs, seed, _) => TabulatedSearch.Losses(runs, SamplerCatalog.Get(id), new Seed((ulong)seed), Evaluations, lag)))).ToList();
        if (optuna is not null)
        {
            sides.Add(("Optuna's tpe", (runs, seed, goal) => optuna.Losses(runs, seed, Evaluations, goal)));
        }

        output.WriteLine("| table | " + string.Join(" | ", sides.Select(s => s.Name)) + " |");
        output.WriteLine("|---" + string.Concat(Enumerable.Repeat("|---", sides.Count)) + "|");
        var shares = sides.ConvertAll(_ => new List<double>());
        foreach (var runs in TabulatedRuns.Names.Select(TabulatedRuns.Load))
        {
            var goals = Enumerable.Range(0, seeds).Select(seed => TabulatedSearch.Losses(runs, new RandomSampler(), new Seed((ulong)seed).Child("random"), Evaluations).Min()).ToArray();
            for (var side = 0; side < sides.Count; side++)
            {
                shares[side].AddRange(goals.Select((goal, seed) => Share(sides[side].Losses(runs, seed, goal), goal)));
            }

            Row(runs.Table, shares.Select(s => Statistics.Median(s.TakeLast(seeds))));
        }

        Row("all", shares.Select(Statistics.Median));
        Row("p, median above a third", shares.Select(s => SignTest.PMedianAbove(s, MostOfRandom)));
        if (optuna is not null)
        {
            var ratios = shares.ConvertAll(s => s.Zip(shares[^1], (ours, theirs) => ours / theirs).ToList());
            Row("of Optuna's tpe, median of pairs", ratios.Select(Statistics.Median));
            Row("p, that median above 0.7", ratios.Select(r => SignTest.PMedianAbove(r, MostOfOptuna)));
        }

        void Row(string what, IEnumerable<double> figures) => output.WriteLine($"| {what} | " + string.Join(" | ", figures.Select(f => f.ToString("0.00", CultureInfo.InvariantCulture))) + " |");
    }

    // the share of the evaluations after which the goal is reached; one more than all when it is not
    private static double Share(List<double> losses, double goal) => (losses.FindIndex(l => l <= goal) is var at && at < 0 ? Evaluations + 1.0 : at + 1.0) / Evaluations;
}
