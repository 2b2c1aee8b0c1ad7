using TuneLab.Experiments.Running;

namespace TuneLab.Experiments.Commands;

/// <summary>The folds of a program: each repetition is one run with a seed of its own.</summary>
internal sealed class SeedFolds(int repeats) : IFolds
{
    /// <inheritdoc/>
    public IReadOnlyList<FoldId> Search => [.. Enumerable.Range(0, repeats).SelectMany(Repeat)];

    /// <inheritdoc/>
    public IReadOnlyList<FoldId> Repeat(int repeat) => [new FoldId(FoldPurpose.Split, repeat, 0)];

    /// <inheritdoc/>
    public void Release(int repeat)
    {
    }
}
