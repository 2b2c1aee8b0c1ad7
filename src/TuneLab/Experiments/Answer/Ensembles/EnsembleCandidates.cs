using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Experiments.Answer.Ensembles;

/// <summary>
/// Which trials an ensemble may be made of: completed on all rows and folds of the search, each configuration once; the best <see cref="Best"/> of all, and of each trainer the best
/// <see cref="BestOfTrainer"/>, since members that err in different places help each other most.
/// </summary>
internal static class EnsembleCandidates
{
    /// <summary>How many of the best trials, whatever trainer they are of.</summary>
    public const int Best = 20;

    /// <summary>How many of each trainer's best.</summary>
    public const int BestOfTrainer = 5;

    /// <summary>Those, best first.</summary>
    /// <param name="ranked">Trials that completed on all rows, best first.</param>
    public static IReadOnlyList<FinishedTrial> Of(IEnumerable<FinishedTrial> ranked)
    {
        var distinct = ranked.DistinctBy(t => t.Configuration).ToList();
        var ofTrainer = distinct.GroupBy(t => t.Configuration.Trainer, StringComparer.Ordinal).SelectMany(g => g.Take(BestOfTrainer)).ToHashSet();
        return [.. distinct.Where((t, rank) => rank < Best || ofTrainer.Contains(t))];
    }

    /// <summary>Trials in the order of their scores, ties by number.</summary>
    public static IOrderedEnumerable<FinishedTrial> Ranked(IEnumerable<FinishedTrial> trials, Objective objective)
        => trials.OrderBy(t => t.Score, Comparer<double>.Create(objective.Compare)).ThenBy(t => t.Number);
}
