using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Experiments.Search;

/// <summary>What of a lower fidelity is run at a higher one, and how well the lower one then turns out to rank.</summary>
internal sealed class Promotions(SearchState state, BudgetKind kind)
{
    // so many of a trainer's configurations at a lower fidelity are run at the next one, where it moves up, that its ranking can be judged
    private const int EnoughToJudge = 5;

    // of the work done so far, what may be spent on judging a lower fidelity where time is the budget
    private const double JudgingShare = 1.0 / 3;

    // fidelities that ranked configurations badly, and the one that showed it
    private readonly Dictionary<Fidelity, Fidelity> _ranksBadly = [];

    // of which it was told that the lower one is not judged by the higher one
    private readonly HashSet<(Fidelity Low, Fidelity High)> _notJudged = [];

    /// <summary>The fidelities that rank badly.</summary>
    public IReadOnlyCollection<Fidelity> Badly => _ranksBadly.Keys;

    /// <summary>The fidelity instead of one that ranks badly; itself where it doesn't.</summary>
    public Fidelity Raised(Fidelity fidelity)
    {
        while (_ranksBadly.TryGetValue(fidelity, out var higher))
        {
            fidelity = higher;
        }

        return fidelity;
    }

    /// <summary>
    /// The best of a lower fidelity that have not been run at the given one: they open its pass. At most one more than a single lane may have, so that lanes that are behind cost little. Where nothing has shown yet how
    /// well the lower one ranks, some of the leading lane's others come after them, from the next best to the last, none dearer than those; not where time is the budget and they would cost much of what was spent.
    /// </summary>
    /// <param name="at">The higher fidelity.</param>
    /// <param name="perLane">How many of a lane at most.</param>
    /// <param name="most">How many at most, those that judge not counted.</param>
    /// <param name="trials">How many trials the pass has, of which judging may take half; null: nothing is judged.</param>
    /// <returns>What is run, the lower fidelity, and why it can't be judged yet; null where it can, or that was told before.</returns>
    public (IReadOnlyList<(Lane Lane, Configuration Configuration)> Promoted, Fidelity Lower, string? Note) To(Fidelity at, int perLane, int most, int? trials)
    {
        // one that ranks badly only where the best are needed anyhow
        var lower = state.In.SelectMany(l => l.Trials).Where(t => t.Status == TrialStatus.Completed && t.Fidelity.Share < at.Share).Select(t => t.Fidelity).Distinct()
            .Where(f => trials is null || !_ranksBadly.ContainsKey(f)).DefaultIfEmpty(at).MaxBy(f => (!_ranksBadly.ContainsKey(f), f.Share));
        var chosen = state.In.SelectMany(lane => lane.Ranked(lower).Where(r => !lane.HasTried(r.Trial.Configuration, at) && !lane.HasTried(r.Trial.Configuration, Fidelity.Full)).Take(perLane).Select(r => (Lane: lane, r.Trial, r.Seen)))
            .OrderBy(p => p.Seen.Loss).ThenBy(p => p.Trial.Number).Take(Math.Min(perLane + 1, most)).ToList();
        var promoted = chosen.Select(p => (p.Lane, p.Trial.Configuration)).ToList();
        if (chosen.Count == 0 || trials is null || FidelityRanks.Between(state.In, lower, at) is not null)
        {
            return (promoted, lower, null);
        }

        var leader = chosen[0].Lane;
        var same = chosen.Where(c => c.Lane == leader).ToList();
        var left = leader.Ranked(lower).Where(r => !leader.HasTried(r.Trial.Configuration, at) && same.TrueForAll(c => c.Trial != r.Trial)).ToList();
        var others = left.Where(r => r.Seen.Cost <= same.Max(c => c.Seen.Cost)).ToArray();
        var wanted = EnoughToJudge - same.Count;
        var judges = others.Length < wanted ? [] : Enumerable.Range(1, wanted).Select(i => others[(i * others.Length / wanted) - 1]).ToList();
        var hindrance = left.Count < wanted ? string.Create(CultureInfo.InvariantCulture, $"{leader.Id} has {left.Count} more")
            : others.Length < wanted ? "too few others are as cheap as the best"
            : 2L * (promoted.Count + wanted) > trials ? "the pass has too few trials"
            : kind == BudgetKind.Time && judges.Sum(j => j.Seen.Cost) * at.Share / lower.Share > JudgingShare * state.In.Sum(l => l.Cost) ? "they would cost more than a third of what was spent"
            : null;
        if (hindrance is null)
        {
            return ([.. promoted, .. judges.Select(j => (leader, j.Trial.Configuration))], lower, null);
        }

        return (promoted, lower, !_notJudged.Add((lower, at)) ? null
            : string.Create(CultureInfo.InvariantCulture, $"how well {lower} rank is not judged yet: {EnoughToJudge} configurations would have to be tried on both, and {hindrance}"));
    }

    /// <summary>How well the lower fidelity ranks what the pass ran again; where badly, what it had led to is undone.</summary>
    /// <returns>In words; nothing where there is nothing to go by.</returns>
    public IReadOnlyList<string> Judge(PassPlan plan)
    {
        if (plan.Judges is not { } low || FidelityRanks.Between(state.In, low, plan.Fidelity) is not var (correlation, pairs, badly))
        {
            return [];
        }

        var words = FidelityRanks.Words(low, plan.Fidelity, correlation, pairs, badly);
        if (!badly)
        {
            return [words];
        }

        _ranksBadly[low] = plan.Fidelity;
        var led = state.Lanes.Where(l => l.ShrunkBy == low).ToList();
        led.ForEach(l => (l.Box, l.ShrunkBy) = (l.Whole, null));
        var dropped = state.Lanes.Where(l => l.DroppedBy == low).ToList();
        dropped.ForEach(l => l.ComeBack());
        return [words, .. dropped.Select(l => $"{l.Id} is in again, since it was dropped by what {low} ranked"), .. led.Select(l => $"{l.Id}: the hypercube is the whole space again, since it came from what {low} ranked best")];
    }
}
