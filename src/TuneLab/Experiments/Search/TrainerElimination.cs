using TuneLab.Analysis;
using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Experiments.Search;

/// <summary>
/// Which trainers have lost: those whose best is significantly worse than the leader's on the same folds (corrected resampled t-test, one-sided, 0.05). They are out with the reason recorded; those that lost on a part of the rows, rounds or
/// folds only until the search begins again or that part shows to rank badly. Whoever has the best score on everything stays in.
/// </summary>
internal static class TrainerElimination
{
    private const int EnoughTrials = 5;

    // a lane's default alone does not say what the trainer can do
    private const int EnoughToOrder = 2;
    private const double Level = 0.05;

    /// <summary>Marks the lanes that have lost.</summary>
    /// <param name="lanes">The lanes still in.</param>
    /// <param name="objective">What ranks.</param>
    /// <param name="testTrainRatio">Rows scored on over rows fitted on, of a fold.</param>
    /// <param name="atMost">How many may stay at most, the best ones, and besides them whoever is best on everything or has too little to be compared by.</param>
    /// <param name="badly">Fidelities that rank badly.</param>
    /// <returns>A sentence for each that was dropped.</returns>
    public static IReadOnlyList<string> Apply(IReadOnlyList<Lane> lanes, Objective objective, double testTrainRatio, int atMost, IReadOnlyCollection<Fidelity> badly)
    {
        var common = Common(lanes, EnoughToOrder, badly);
        var latest = Latest(lanes, badly) ?? common;
        var entries = lanes.Where(l => l.Ranked(common).Count > 0 || l.Ranked(latest).Count > 0)
            .OrderBy(l => l.Ranked(latest).Count >= EnoughToOrder ? 0 : 1).ThenBy(l => l.Ranked(l.Ranked(latest).Count >= EnoughToOrder ? latest : common) is [var best, ..] ? best.Seen.Loss : double.PositiveInfinity).ToList();
        var holder = lanes.Select(l => (Lane: l, Ranked: l.Ranked(Fidelity.Full))).Where(l => l.Ranked.Count > 0).OrderBy(l => l.Ranked[0].Seen.Loss).ThenBy(l => l.Ranked[0].Trial.Number).FirstOrDefault().Lane;
        var notes = new List<string>();
        for (var i = 1; i < entries.Count; i++)
        {
            var (leader, lane) = (entries[0], entries[i]);
            if (lane == holder)
            {
                continue;
            }

            var shared = Common([leader, lane], EnoughTrials, badly);
            var (lost, p) = HasLost(leader, lane, shared, objective, testTrainRatio);
            var by = lost || lane.Ranked(latest).Count < EnoughToOrder ? shared : latest;
            var own = lane.Ranked(by);
            if (lost || (i >= atMost && own.Count >= EnoughToOrder && leader.Ranked(by).Count > 0))
            {
                var why = lost ? string.Create(CultureInfo.InvariantCulture, $"p {p:G2}") : string.Create(CultureInfo.InvariantCulture, $"only the best {atMost} go on");
                var part = by.IsFull ? "" : $" on {by}";
                lane.Drop(string.Create(CultureInfo.InvariantCulture,
                    $"{lane.Id} dropped: its best of {own.Count} trials{part} has {objective.Id} {own[0].Trial.Score:G5} against {leader.Id}'s {leader.Ranked(by)[0].Trial.Score:G5} ({why})"), by, sitsOut: !lost || !by.IsFull);
                notes.Add(lane.Dropped!);
            }
        }

        return notes;
    }

    // one fold says nothing about noise: nobody is dropped on it
    private static (bool Lost, double P) HasLost(Lane leader, Lane lane, Fidelity at, Objective objective, double testTrainRatio)
    {
        var (ours, theirs) = (lane.Ranked(at), leader.Ranked(at));
        if (ours.Count < EnoughTrials || theirs.Count == 0 || ours[0].Trial.Scores.Length != theirs[0].Trial.Scores.Length)
        {
            return (false, double.NaN);
        }

        var p = CorrectedResampledTTest.Run([.. theirs[0].Trial.Scores.Zip(ours[0].Trial.Scores, objective.Gain)], testTrainRatio).P;
        return (p < Level, p);
    }

    // the fidelity of the latest pass at which two have more than a default: who has less there has shown less
    private static Fidelity? Latest(IReadOnlyList<Lane> lanes, IReadOnlyCollection<Fidelity> badly)
        => lanes.SelectMany(l => l.Trials.Where(t => t.Status == TrialStatus.Completed && !badly.Contains(t.Fidelity)).GroupBy(t => t.Fidelity).Where(g => g.Count() >= EnoughToOrder))
            .GroupBy(g => g.Key).Where(g => g.Count() > 1).Select(g => (Fidelity?)g.Key).MaxBy(f => lanes.SelectMany(l => l.Trials).Where(t => t.Fidelity == f).Max(t => t.Pass));

    // losses on other rows are no pair: the fidelity at which most of them have something, then enough, then the latest
    private static Fidelity Common(IReadOnlyList<Lane> lanes, int enough, IReadOnlyCollection<Fidelity> badly)
    {
        var completed = lanes.Select(l => l.Trials.Where(t => t.Status == TrialStatus.Completed).GroupBy(t => t.Fidelity).ToDictionary(g => g.Key, g => (Count: g.Count(), Pass: g.Max(t => t.Pass)))).Where(c => c.Count > 0).ToList();
        var all = completed.SelectMany(c => c.Keys).Distinct().ToList();
        var candidates = all.Exists(f => !badly.Contains(f)) ? all.FindAll(f => !badly.Contains(f)) : all;
        return candidates.DefaultIfEmpty(Fidelity.Full).MaxBy(f => completed.FindAll(c => c.ContainsKey(f)) is var have
            ? (have.Count, have.Select(c => Math.Min(enough, c[f].Count)).DefaultIfEmpty(0).Min(), have.Select(c => c[f].Pass).DefaultIfEmpty(0).Max()) : default);
    }
}
