using System.Globalization;
using System.Text.Json;

namespace TuneLab.Benchmarks.Learners;

/// <summary>Prints what <see cref="TimeBenchmark"/> measures, a row as soon as a case is done and the medians over the tables at the end.</summary>
/// <param name="sides">Ours with bins made anew, ours with bins shared, then the peers.</param>
/// <param name="output">Where the tables go.</param>
/// <param name="log">A file for the single measurements, or null.</param>
internal sealed class TimeReport(IContender[] sides, TextWriter output, string? log)
{
    private const int Peers = 2;
    private readonly List<(string Table, CaseTimes Times)> _cases = [];

    public void Head(string versions, int repeats)
    {
        output.WriteLine(Invariant($"{versions}; .NET {Environment.Version}; {Environment.ProcessorCount} cores; medians of {repeats} repeats, sides in turn; seconds of wall time, processor seconds in brackets."));
        output.WriteLine();
        output.WriteLine("| table | rounds x leaves | threads | " + string.Join(" | ", sides.Select(s => s.Name)) + " | " + string.Join(" | ", Ratios().Select(r => r.Name)) + " |");
        output.WriteLine("|---|---|---|" + string.Concat(Enumerable.Repeat("---|", sides.Length + Ratios().Count())));
    }

    public void Add(TablePart part, CaseTimes times)
    {
        _cases.Add((part.Table.Name, times));
        var columns = Enumerable.Range(0, sides.Length).Select(s => Invariant($"{times.Fit(s, m => m.Seconds):0.0000} ({times.Fit(s, m => m.CpuSeconds):0.0000})"))
            .Concat(Ratios().Select(r => Invariant($"{Ratio(times, r, m => m.Seconds):0.00} ({Ratio(times, r, m => m.CpuSeconds):0.00})")));
        output.WriteLine(Invariant($"| {part.Table.Name} | {times.Settings.Rounds} x {times.Settings.Leaves} | {times.Settings.Threads} | {string.Join(" | ", columns)} |"));
        output.Flush();
        Log(part, times);
    }

    public void Summary()
    {
        output.WriteLine();
        output.WriteLine("| ratio | threads | median (CPU) | largest (CPU) | bound |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var ratio in Ratios())
        {
            foreach (var threads in _cases.GroupBy(c => c.Times.Settings.Threads))
            {
                var all = threads.Select(c => (Wall: Ratio(c.Times, ratio, m => m.Seconds), Cpu: Ratio(c.Times, ratio, m => m.CpuSeconds))).ToList();
                output.WriteLine(Invariant($"| {ratio.Name} | {threads.Key} | {Statistics.Median(all.Select(a => a.Wall)):0.00} ({Statistics.Median(all.Select(a => a.Cpu)):0.00}) | {all.Max(a => a.Wall):0.00} ({all.Max(a => a.Cpu):0.00}) | {Bound(ratio)} |"));
            }
        }

        Predictions();
    }

    private void Predictions()
    {
        output.WriteLine();
        output.WriteLine("| predict, microseconds a row | rounds x leaves | threads | " + string.Join(" | ", Predicting().Select(s => sides[s].Name + " table, single")) + " | " + string.Join(" | ", Predicting().Skip(1).Select(s => $"ours/{sides[s].Name} table, single")) + " | quickest way |");
        output.WriteLine("|---|---|---|" + string.Concat(Enumerable.Repeat("---|", 2 * Predicting().Count())));
        foreach (var (table, times) in _cases)
        {
            var rows = TableRows(table);
            var columns = Predicting().Select(s => Invariant($"{1e6 * times.Predict(s, p => p.Table.Seconds) / rows:0.000}, {1e6 * times.Predict(s, p => p.Single.Seconds):0.0}"))
                .Concat(Predicting().Skip(1).Select(s => Invariant($"{PredictRatio(times, s, p => p.Table):0.00}, {PredictRatio(times, s, p => p.Single):0.00}")));
            output.WriteLine(Invariant($"| {table} | {times.Settings.Rounds} x {times.Settings.Leaves} | {times.Settings.Threads} | {string.Join(" | ", columns)} | {times.Predictions[Peers][^1].How} |"));
        }

        foreach (var side in Predicting().Skip(1))
        {
            foreach (var threads in _cases.GroupBy(c => c.Times.Settings.Threads))
            {
                var all = threads.Select(c => (Table: PredictRatio(c.Times, side, p => p.Table), Single: PredictRatio(c.Times, side, p => p.Single))).ToList();
                output.WriteLine(Invariant($"ours/{sides[side].Name}, {threads.Key} threads: median {Statistics.Median(all.Select(a => a.Table)):0.00} for tables, {Statistics.Median(all.Select(a => a.Single)):0.00} for single rows; largest {all.Max(a => a.Table):0.00} and {all.Max(a => a.Single):0.00}{(sides[side].Name == "xgboost" ? "; bound 1" : "")}."));
            }
        }
    }

    // the two columns of ours differ in fitting only
    private IEnumerable<int> Predicting() => Enumerable.Range(0, sides.Length).Where(s => s != 1);

    private static double PredictRatio(CaseTimes times, int peer, Func<PredictTimes, Measured> part) => times.Predict(0, p => part(p).Seconds) / times.Predict(peer, p => part(p).Seconds);

    private double TableRows(string table) => _rows[table];

    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);

    private IEnumerable<(int Side, int Peer, string Name)> Ratios()
        => Enumerable.Range(Peers, sides.Length - Peers).SelectMany(p => new[] { 0, 1 }.Select(s => (s, p, $"{sides[s].Name}/{sides[p].Name}")));

    private static double Ratio(CaseTimes times, (int Side, int Peer, string Name) ratio, Func<Measured, double> figure) => times.Fit(ratio.Side, figure) / times.Fit(ratio.Peer, figure);

    private static string Bound((int Side, int Peer, string Name) ratio) => ratio.Name switch
    {
        "ours/xgboost" => "median 0.8, largest 1.2",
        "shared/xgboost" => "median 0.6",
        "ours/histgb" => "median 0.8",
        _ => "median 0.6",
    };

    private void Log(TablePart part, CaseTimes times)
    {
        _rows[part.Table.Name] = part.Valid.Length;
        if (log is null)
        {
            return;
        }

        for (var s = 0; s < sides.Length; s++)
        {
            File.AppendAllText(log, JsonSerializer.Serialize(new { table = part.Table.Name, times.Settings, side = sides[s].Name, fits = times.Fits[s], predictions = times.Predictions[s] }) + "\n");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
