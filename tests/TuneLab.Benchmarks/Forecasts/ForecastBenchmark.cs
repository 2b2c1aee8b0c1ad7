using System.Globalization;
using TuneLab.Errors;
using TuneLab.Storage;

namespace TuneLab.Benchmarks.Forecasts;

/// <summary>
/// How near the forecast of the rest is, as it stood after 20 trials: for each table and plan an experiment with a budget in trials is run once, one evaluation at a time, and its store kept; the forecast is made from the trials that had ended by then alone.
/// </summary>
internal static class ForecastBenchmark
{
    private const int After = 20;
    private const double Near = 1.5;
    private const string Usual = "iris diabetes titanic telco_churn wine_quality bike_sharing california_housing higgs_7k digits adult";

    private static readonly (string Name, string Stages)[] Plans =
    [
        ("auto", ""),
        ("staged", """
            stages:
              - { name: coarse, sampler: random, trials: 24, rows: 0.3, prune: paired }
              - { name: refine, sampler: sobol, passes: 2, trials: 12, rows: 0.6, prune: paired }
              - { name: polish, sampler: gp, trials: 12, prune: median }
              - { name: confirm, top: 2, repeats: 4 }

            """),
    ];

    /// <summary>Runs what is not in the folder yet and replays all of the tables named. <value>Ten tables; <c>runs/forecast</c> in the current folder</value></summary>
    /// <exception cref="InputException">The tables are not there, or not one of that name.</exception>
    public static void Run(string[] args, TextWriter output)
    {
        var at = Array.IndexOf(args, "--folder");
        var folder = Path.GetFullPath(at >= 0 && at + 1 < args.Length ? args[at + 1] : Path.Combine("runs", "forecast"));
        string[] tables = [.. args.Where((_, i) => at < 0 || (i != at && i != at + 1))];
        var replays = new List<Replay>();
        output.WriteLine($"| table, plan | forecast after {After} trials | took | took / forecast, wall | processor | in the interval |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var table in tables.Length > 0 ? tables : Usual.Split(' '))
        {
            foreach (var (plan, stages) in Plans)
            {
                var own = Path.Combine(folder, table + "-" + plan);
                Finish(own, table, plan, stages);
                using var store = SqliteTrialStore.Open(Path.Combine(own, "store.db"), TimeProvider.System);
                var replay = Replay.Of(store, After, Replay.Log(Path.Combine(own, "processor.csv")));
                replays.Add(replay);
                var left = replay.Then.Left!.Value;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {table} {plan} | {left.Median:0.0} s ({left.Low:0.0} to {left.High:0.0}) | {replay.Wall:0.0} s | {replay.WallRatio:0.00} | {replay.Processor:0.00} | {(left.Low <= replay.Wall && replay.Wall <= left.High ? "yes" : "no")} |"));
                output.Flush();
            }
        }

        Summary("wall", replays, r => r.WallRatio, output);
        Summary("processor", replays, r => r.Processor, output);
    }

    private static void Summary(string what, List<Replay> replays, Func<Replay, double> ratio, TextWriter output)
    {
        var known = replays.Where(r => !double.IsNaN(ratio(r))).ToList();
        var (near, held) = (known.Count(r => Math.Abs(Math.Log(ratio(r))) <= Math.Log(Near)), known.Count(r => ratio(r) * r.Then.Left!.Value.Median is var took && r.Then.Left!.Value.Low <= took && took <= r.Then.Left!.Value.High));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {near} of {known.Count} within a factor of {Near} ({(double)near / known.Count:P0}, bound 80 %); the 80 % interval holds {held} of {known.Count} ({(double)held / known.Count:P0}); median ratio {known.Select(ratio).Order().ElementAt(known.Count / 2):0.00}"));
    }

    private static void Finish(string folder, string table, string plan, string stages)
    {
        var done = Path.Combine(folder, "done");
        if (File.Exists(done))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        var (data, label) = SharedTables.Get(table);
        var file = Path.Combine(folder, "plan.yaml");
        File.WriteAllText(file, $"name: {table}-{plan}\ndata: {{ file: '{data}', label: {label} }}\ntrainers: [boosting, forest, linear]\nbudget: {{ trials: 60 }}\noutput: {{ folder: out }}\n{stages}");
        var run = ToolProcess.Run("run", file, "--quiet", "--json", "--jobs", "1", "--threads", "1", "--no-prior", "--store", Path.Combine(folder, "store.db"));
        File.WriteAllLines(Path.Combine(folder, "processor.csv"), run.Processor.Looks.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Seconds:0.000},{l.Processor:0.00}")));
        File.WriteAllText(done, "");
    }
}
