using System.Globalization;
using TuneLab.Benchmarks.Learners;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Data.Splitting;
using TuneLab.Errors;
using TuneLab.Learners;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Testing.Curves;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Curves;

/// <summary>Measures learning curves as a search's trials would: five folds, nested samples of their training rows, the embedded trainers' defaults, the rounds read from the fold-averaged loss.</summary>
internal static class CurvesMaker
{
    private const int Folds = 5;
    private const int FewestRows = 40;
    private const int FewestSizes = 5;
    private const int Halvings = 5;

    /// <summary>Measures some tables and puts them behind those of other tables that the file has.</summary>
    /// <param name="seeds">How many of each.</param>
    /// <param name="tables">Their names.</param>
    /// <param name="output">Says how far it is.</param>
    /// <exception cref="InputException">The tables are not there, or not one of that name.</exception>
    public static void Run(int seeds, IReadOnlyList<string> tables, TextWriter output)
    {
        string[] kept = [.. (File.Exists(MeasuredCurve.File) ? MeasuredCurve.Load() : []).Where(c => !tables.Contains(c.Table)).SelectMany(c => c.Lines())];
        using var file = new StreamWriter(MeasuredCurve.File) { NewLine = "\n" };
        file.WriteLine("table,trainer,seed,task,metric,rows," + string.Join(',', Enumerable.Range(1, Folds).Select(f => $"fold_{f}")));
        Array.ForEach(kept, file.WriteLine);
        foreach (var table in BenchTables.Read(tables))
        {
            for (var seed = 1; seed <= seeds; seed++)
            {
                foreach (var curve in Measure(table.Name, table.Source, seed))
                {
                    foreach (var line in curve.Lines())
                    {
                        file.WriteLine(line);
                    }

                    file.Flush();
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{curve.Table} {curve.Trainer} {curve.Seed}: {curve.Metric.Id} {string.Join(' ', curve.Scores.Select(s => s.Average().ToString("G5", CultureInfo.InvariantCulture)))}"));
                }
            }
        }
    }

    private static IEnumerable<MeasuredCurve> Measure(string name, TaskTable table, int seed)
    {
        var root = new Seed((ulong)seed);
        int[] rows = [.. Enumerable.Range(0, table.RowCount)];
        var folds = SplitterCatalog.Get(table.Task == LearningTask.Regression ? "kfold" : "stratified").Split(table, rows, Folds, 0, root.Child("split"));
        double[] fractions = [.. Enumerable.Range(0, Halvings + 1).Select(i => Math.Pow(2, i - Halvings)).Where(f => f * folds[0].Train.Length >= FewestRows)];
        if (fractions.Length < FewestSizes)
        {
            yield break;
        }

        PreparedFold[] prepared = [.. folds.Select(f => new PreparedFold(table.Task, table.Outputs, FeatureEncoder.Fit(table.Features, f.Train).Transform(table.Data), table.Target, table.Weights, f.Train))];
        foreach (var trainer in EmbeddedTrainers.All)
        {
            var scores = fractions.Select(fraction => Trial(trainer, prepared, folds, f => RowSample.Take(table, prepared[f].Train, fraction, root.Child("rows").Child(f)), root.Child("trainer"))).ToList();
            yield return new MeasuredCurve(name, trainer.Info.Id, seed, MetricCatalog.Default(table.Task), [.. fractions.Select(f => f * folds.Average(fold => fold.Train.Length))], scores);
        }
    }

    // [folds] the scores at the rounds whose mean loss is least
    private static double[] Trial(ITrainer trainer, PreparedFold[] prepared, IReadOnlyList<Fold> folds, Func<int, int[]> sample, Seed seed)
    {
        var metric = MetricCatalog.Default(prepared[0].Task);
        var threads = new ThreadShare(Environment.ProcessorCount);
        var curves = prepared.Select((fold, f) => Curve(trainer, new TrainingRequest(fold, sample(f), trainer.Info.Default, seed, threads), folds[f].Valid, metric)).ToList();
        var common = curves.Min(c => c.Count);
        var best = Enumerable.Range(0, common).MinBy(i => curves.Average(c => c[i].Loss));
        return [.. curves.Select(c => c[best].Score)];
    }

    private static List<(double Loss, double Score)> Curve(ITrainer trainer, TrainingRequest request, int[] valid, Metric metric)
    {
        var fold = request.Fold;
        var truth = Array.ConvertAll(valid, r => fold.Target[r]);
        var values = new double[valid.Length * fold.Outputs];
        var curve = new List<(double Loss, double Score)>();
        using var run = trainer.Start(request);
        var most = trainer.Info.MaxRounds(request.Configuration);
        for (var rounds = 1; run.CanAdvance && run.Rounds < most; rounds = Math.Max(rounds + 1, (int)(rounds * 1.25)))
        {
            run.Advance(Math.Min(rounds, most) - run.Rounds, CancellationToken.None);
            run.Predict(valid, values);
            var predictions = new Predictions(fold.Task, truth, values, fold.Outputs);
            curve.Add((TaskLoss.Of(predictions), metric.Score(predictions)));

            // far beyond the best, as a search's trial would stop
            if (curve.Count - 1 - curve.IndexOf(curve.MinBy(c => c.Loss)) > 8)
            {
                break;
            }
        }

        return curve;
    }
}
