using System.Globalization;

namespace TuneLab.Benchmarks.Learners;

/// <summary>The settings of a boosting fit that vary; the others are the same everywhere: learning rate 0.1, 255 bins, l2 1, smallest hessian 1, smallest leaf 1 row, no sampling.</summary>
/// <param name="Rounds">Boosting rounds.</param>
/// <param name="Leaves">The most leaves of a tree.</param>
/// <param name="Threads">How many threads may be used.</param>
internal sealed record BoostingCase(int Rounds, int Leaves, int Threads)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rounds} x {Leaves} on {Threads}");
}
