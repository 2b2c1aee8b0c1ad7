using System.Globalization;
using TuneLab.Benchmarks.Learners;
using TuneLab.Metrics;

namespace TuneLab.Benchmarks.Staging;

/// <summary>
/// Whether stages pay: full-data random search with <c>boosting</c> for a time (nothing pruned: each trial on all rows and folds), then the default plan with the same trainer, time, folds and seed. How much processor time passes until the second has a trial on all rows
/// that scores no worse than the first one's best, as a share of what the first took in all.
/// </summary>
internal static class StagingBenchmark
{
    private const double Bound = 1.0 / 7;

    // those of more than 10,000 rows
    private static readonly string[] Usual = ["bike_sharing", "covtype_20k", "california_housing", "adult"];

    /// <summary>Runs those named, else the usual ones; the first number is seconds, the second how many seeds. <value>60 seconds, 1 seed</value></summary>
    /// <exception cref="Errors.InputException">The tables are not there, or not one of that name.</exception>
    public static void Run(string[] args, TextWriter output)
    {
        var (numbers, tables) = TableArguments.Read(args, Usual);
        var (seconds, seeds) = (numbers.ElementAtOrDefault(0) is > 0 and var s ? s : 60, numbers.ElementAtOrDefault(1) is > 0 and var n ? n : 1);
        output.WriteLine($"| table, seed | random search: trials on all rows, best | processor seconds | default plan: trials on all rows, best | reached by trial, after wall and processor seconds | share (bound {Bound:0.00}) |");
        output.WriteLine("|---|---|---|---|---|---|");
        var shares = new List<double>();
        foreach (var table in tables)
        {
            for (var seed = 1; seed <= seeds; seed++)
            {
                var random = Measure(table, seconds, seed, "stages:\n  - { name: coarse, sampler: random, prune: none }\n  - { name: confirm, top: 1, repeats: 1 }\n");
                var staged = Measure(table, seconds, seed, "");
                output.WriteLine($"| {table} {seed} | " + Compare(random, staged, shares) + " |");
            }
        }

        output.WriteLine($"| median | | | | | {Share(Statistics.Median(shares))} |");
    }

    private static string Compare(Search random, Search staged, List<double> shares)
    {
        if (random.Best is not { } goal)
        {
            return "none ended in time | | | |";
        }

        var all = random.Processor.At(random.Trials[^1].FinishedSeconds);
        var hit = staged.Trials.FirstOrDefault(t => staged.Gain(t.Score) >= random.Gain(goal.Score));
        var spent = hit is null ? double.PositiveInfinity : staged.Processor.At(hit.FinishedSeconds);
        shares.Add(spent / all);
        var reached = hit is null ? "never" : string.Create(CultureInfo.InvariantCulture, $"{hit.Number}, {hit.FinishedSeconds:0.0}, {spent:0.0}");
        return string.Create(CultureInfo.InvariantCulture, $"{random.Trials.Count}, {goal.Score:G6} | {all:0.0} | {staged.Trials.Count}, {staged.Best?.Score:G6} | {reached} | {Share(spent / all)}");
    }

    private static string Share(double share) => double.IsNaN(share) ? "nothing to compare" : double.IsFinite(share) ? share.ToString("0.000", CultureInfo.InvariantCulture) : "never";

    private static Search Measure(string table, int seconds, int seed, string stages)
    {
        var folder = Directory.CreateTempSubdirectory("tunelab-bench").FullName;
        try
        {
            var (data, label) = SharedTables.Get(table);
            var file = Path.Combine(folder, "plan.yaml");
            File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"data: {{ file: '{data}', label: {label} }}\ntrainers: boosting\nseed: {seed}\nbudget: {{ time: {seconds}s }}\noutput: {{ folder: out, refit: false }}\n{stages}"));
            var run = ToolProcess.Try("run", file, "--json", "--quiet", "--store", Path.Combine(folder, "store.db"));
            if (run.ExitCode != 0)
            {
                return new Search([], run.Processor, score => score);
            }

            var higher = MetricCatalog.All.First(m => m.Id == run.Json.GetProperty("best").GetProperty("metric").GetString()).HigherIsBetter;
            return new Search([.. TrialsTable.Searched(Path.Combine(folder, "out")).Where(t => t.Rows == 1)], run.Processor, score => higher ? score : -score);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
