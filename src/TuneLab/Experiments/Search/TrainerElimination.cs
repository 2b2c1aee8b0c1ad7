using TuneLab.Analysis;
using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Experiments.Search;

/// <summary>Which trainers have lost: those whose best is significantly worse than the leader's on the same folds (corrected resampled t-test, one-sided, 0.05). They are out with the reason recorded.</summary>
internal static class TrainerElimination
{
    private const int EnoughTrials = 5;
    private const double Level = 0.05;

    /// <summary>Marks the lanes that have lost.</summary>
    /// <param name="lanes">The lanes still in.</param>
    /// <param name="objective">What ranks.</param>
    /// <param name="testTrainRatio">Rows scored on over rows fitted on, of a fold.</param>
    /// <param name="atMost">How many may stay at most, the best ones.</param>
    /// <param name="badly">Fidelities that rank badly.</param>
    /// <returns>A sentence for each that was dropped.</returns>
    public static IReadOnlyList<string> Apply(IReadOnlyList<Lane> lanes, Objective objective, double testTrainRatio, int atMost, IReadOnlyCollection<Fidelity> badly)
    {
        var entries = lanes.Where(l => l.Dropped is null)
            .Select(l => (Lane: l, Ranked: l.Ranked(l.RankingFidelity(EnoughTrials, badly))))
            .Where(e => e.Ranked.Count > 0)
            .OrderBy(e => e.Ranked[0].Seen.Loss)
            .ToList();
        var notes = new List<string>();
        for (var i = 1; i < entries.Count; i++)
        {
            var (best, leader) = (entries[i].Ranked[0].Trial, entries[0].Ranked[0].Trial);
            // one fold says nothing about noise, other rows are no pair: nobody is dropped on either
            var p = best.Fidelity == leader.Fidelity && best.Scores.Length == leader.Scores.Length
                ? CorrectedResampledTTest.Run([.. leader.Scores.Zip(best.Scores, objective.Gain)], testTrainRatio).P : double.NaN;
            var lost = entries[i].Ranked.Count >= EnoughTrials && p < Level;
            if (lost || i >= atMost)
            {
                var why = lost ? string.Create(CultureInfo.InvariantCulture, $"p {p:G2}") : string.Create(CultureInfo.InvariantCulture, $"only the best {atMost} go on");
                entries[i].Lane.SitsOut = !lost;
                entries[i].Lane.Dropped = string.Create(CultureInfo.InvariantCulture,
                    $"{entries[i].Lane.Id} dropped: its best of {entries[i].Ranked.Count} trials has {objective.Id} {best.Score:G5} against {entries[0].Lane.Id}'s {leader.Score:G5} ({why})");
                notes.Add(entries[i].Lane.Dropped!);
            }
        }

        return notes;
    }
}
