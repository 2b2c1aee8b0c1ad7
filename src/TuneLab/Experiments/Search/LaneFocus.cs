using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Storage;

namespace TuneLab.Experiments.Search;

/// <summary>Makes a lane's hypercube smaller around what its trials show to be good, in the coordinates that they show to matter.</summary>
internal static class LaneFocus
{
    private const int EnoughToShrink = 4;

    /// <summary>Shrinks it, where enough is known.</summary>
    /// <param name="lane">Whose hypercube.</param>
    /// <param name="stage">Says how much.</param>
    /// <param name="objective">What its trials' scores mean.</param>
    /// <param name="ranksBadly">Fidelities whose ranking is not to be gone by.</param>
    /// <param name="seed">For finding out what matters.</param>
    /// <returns>A sentence for each side that changed.</returns>
    public static IEnumerable<string> Shrink(Lane lane, StagePlan stage, Objective objective, IReadOnlyCollection<Fidelity> ranksBadly, Seed seed)
    {
        var ranked = lane.Ranked(lane.RankingFidelity(EnoughToShrink, ranksBadly));
        if (ranked.Count < EnoughToShrink || lane.Trainer.Space.Dimensions == 0 || ranksBadly.Contains(ranked[0].Trial.Fidelity))
        {
            return [];
        }

        // pruned ones count into the share that is kept, behind those completed
        var by = ranked[0].Trial.Fidelity;
        var shrunk = HypercubeShrinker.Shrink(lane.Box, [.. ranked.Select(r => r.Seen), .. lane.PrunedAt(by)], stage.Keep, stage.Shrink, loss => objective.HigherIsBetter ? -loss : loss, Importance(lane, ranksBadly, seed));
        (lane.Box, lane.ShrunkBy) = (shrunk.Box, by);
        return shrunk.Notes.Select(n => lane.Id + "." + n);
    }

    // by the fidelity with the most trials: where the search has just moved up, few were run there
    private static AxisImportance? Importance(Lane lane, IReadOnlyCollection<Fidelity> ranksBadly, Seed seed)
    {
        var seen = lane.Ranked(lane.MostTrials(ranksBadly));
        return AxisImportance.Of(lane.Trainer.Space, [.. seen.Select(r => r.Seen)], FoldNoise.Of(seen.Select(r => r.Trial.Scores)) ?? 0, seed);
    }
}
