using System.Globalization;
using TuneLab.Analysis;
using TuneLab.Metrics;

namespace TuneLab.Benchmarks.Learners;

/// <summary>Prints a comparison of accuracy: a row for each table, number of rounds, metric and peer.</summary>
internal static class AccuracyReport
{
    private const int EnoughRows = 5000;
    private const double Significant = 0.05;

    public static void Print(Comparison comparison, ScoreLog log, TextWriter output)
    {
        output.WriteLine(comparison.Name);
        output.WriteLine();
        output.WriteLine("| table | rounds | metric | ours | peer | its score | ours better by (95 % interval) | p that ours is not worse | bound | verdict |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        var ours = comparison.Entrants[0].Side.Name;
        foreach (var table in comparison.Entrants[0].Tables)
        {
            foreach (var (stage, metric, peer) in comparison.Stages.SelectMany(s => AccuracyBenchmark.MetricsOf(table.Task).SelectMany(m => comparison.Entrants.Skip(1).Select(e => (s, m, e.Side.Name)))))
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"{stage} {metric.Id}");
                var name = Comparison.TableName(table);
                var pairs = Enumerable.Range(0, 5 * AccuracyBenchmark.Repeats)
                    .Select(p => (Ours: log.Find(comparison.Name, ours, name, p), Peer: log.Find(comparison.Name, peer, name, p)))
                    .Where(p => p.Ours is not null && p.Peer is not null)
                    .Select(p => (Ours: p.Ours![key], Peer: p.Peer![key])).ToList();
                if (pairs.Count > 1)
                {
                    Print(output, table, stage, metric, peer, pairs);
                }
            }
        }

        output.WriteLine();
        output.Flush();
    }

    private static void Print(TextWriter output, BenchTable table, int stage, Metric metric, string peer, List<(double Ours, double Peer)> pairs)
    {
        var (ours, theirs) = (pairs.Average(p => p.Ours), pairs.Average(p => p.Peer));
        var worse = CorrectedResampledTTest.Run([.. pairs.Select(p => metric.Gain(p.Peer, p.Ours))], 0.25);
        var relative = metric.Id is "logloss" or "rmse" ? theirs : double.NaN;
        var bound = table.Rows < EnoughRows || metric.Id == "accuracy" ? double.PositiveInfinity : metric.Id == "auc" ? 0.003 : 0.01 * theirs;
        var verdict = worse.P < Significant ? "WORSE" : worse.Mean > bound ? "OUT OF BOUND" : worse.High < 0 ? "better" : "equal";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {Comparison.TableName(table)}{(pairs.Count < 25 ? $" ({pairs.Count} parts)" : "")} | {stage} | {metric.Id} | {ours:0.00000} | {peer} | {theirs:0.00000} | {By(-worse.Mean, relative)} ({By(-worse.High, relative)} to {By(-worse.Low, relative)}) | {worse.P:0.000} | {(double.IsInfinity(bound) ? "" : metric.Id == "auc" ? "0.003" : "1 %")} | {verdict} |"));
    }

    private static string By(double gain, double relative)
        => double.IsNaN(relative) ? gain.ToString("+0.00000;-0.00000;0.00000", CultureInfo.InvariantCulture) : (100 * gain / relative).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) + " %";
}
