using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Experiments.Answer;

/// <summary>A trial that goes into confirm, with what came of it.</summary>
/// <param name="Trial">The trial of the search that it comes from: configuration, round count and validation scores.</param>
/// <param name="Confirmed">[repeats that every finalist completed] its trial of the repeat.</param>
internal sealed record Finalist(FinishedTrial Trial, IReadOnlyList<FinishedTrial> Confirmed)
{
    /// <summary>[repeats] the mean score over the repeat's folds.</summary>
    public IReadOnlyList<double> Repeats { get; } = [.. Confirmed.Select(t => t.Score)];

    /// <summary>The mean over the repeats; NaN when there are none.</summary>
    public double Mean => Repeats.Count == 0 ? double.NaN : Repeats.Average();

    /// <summary>Best first: by confirm where any came through it, else by validation; ties by number.</summary>
    public static IReadOnlyList<Finalist> Ranked(IReadOnlyList<Finalist> finalists, Objective objective)
    {
        var confirmed = finalists.Any(f => f.Repeats.Count > 0);
        return [.. finalists.OrderBy(f => confirmed ? f.Mean : f.Trial.Score, Comparer<double>.Create(objective.Compare)).ThenBy(f => f.Trial.Number)];
    }

    /// <summary>The summary for the result, or null when there are no repeats.</summary>
    public ScoreSummary? Summary => Repeats.Count == 0 ? null : new ScoreSummary(Mean, Spread(Repeats), Repeats.Count);

    /// <summary>The standard deviation (n - 1), or null for fewer than two.</summary>
    public static double? Spread(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
        {
            return null;
        }

        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}
