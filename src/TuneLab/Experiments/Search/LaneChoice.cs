using TuneLab.Randomness;
using TuneLab.Samplers.Turns;
using TuneLab.Storage;

namespace TuneLab.Experiments.Search;

/// <summary>
/// Whose turn it is: lanes are drawn with odds by their estimated cost for improvement (<see cref="ImprovementCost"/>), so that what learns cheaply or leads gets most of the budget.
/// A pure function of seed, number and the trials before <c>number - lag</c>.
/// </summary>
/// <param name="fidelity">That of the pass.</param>
/// <param name="bySeconds">Whether time is the budget: a trial costs its seconds. Else it costs the root of its work, between one trial like any other and what it takes to wait for it.</param>
/// <param name="seed">Of the pass.</param>
internal sealed class LaneChoice(Fidelity fidelity, bool bySeconds, Seed seed)
{
    // fewer trials at a fidelity are too much a matter of luck to go by
    private const int EnoughToJudge = 4;

    /// <summary>The lane of a trial.</summary>
    /// <param name="lanes">Those that have something to propose; at least one.</param>
    /// <param name="number">The trial's number.</param>
    /// <param name="before">Only trials numbered below may be looked at.</param>
    public Lane Next(IReadOnlyList<Lane> lanes, int number, long before)
        => lanes.Count == 1 ? lanes[0] : lanes[ImprovementCost.Draw(ImprovementCost.Odds([.. lanes.Select(l => Group(l, before))]), seed.Child("lane").Child(number).Random().NextDouble())];

    // at the pass's fidelity when there are enough, else at the highest one that has some
    private (double Share, Outlay[] Trials) Group(Lane lane, long before)
    {
        var groups = lane.TrialsBefore(before).GroupBy(t => t.Trial.Fidelity).Where(g => g.Any(t => !double.IsNaN(t.Seen.Loss))).OrderByDescending(g => g.Key.Share).ToArray();
        var group = Array.Find(groups, g => g.Key == fidelity && g.Count(t => !double.IsNaN(t.Seen.Loss)) >= EnoughToJudge) ?? groups.FirstOrDefault();
        return group is null ? (fidelity.Share, []) : (group.Key.Share, [.. group.Select(t => new Outlay(t.Seen.Loss, bySeconds ? Math.Max(1e-3, Seconds(t.Trial)) : Math.Max(1e-9, Math.Sqrt(t.Seen.Cost))))]);
    }

    // what a failed trial took is not in its evaluations, which it has none of
    private static double Seconds(FinishedTrial trial) => trial.Status == TrialStatus.Failed ? trial.FinishedSeconds - trial.StartedSeconds : trial.FitSeconds + trial.ScoreSeconds;
}
