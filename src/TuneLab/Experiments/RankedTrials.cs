using TuneLab.Experiments.Answer;
using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Experiments;

/// <summary>The trials of a search that can be compared with each other.</summary>
public static class RankedTrials
{
    /// <summary>Those completed on everything, on the search's splits (confirm's have their own), with a score; the best first, ties by number.</summary>
    public static IEnumerable<FinishedTrial> Of(IEnumerable<FinishedTrial> trials, Objective objective)
        => trials.Where(t => t is { Status: TrialStatus.Completed, Fidelity.IsFull: true } && t.Stage != Confirmation.Stage && !double.IsNaN(t.Score))
            .OrderBy(t => t.Score, Comparer<double>.Create(objective.Compare)).ThenBy(t => t.Number);
}
