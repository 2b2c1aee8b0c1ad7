using System.Globalization;
using TuneLab.Data;
using TuneLab.Metrics;

namespace TuneLab.Benchmarks.Learners;

/// <summary>Accuracy at equal hyperparameters over five times five-fold cross-validation, each part scored on all sides by the same metrics.</summary>
internal static class AccuracyBenchmark
{
    /// <summary>How many times five folds.</summary>
    public const int Repeats = 5;

    /// <summary>Scores what the log lacks, then prints the comparison.</summary>
    public static void Run(LearnerArguments arguments, TextWriter output)
    {
        var log = new ScoreLog(arguments.Log ?? "learners-accuracy.jsonl");
        var server = new Lazy<PeerServer>(() => new PeerServer(PythonInterpreter.Find(arguments.Python)));
        try
        {
            foreach (var comparison in new Comparisons(new Rivals(server, arguments.Peers), arguments.Tables).Get(arguments.Comparisons))
            {
                foreach (var side in comparison.Entrants.SelectMany(e => e.Tables.Select(t => (e.Side, Table: t))).GroupBy(e => Comparison.TableName(e.Table)).SelectMany(g => g))
                {
                    Score(comparison, side.Side, side.Table, log);
                }

                AccuracyReport.Print(comparison, log, output);
            }
        }
        finally
        {
            if (server.IsValueCreated)
            {
                server.Value.Dispose();
            }
        }
    }

    /// <summary>Prints what the log has, and scores nothing.</summary>
    public static void Print(LearnerArguments arguments, TextWriter output)
    {
        var log = new ScoreLog(arguments.Log ?? "learners-accuracy.jsonl");
        var server = new Lazy<PeerServer>(() => throw new InvalidOperationException("Nothing is scored while scores are printed."));
        foreach (var comparison in new Comparisons(new Rivals(server, arguments.Peers), arguments.Tables).Get(arguments.Comparisons))
        {
            AccuracyReport.Print(comparison, log, output);
        }
    }

    /// <summary>What a task is judged by.</summary>
    public static IReadOnlyList<Metric> MetricsOf(LearningTask task) => task switch
    {
        LearningTask.Binary => [MetricCatalog.Get("auc", task), MetricCatalog.Get("logloss", task)],
        LearningTask.Multiclass => [MetricCatalog.Get("logloss", task), MetricCatalog.Get("accuracy", task)],
        _ => [MetricCatalog.Get("rmse", task)],
    };

    private static void Score(Comparison comparison, ILearner side, BenchTable table, ScoreLog log)
    {
        foreach (var part in TablePart.Of(table, Repeats).Where(p => log.Find(comparison.Name, side.Name, Comparison.TableName(table), p.Number) is null))
        {
            var truth = Array.ConvertAll(part.Valid, r => table.Target[r]);
            var scores = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var (stage, values) in comparison.Stages.Zip(side.Stages(part, comparison.Stages)))
            {
                var predictions = new Predictions(table.Task, truth, values, table.Source.Outputs);
                foreach (var metric in MetricsOf(table.Task))
                {
                    scores[string.Create(CultureInfo.InvariantCulture, $"{stage} {metric.Id}")] = metric.Score(predictions);
                }
            }

            log.Add(comparison.Name, side.Name, Comparison.TableName(table), part.Number, scores);
        }
    }
}
