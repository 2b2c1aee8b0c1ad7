using System.Globalization;
using TuneLab.Benchmarks.Samplers;
using TuneLab.Metrics;

namespace TuneLab.Benchmarks.Choice;

/// <summary>
/// What the choice at the end is worth: the test score of the winner that confirm names among five finalists, against that of the best validation score. Both have the same trials (they share a store); a fifth of the rows is
/// searched on, the others are the test. Validation's pick is had by a confirm with one finalist, in which the default may still win, and which is counted then.
/// </summary>
internal static class ChoiceBenchmark
{
    private const string Usual = "telco_churn adult higgs_7k covtype_20k california_housing wine_quality bike_sharing digits diabetes titanic lgbm_multiclass";

    /// <summary>Runs the tables named, else all but the smallest; the first number is trials, the second how many seeds. <value>60 trials, 3 seeds</value></summary>
    /// <exception cref="Errors.InputException">The tables are not there, or not one of that name.</exception>
    public static void Run(string[] args, TextWriter output)
    {
        var (numbers, tables) = TableArguments.Read(args, Usual.Split(' '));
        var (trials, seeds) = (numbers.ElementAtOrDefault(0) is > 0 and var t ? t : 60, numbers.ElementAtOrDefault(1) is > 0 and var n ? n : 3);
        output.WriteLine("| table, seed | metric | chosen: test score | best validation score: test score | default: test score | chosen is better by, in standard errors of a test score |");
        output.WriteLine("|---|---|---|---|---|---|");
        var gains = new List<double>();
        foreach (var table in tables)
        {
            for (var seed = 1; seed <= seeds; seed++)
            {
                gains.Add(Compare(table, trials, seed, output));
                output.Flush();
            }
        }

        double[] behind = [.. gains.Select(g => -g)];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"better {gains.Count(g => g > 0)}, the same {gains.Count(g => g == 0)}, worse {gains.Count(g => g < 0)}; mean {gains.Average():0.000}; p of no gain {OneSided.Wilcoxon(behind):0.000}, of no loss {OneSided.Wilcoxon(gains):0.000} (Wilcoxon, one-sided)"));
    }

    private static double Compare(string table, int trials, int seed, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("tunelab-bench").FullName;
        try
        {
            var (chosen, picked) = (Answer(folder, table, trials, seed, "top: 5"), Answer(folder, table, trials, seed, "top: 1, repeats: 1"));
            var better = MetricCatalog.All.First(m => m.Id == chosen.Metric).HigherIsBetter ? 1 : -1;
            var gain = (better * (chosen.Winner - picked.Winner) / chosen.Error) + 0.0; // no minus zero
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {table} {seed} | {chosen.Metric} | {chosen.Winner:G6} | {(picked.Trial == chosen.Trial ? "the same" : picked.Winner.ToString("G6", CultureInfo.InvariantCulture))} | {chosen.Default:G6} | {gain:0.00} |"));
            return gain;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (string Metric, int Trial, double Winner, double Error, double Default) Answer(string folder, string table, int trials, int seed, string confirm)
    {
        var (data, label) = SharedTables.Get(table);
        var file = Path.Combine(folder, "plan.yaml");
        var (coarse, refine) = (trials * 4 / 10, trials * 7 / 40);
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $$"""
            data: { file: '{{data}}', label: {{label}} }
            trainers: [boosting, forest, linear]
            seed: {{seed}}
            validate: { holdout: 0.8 }
            budget: { trials: {{trials}} }
            output: { folder: out }
            stages:
              - { name: coarse, sampler: random, trials: {{coarse}} }
              - { name: refine, sampler: sobol, passes: 2, trials: {{refine}} }
              - { name: polish, sampler: gp }
              - { name: confirm, {{confirm}} }

            """));
        var best = ToolProcess.Run("run", file, "--json", "--quiet", "--store", Path.Combine(folder, "store.db")).Json;
        var (winner, rival) = (best.GetProperty("best"), best.GetProperty("baseline"));
        var holdout = winner.GetProperty("holdout");
        var (low, high) = (holdout.GetProperty("low").GetDouble(), holdout.GetProperty("high").GetDouble());
        return (winner.GetProperty("metric").GetString()!, winner.GetProperty("trial").GetInt32(), holdout.GetProperty("value").GetDouble(), (high - low) / (2 * 1.96), rival.GetProperty("holdout").GetProperty("value").GetDouble());
    }
}
