using TuneLab.MLNet.Engine.Models;
using TuneLab.MLNet.Engine.Trees;

namespace TuneLab.MLNet.Engine.Runs;

/// <summary>What one fit gave.</summary>
/// <param name="Asked">The rounds that it was asked for.</param>
/// <param name="Model">Its model.</param>
/// <param name="Trees">By ensemble, where its first rounds are what a fit of fewer rounds gives; null where they can't be told.</param>
internal sealed record FittedRounds(int Asked, MLNetModel Model, IReadOnlyList<SavedTree[]>? Trees)
{
    /// <summary>The rounds that it did: fewer than asked for when nothing was left to learn.</summary>
    public int Reached => Model.Predictor is null ? 1 : Trees is null ? Asked : Math.Clamp(Trees.Max(t => t.Length), 1, Asked);
}
