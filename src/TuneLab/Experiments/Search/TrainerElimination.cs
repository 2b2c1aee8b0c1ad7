using TuneLab.Metrics;

namespace TuneLab.Experiments.Search;

/// <summary>Which trainers have lost: those whose best is worse than the leader's by more than twice the noise of a score. They are out with the reason recorded.</summary>
internal static class TrainerElimination
{
    private const int EnoughTrials = 5;

    /// <summary>Marks the lanes that have lost.</summary>
    /// <param name="lanes">The lanes still in.</param>
    /// <param name="objective">What ranks.</param>
    /// <param name="atMost">How many may stay at most, the best ones.</param>
    /// <returns>A sentence for each that was dropped.</returns>
    public static IReadOnlyList<string> Apply(IReadOnlyList<Lane> lanes, Metric objective, int atMost)
    {
        var entries = lanes.Where(l => l.Dropped is null)
            .Select(l => (Lane: l, Ranked: l.Ranked(l.RankingRows(EnoughTrials))))
            .Where(e => e.Ranked.Count > 0)
            .OrderBy(e => e.Ranked[0].Seen.Loss)
            .ToList();
        var notes = new List<string>();
        for (var i = 1; i < entries.Count; i++)
        {
            var (best, leader) = (entries[i].Ranked[0].Trial, entries[0].Ranked[0].Trial);
            // the paired differences over folds are what a comparison of two trials on the same splits goes by
            var noise = NoiseOf(best.Scores, leader.Scores);
            var behind = objective.Gain(leader.Score, best.Score);
            var lost = entries[i].Ranked.Count >= EnoughTrials && best.Rows == leader.Rows && behind > 2 * noise;
            if (lost || i >= atMost)
            {
                entries[i].Lane.Dropped = string.Create(CultureInfo.InvariantCulture,
                    $"{entries[i].Lane.Id} dropped: its best of {entries[i].Ranked.Count} trials has {objective.Id} {best.Score:G5} against {entries[0].Lane.Id}'s {leader.Score:G5} (standard error of the difference {noise:G2})");
                notes.Add(entries[i].Lane.Dropped!);
            }
        }

        return notes;
    }

    private static double NoiseOf(double[] a, double[] b)
    {
        if (a.Length != b.Length || a.Length < 2)
        {
            return double.PositiveInfinity; // one fold says nothing about noise: nobody is dropped on it
        }

        var mean = a.Zip(b, (x, y) => x - y).Average();
        var variance = a.Zip(b, (x, y) => (x - y - mean) * (x - y - mean)).Sum() / (a.Length - 1);
        return Math.Sqrt(variance * (1.0 / a.Length + 1.0 / (a.Length - 1))); // Nadeau and Bengio's correction for overlapping training sets
    }
}
