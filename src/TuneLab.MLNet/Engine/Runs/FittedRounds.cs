using TuneLab.MLNet.Engine.Models;
using TuneLab.MLNet.Engine.Trees;

namespace TuneLab.MLNet.Engine.Runs;

/// <summary>What one fit gave.</summary>
/// <param name="Asked">The rounds that it was asked for.</param>
/// <param name="Model">Its model.</param>
/// <param name="Trees">By ensemble; null where it has none.</param>
/// <param name="Reached">The rounds that it did: fewer than asked for where some left no tree, or nothing was left to learn.</param>
/// <param name="Told">Up to which count its first trees are those of as many rounds; below <paramref name="Reached"/> where it can't be told which round a tree belongs to.</param>
internal sealed record FittedRounds(int Asked, MLNetModel Model, IReadOnlyList<SavedTree[]>? Trees, int Reached, int Told)
{
    /// <summary>Whether each further score costs a fit of its own.</summary>
    public bool IsTold => Told == Reached;
}
