namespace TuneLab.Pruners;

/// <summary>Lets every trial run to its end.</summary>
public sealed class NeverPruner : IPruner
{
    /// <inheritdoc/>
    public string Id => "none";

    /// <inheritdoc/>
    public PruneDecision Decide(Progress progress, IReadOnlyList<Progress> finished) => new(false, "nothing is pruned");
}
