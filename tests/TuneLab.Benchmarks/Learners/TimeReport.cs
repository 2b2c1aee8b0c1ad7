using System.Globalization;
using System.Text.Json;

namespace TuneLab.Benchmarks.Learners;

/// <summary>Prints what <see cref="TimeBenchmark"/> measures: a row as soon as a case is done, the medians over the tables at the end.</summary>
/// <param name="sides">Ours with bins made anew, ours with bins shared, then the peers.</param>
/// <param name="output">Where the tables go.</param>
/// <param name="log">A file for the single measurements, or null.</param>
internal sealed class TimeReport(IReadOnlyList<string> sides, TextWriter output, string? log)
{
    private readonly List<CaseTimes> _cases = [];

    private IEnumerable<int> Peers => Enumerable.Range(2, sides.Count - 2);

    /// <summary>Prints the head of the table of fits.</summary>
    public void Head()
    {
        var ratios = Peers.SelectMany(p => new[] { 0, 1 }.Select(s => $"{sides[s]}/{sides[p]}"));
        Row(["table", "case", "threads", .. sides, .. ratios]);
        Rule(3 + sides.Count + 2 * Peers.Count());
    }

    /// <summary>Prints the fits of one table and keeps its times.</summary>
    public void Add(CaseTimes times)
    {
        _cases.Add(times);
        var seconds = sides.Select((_, s) => Text($"{times.Fit(s, m => m.Seconds):0.0000} ({times.Fit(s, m => m.CpuSeconds):0.0000})"));
        var ratios = Peers.SelectMany(p => new[] { 0, 1 }.Select(s => Text($"{times.FitRatio(s, p, m => m.Seconds):0.00} ({times.FitRatio(s, p, m => m.CpuSeconds):0.00})")));
        Row([times.Table, times.Case, Text($"{times.Threads}"), .. seconds, .. ratios]);
        output.Flush();
        if (log is not null)
        {
            File.AppendAllText(log, JsonSerializer.Serialize(new { sides, times.Table, times.Case, times.Threads, times.Fits, times.Predictions }) + "\n");
        }
    }

    /// <summary>Prints medians over all cases, then predictions.</summary>
    public void Summary()
    {
        output.WriteLine();
        Row(["fit", "threads", "median (CPU)", "largest (CPU)", "where", "bound"]);
        Rule(6);
        foreach (var (side, peer) in Peers.SelectMany(p => new[] { (0, p), (1, p) }))
        {
            foreach (var same in _cases.GroupBy(c => c.Threads))
            {
                var largest = same.MaxBy(c => c.FitRatio(side, peer, m => m.Seconds))!;
                Row(
                [
                    $"{sides[side]}/{sides[peer]}", Text($"{same.Key}"),
                    Text($"{Statistics.Median(same.Select(c => c.FitRatio(side, peer, m => m.Seconds))):0.00} ({Statistics.Median(same.Select(c => c.FitRatio(side, peer, m => m.CpuSeconds))):0.00})"),
                    Text($"{largest.FitRatio(side, peer, m => m.Seconds):0.00} ({same.Max(c => c.FitRatio(side, peer, m => m.CpuSeconds)):0.00})"),
                    $"{largest.Table}, {largest.Case}", Bound(side, peer),
                ]);
            }
        }

        output.WriteLine();
        Predictions();
    }

    private void Predictions()
    {
        var predicting = Peers.Prepend(0).ToList(); // the two columns of ours differ in fitting only
        Row(["predict, microseconds a row", "case", "threads", .. predicting.Select(s => sides[s] + ": table, single"), .. Peers.Select(p => $"ours/{sides[p]}: table, single"), "quickest ways"]);
        Rule(4 + predicting.Count + Peers.Count());
        foreach (var times in _cases)
        {
            var each = predicting.Select(s => Text($"{1e6 * times.Predict(s, p => p.Table) / times.ValidRows:0.000}, {1e6 * times.Predict(s, p => p.Single):0.0}"));
            var ratios = Peers.Select(p => Text($"{times.PredictRatio(p, t => t.Table):0.00}, {times.PredictRatio(p, t => t.Single):0.00}"));
            Row([times.Table, times.Case, Text($"{times.Threads}"), .. each, .. ratios, times.Predictions[2][^1].How]);
        }

        output.WriteLine();
        Row(["predict", "threads", "median: table, single", "largest: table, single", "bound"]);
        Rule(5);
        foreach (var peer in Peers)
        {
            foreach (var same in _cases.GroupBy(c => c.Threads))
            {
                Row(
                [
                    $"ours/{sides[peer]}", Text($"{same.Key}"),
                    Text($"{Statistics.Median(same.Select(c => c.PredictRatio(peer, p => p.Table))):0.00}, {Statistics.Median(same.Select(c => c.PredictRatio(peer, p => p.Single))):0.00}"),
                    Text($"{same.Max(c => c.PredictRatio(peer, p => p.Table)):0.00}, {same.Max(c => c.PredictRatio(peer, p => p.Single)):0.00}"),
                    sides[peer] == "xgboost" ? "1" : "",
                ]);
            }
        }

        output.WriteLine();
        output.Flush();
    }

    private string Bound(int side, int peer) => (sides[peer], side) switch
    {
        ("xgboost", 0) => "median 0.8, largest 1.2",
        ("histgb", 0) => "median 0.8",
        ("xgboost" or "histgb", 1) => "median 0.6",
        _ => "",
    };

    private void Row(IEnumerable<string> cells) => output.WriteLine("| " + string.Join(" | ", cells) + " |");

    private void Rule(int columns) => output.WriteLine("|" + string.Concat(Enumerable.Repeat("---|", columns)));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
