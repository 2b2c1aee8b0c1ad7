using System.Globalization;
using TuneLab.Benchmarks.Hosting;
using TuneLab.Errors;
using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;

namespace TuneLab.Benchmarks.Samplers;

/// <summary>
/// Samplers on functions with known optima: how many evaluations each needs to be where random search is after 200, as a share of 200, medians over seeds; and what a proposal costs.
/// Beside them Optuna's TPE, where a Python with it is found, and, by name, ML.NET AutoML's tuners in builds that have them, on the same functions: each seed has its own, with the optimum elsewhere.
/// </summary>
internal static class SamplerBenchmark
{
    private const int Evaluations = 200;
    private const double MostOfOptuna = 0.7;
    private const double MostOfRandom = 1 / 3.0;

    /// <summary>Runs those named, else all that learn, one evaluation at a time as Optuna's; a number is how many seeds, <c>--lag N</c> how many of the latest evaluations ours do not see. <value>30 seeds, a lag of 0</value></summary>
    public static void Run(string[] args, TextWriter output)
    {
        (var lag, args) = LagOption.Take(args);
        var seeds = args.Select(a => int.TryParse(a, CultureInfo.InvariantCulture, out var n) ? n : 0).FirstOrDefault(n => n > 0, 30);
        string[] ids = [.. args.Where(a => !int.TryParse(a, CultureInfo.InvariantCulture, out _))];
        ids = ids.Length > 0 ? ids : ["sobol", "cma-es", "tpe", "flow2", "gp"];
        var wrong = Array.Find(ids, id => !RacingSamplers.Ids.Contains(id));
        if (wrong is not null)
        {
            throw new InputException($"There is no sampler '{wrong}'.", "The samplers are: " + string.Join(", ", RacingSamplers.Ids) + ".");
        }

        using var optuna = OptunaSampler.Start(output);
        Head(output, ["function", .. ids, .. optuna is null ? (string[])[] : ["Optuna's tpe"]]);

        // [sampler][problem][seed] shares of the evaluations
        List<double[]>[] shares = [.. ids.Append("").Select(_ => new List<double[]>())];
        foreach (var problem in Problem.All)
        {
            double[] goals = [.. Enumerable.Range(0, seeds).Select(seed => Ours(problem, "random", seed, double.NegativeInfinity, 0).Best)];
            var peer = optuna is null ? null : Shares(goals, (seed, goal) => Theirs(optuna, problem, seed, goal));
            shares[^1].Add(peer ?? []);
            var cells = new List<string>();
            for (var i = 0; i < ids.Length; i++)
            {
                var own = Shares(goals, (seed, goal) => Ours(problem, ids[i], seed, goal, lag));
                shares[i].Add(own);
                cells.Add(Text(Figures.Median(own)) + (peer is null ? "" : string.Create(CultureInfo.InvariantCulture, $" x {Figures.Median(own) / Figures.Median(peer):0.00}, p {OneSided.Sign([.. own.Zip(peer, (a, b) => a - b)]):0.###}")));
            }

            output.WriteLine($"| {problem.Name} | " + string.Join(" | ", peer is null ? cells : [.. cells, Text(Figures.Median(peer))]) + " |");
        }

        Summary(ids, shares, optuna is not null, output);
        Costs([.. ids.Where(RacingSamplers.IsOurs)], optuna, output);
    }

    // medians over the functions, and whether the bounds hold over all functions and seeds
    private static void Summary(string[] ids, List<double[]>[] shares, bool withOptuna, TextWriter output)
    {
        output.WriteLine();
        Head(output, ["over all functions", "of random's 200: median", "p that it is at most 1/3 (Wilcoxon)", .. withOptuna ? (string[])["ratio to Optuna's: median", "p that it is below 1", "p that it is at most 0.7"] : []]);
        for (var i = 0; i < ids.Length; i++)
        {
            var own = shares[i];
            string[] cells = [ids[i], Text(Figures.Median(own.Select(Figures.Median))), P(own.SelectMany(s => s).Select(s => Math.Log(s / MostOfRandom)))];
            if (withOptuna)
            {
                double[] ratios = [.. own.Zip(shares[^1]).SelectMany(pair => pair.First.Zip(pair.Second, (a, b) => Math.Log(a / b)))];
                cells = [.. cells, Text(Figures.Median(own.Zip(shares[^1], (a, b) => Figures.Median(a) / Figures.Median(b)))), P(ratios), P(ratios.Select(r => r - Math.Log(MostOfOptuna)))];
            }

            output.WriteLine("| " + string.Join(" | ", cells) + " |");
        }

        List<double[]>[] ours = [.. shares[..^1].Where((_, i) => RacingSamplers.IsOurs(ids[i]))];
        if (ours.Length > 1 && withOptuna)
        {
            var best = Figures.Median(shares[^1].Select((peer, f) => ours.Min(own => Figures.Median(own[f])) / Figures.Median(peer)));
            output.WriteLine();
            output.WriteLine("The best of ours on each function, ratio to Optuna's: median " + Text(best) + ".");
        }
    }

    // ML.NET's tuners have none here: they know no trials but those that they proposed
    private static void Costs(string[] ids, OptunaSampler? optuna, TextWriter output)
    {
        if (ids.Length == 0)
        {
            return;
        }

        output.WriteLine();
        Head(output, ["milliseconds of processor time a proposal, 8 parameters", "500 trials, batches of 8", "1,000 trials", "10,000 trials"]);
        foreach (var id in ids)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {id} | {ProposalCost.Milliseconds(id, 500, 8):0.00} | {ProposalCost.Milliseconds(id, 1000, 1):0.00} | {ProposalCost.Milliseconds(id, 10_000, 1):0.00} |"));
        }

        if (optuna is not null)
        {
            var (few, more, many) = (ProposalCost.History(500), ProposalCost.History(1000), ProposalCost.History(10_000));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| Optuna's tpe | {optuna.Milliseconds(few, 8):0.00} | {optuna.Milliseconds(more, 1):0.00} | {optuna.Milliseconds(many, 1):0.00} |"));
        }
    }

    private static double[] Shares(double[] goals, Func<int, double, ProblemRun> run)
        => [.. goals.Select((goal, seed) => run(seed, goal) is var r && r.Best <= goal ? (double)r.Count / Evaluations : 1 + (1.0 / Evaluations))];

    private static ProblemRun Ours(Problem problem, string id, int seed, double goal, int lag)
    {
        var run = problem.Run(seed);
        var root = new Seed((ulong)seed);
        var sampler = RacingSamplers.Get(id);
        var search = new AskTell(run.Space, sampler, true, root.Child(id), Evaluations, start: [Start(run.Space, root)], lag: Math.Min(lag, sampler.Lag));
        while (run.Best > goal && search.Ask() is { } proposal)
        {
            search.Tell(proposal.Number, run.Tell(proposal.Configuration));
        }

        return run;
    }

    private static ProblemRun Theirs(OptunaSampler optuna, Problem problem, int seed, double goal)
    {
        var run = problem.Run(seed);
        optuna.Search(run.Space, seed, configuration => run.Count < Evaluations && run.Tell(configuration) is var told && run.Best > goal ? told : null);
        return run;
    }

    // a start drawn anew, as Optuna's first point is
    private static double[] Start(SearchSpace space, Seed seed)
    {
        var random = seed.Child("start").Random();
        return [.. space.Parameters.Select(_ => random.NextDouble())];
    }

    private static string P(IEnumerable<double> differences) => OneSided.Wilcoxon([.. differences]).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Text(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);

    private static void Head(TextWriter output, string[] titles)
    {
        output.WriteLine("| " + string.Join(" | ", titles) + " |");
        output.WriteLine("|" + string.Concat(Enumerable.Repeat("---|", titles.Length)));
    }
}
