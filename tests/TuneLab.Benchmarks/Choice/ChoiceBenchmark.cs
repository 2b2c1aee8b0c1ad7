using System.Globalization;
using TuneLab.Analysis;
using TuneLab.Benchmarks.Samplers;
using TuneLab.Data;
using TuneLab.Engines;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Training.Packaging;

namespace TuneLab.Benchmarks.Choice;

/// <summary>
/// What the choice at the end is worth: the score on fresh rows of the winner that confirm names among five finalists, against that of the finalist with the best validation score, both refitted by the same run. A fifth of
/// the rows (120 at least) is searched on, the others are the test.
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
        output.WriteLine("| table, seed | metric | chosen: test score | best validation score: test score | chosen is better by, in standard errors of a test score |");
        output.WriteLine("|---|---|---|---|---|");
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
            var (data, label) = SharedTables.Get(table);
            var (train, test) = Split(data, folder, new Seed((ulong)seed).Child("choice"));
            var models = Finalists(folder, train, label, trials, seed);
            var (chosen, metric) = (models[0], MetricCatalog.Get(models[0].Card.Metric, models[0].Card.Task));
            var picked = models.OrderBy(m => m.Card.Scores["validation." + metric.Id], Comparer<double>.Create(metric.Compare)).First();
            var rows = TaskTableBuilder.Build(CsvDatasetReader.Read(test), new DataRoles { Label = label }, chosen.Card.Task);
            if (!rows.Classes.SequenceEqual(chosen.Card.Classes))
            {
                throw new InvalidOperationException($"The rows of {table} that are searched on with seed {seed} have not the classes of the others.");
            }

            var (own, rival) = (Score(chosen), Score(picked));
            var gain = picked == chosen ? 0 : (metric.HigherIsBetter ? 1 : -1) * (own.Value - rival.Value) / ((own.Interval!.High - own.Interval.Low) / (2 * 1.96));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {table} {seed} | {metric.Id} | {own.Value:G6} | {(picked == chosen ? "the same" : rival.Value.ToString("G6", CultureInfo.InvariantCulture))} | {gain:0.00} |"));
            return gain;

            BootstrapScore Score(PredictionModel model) => PairedBootstrap.Single(metric, new Predictions(rows.Task, rows.Target, model.Predict(model.Read(test), Environment.ProcessorCount), rows.Outputs), new Seed(1));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // lines in another order: none of the tables has a value with a line break
    private static (string Train, string Test) Split(string data, string folder, Seed seed)
    {
        var lines = File.ReadAllLines(data);
        var rows = lines[1..];
        seed.Random().Shuffle(rows.AsSpan());
        var count = Math.Max(rows.Length / 5, 120);
        var (train, test) = (Path.Combine(folder, "train.csv"), Path.Combine(folder, "test.csv"));
        File.WriteAllLines(train, rows[..count].Prepend(lines[0]));
        File.WriteAllLines(test, rows[count..].Prepend(lines[0]));
        return (train, test);
    }

    // the winner first; the default is one of them
    private static List<PredictionModel> Finalists(string folder, string train, string label, int trials, int seed)
    {
        var file = Path.Combine(folder, "plan.yaml");
        var (coarse, refine) = (trials * 4 / 10, trials * 7 / 40);
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $$"""
            data: { file: '{{train}}', label: {{label}} }
            trainers: [boosting, forest, linear]
            seed: {{seed}}
            validate: { holdout: 0 }
            budget: { trials: {{trials}} }
            output: { folder: out, keep_models: 6 }
            stages:
              - { name: coarse, sampler: random, trials: {{coarse}} }
              - { name: refine, sampler: sobol, passes: 2, trials: {{refine}} }
              - { name: polish, sampler: gp }
              - { name: confirm, top: 5 }

            """));
        var files = ToolProcess.Run("run", file, "--json", "--quiet", "--store", Path.Combine(folder, "store.db")).Json.GetProperty("files");
        return [.. files.EnumerateObject().Where(f => f.Name == "model" || f.Name.StartsWith("model_", StringComparison.Ordinal)).Select(f => (PredictionModel)ModelFile.Load(f.Value.GetString()!))];
    }
}
