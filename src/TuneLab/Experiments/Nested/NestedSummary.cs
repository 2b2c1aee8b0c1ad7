namespace TuneLab.Experiments.Nested;

/// <summary>What the search did without an outer fold, and how its winner does on it.</summary>
/// <param name="Fold">Which one, from 1.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Trainer">The winner's trainer.</param>
/// <param name="Winner">The winner's score on the fold.</param>
/// <param name="Baseline">The best default's.</param>
/// <param name="Effect">What the verdict is about: winner minus rival, or minus the score asked for; positive is better.</param>
/// <param name="By">What it was expected to exceed.</param>
public sealed record NestedFold(int Fold, int Rows, string Trainer, double Winner, double Baseline, double Effect, double By);

/// <summary>The outer folds of nested cross-validation.</summary>
/// <param name="Folds">Those that are through, by number.</param>
/// <param name="Of">How many there are.</param>
public sealed record NestedSummary(IReadOnlyList<NestedFold> Folds, int Of)
{
    /// <summary>Whether all are through.</summary>
    public bool Complete => Folds.Count == Of;
}
