using System.Globalization;
using TuneLab.Analysis.LearningCurves;
using TuneLab.Metrics;

namespace TuneLab.Testing.Curves;

/// <summary>A real search of which only a part is shown, and what is foreseen of as many trials again.</summary>
/// <param name="Run">Which run.</param>
/// <param name="Metric">What was searched for.</param>
/// <param name="Outlook">From the trials shown.</param>
/// <param name="Then">The best score of twice as many.</param>
public sealed record HiddenHalf(string Run, Metric Metric, TrialsOutlook Outlook, double Then)
{
    /// <summary>Whether the interval holds it.</summary>
    public bool Held => Metric.Gain(Then, Outlook.Low) is var low && Metric.Gain(Then, Outlook.High) is var high && low * high <= 0;

    /// <summary>Whether anything better came.</summary>
    public bool Better => Metric.Gain(Then, Outlook.Best) > 0;

    /// <summary>Whether it came out better than foreseen in the middle.</summary>
    public bool AboveMiddle => Metric.Gain(Then, Outlook.Value) > 0;

    /// <summary>All that are kept in searches.csv, which storedruns.py makes: each run's full trials in their order, a half, a third and a quarter of them shown.</summary>
    public static IReadOnlyList<HiddenHalf> Load()
        => [.. System.IO.File.ReadLines(RepositoryFile.At("tests/TuneLab.Testing/Curves/searches.csv")).Skip(1).Select(line => line.Split(',')).SelectMany(cells =>
            Of(cells[0], StoredMetric.Of(cells[1]), [.. cells[2].Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))]))];

    private static IEnumerable<HiddenHalf> Of(string run, Metric metric, double[] scores)
        => new[] { 2, 3, 4 }.Select(part => scores.Length / part).Where(shown => shown >= MoreTrials.FewestTrials)
            .Select(shown => new HiddenHalf(run, metric, MoreTrials.Run(scores[..shown], metric).Value!, scores[..(2 * shown)].Order(Comparer<double>.Create(metric.Compare)).First()));
}
