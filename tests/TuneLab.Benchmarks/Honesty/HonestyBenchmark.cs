using System.Globalization;
using MathNet.Numerics.Distributions;
using TuneLab.Analysis;
using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Learners;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Storage;
using TuneLab.Training.Packaging;

namespace TuneLab.Benchmarks.Honesty;

/// <summary>
/// Whether answers are as sure as they say. First whole searches on labels that are drawn by chance, where no configuration is better than the default: how many say <c>supported</c>. Then searches on made data with a signal: how many of the 95 %
/// intervals of the holdout score cover the score of that same model on 200,000 fresh rows.
/// </summary>
internal static class HonestyBenchmark
{
    private const double MostSupported = 0.065;
    private const int FreshRows = 200_000;
    private const int Chunk = 50;

    /// <summary>The first number is how many searches on labels by chance, the second how many intervals. <value>1000 and 600</value></summary>
    public static void Run(string[] args, TextWriter output)
    {
        var numbers = args.Select(a => int.Parse(a, CultureInfo.InvariantCulture)).ToList();
        Chance(numbers.Count > 0 ? numbers[0] : 1000, output);
        Coverage(numbers.Count > 1 ? numbers[1] : 600, output);
    }

    private static void Chance(int searches, TextWriter output)
    {
        var (supported, refuted, plain, done) = (0, 0, 0, 0);
        foreach (var chunk in Enumerable.Range(0, searches).Chunk(Chunk))
        {
            Parallel.ForEach(chunk, seed =>
            {
                var (result, store) = Search(MadeTable.Of(900, 0, new Seed((ulong)seed).Child("chance")), seed, trials: 50, holdout: 1 / 3.0);
                var trials = store.Trials(1).ToDictionary(t => t.Number);
                double[] gains = [.. trials[result.Best.Trial].Scores.Zip(trials[result.Baseline.Trial].Scores, (a, b) => a - b)];
                Interlocked.Add(ref supported, result.Verdict.Outcome == VerdictOutcome.Supported ? 1 : 0);
                Interlocked.Add(ref refuted, result.Verdict.Outcome == VerdictOutcome.Refuted ? 1 : 0);
                Interlocked.Add(ref plain, CorrectedResampledTTest.Run(gains, 0).P < 0.05 ? 1 : 0);
            });
            done += chunk.Length;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} searches: supported {supported}, refuted {refuted}, plain t-test on the search's folds {plain}"));
            output.Flush();
        }

        var (low, high) = Interval(supported, searches);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"labels by chance, {searches} searches of 50 trials: {(double)supported / searches:P1} say supported (95 % interval {low:P1} to {high:P1}; bound {MostSupported:P1}); the plain t-test on the search's folds would say so of {(double)plain / searches:P1}"));
    }

    private static void Coverage(int intervals, TextWriter output)
    {
        var metric = MetricCatalog.Get("auc", LearningTask.Binary);
        var (covered, below, done) = (0, 0, 0);
        var areas = new double[intervals];
        foreach (var chunk in Enumerable.Range(0, intervals).Chunk(Chunk))
        {
            Parallel.ForEach(chunk, seed =>
            {
                // areas from about 0.6 to 0.95
                var strength = 0.35 + (2.9 * (seed % 10) / 9);
                var own = new Seed((ulong)seed).Child("coverage");
                var (result, store) = Search(MadeTable.Of(1500, strength, own), seed, trials: 8, holdout: 500 / 1500.0);
                var model = ModelPackage.Load(new MemoryStream(store.FindBlob(1, "model.zip")!), "model.zip", EmbeddedTrainers.Catalog());
                var fresh = MadeTable.Of(FreshRows, strength, own.Child("fresh"));
                var truth = metric.Score(new Predictions(LearningTask.Binary, [.. ((CategoryColumn)fresh["y"]).Codes.Select(c => (double)c)], model.Predict(fresh), 1));
                var holdout = result.Best.Holdout!;
                areas[seed] = truth;
                Interlocked.Add(ref covered, holdout.Low <= truth && truth <= holdout.High ? 1 : 0);
                Interlocked.Add(ref below, truth < holdout.Low ? 1 : 0);
            });
            done += chunk.Length;
            output.WriteLine($"{done} intervals: {covered} cover, {below} lie above the truth, {done - covered - below} below it");
            output.Flush();
        }

        var (low, high) = Interval(covered, intervals);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{intervals} holdouts of 500 rows, AUC {areas.Min():0.00} to {areas.Max():0.00}: {(double)covered / intervals:P1} of the 95 % intervals cover (95 % interval {low:P1} to {high:P1}; bound 93 % to 97 %)"));
    }

    private static (ExperimentResult Result, MemoryTrialStore Store) Search(Dataset data, int seed, int trials, double holdout)
    {
        var folder = Directory.CreateTempSubdirectory("tunelab-bench").FullName;
        try
        {
            var plan = PlanReader.Read(string.Create(CultureInfo.InvariantCulture, $$"""
                data: { file: made.csv, label: y }
                metric: auc
                trainers: [boosting, linear]
                space: { boosting: { rounds: 40 } }
                seed: {{seed}}
                validate: { holdout: {{holdout:R}} }
                budget: { trials: {{trials}} }
                output: { folder: '{{folder}}' }
                """), "made.yaml");
            var store = new MemoryTrialStore(TimeProvider.System);
            return (new ExperimentRunner(store, TimeProvider.System, []).Run(LoadedExperiment.From(plan, data, EmbeddedTrainers.Catalog()), new RunOptions { Jobs = 1, Threads = 1 }), store);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // exact (Clopper and Pearson 1934)
    private static (double Low, double High) Interval(int hits, int of)
        => (hits == 0 ? 0 : Beta.InvCDF(hits, of - hits + 1, 0.025), hits == of ? 1 : Beta.InvCDF(hits + 1, of - hits, 0.975));
}
