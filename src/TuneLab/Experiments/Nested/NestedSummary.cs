namespace TuneLab.Experiments.Nested;

/// <summary>What the search did without an outer fold, and how its winner does on it.</summary>
/// <param name="Fold">Which one, from 1.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Trainer">The winner's trainer.</param>
/// <param name="Winner">The winner's score on the fold.</param>
/// <param name="Baseline">The best default's.</param>
/// <param name="Effect">What the verdict is about: winner minus rival, or minus the score asked for; positive is better.</param>
/// <param name="By">What it was expected to exceed.</param>
public sealed record NestedFold(int Fold, int Rows, string Trainer, double Winner, double Baseline, double Effect, double By)
{
    /// <summary>How many times as fast a fit of the one that is judged is as one of its rival, over the folds of this search; null where it was not asked for.</summary>
    public double? Faster { get; init; }
}

/// <summary>An outer fold without which the search came to no answer.</summary>
/// <param name="Fold">Which one, from 1.</param>
/// <param name="Reason">Why, as a sentence's end.</param>
public sealed record NestedFailure(int Fold, string Reason);

/// <summary>The outer folds of nested cross-validation.</summary>
/// <param name="Folds">Those that are through, by number.</param>
/// <param name="Of">How many there are.</param>
public sealed record NestedSummary(IReadOnlyList<NestedFold> Folds, int Of)
{
    /// <summary>Those whose search came to no answer, by number. <value>None.</value></summary>
    public IReadOnlyList<NestedFailure> Failures { get; init; } = [];

    /// <summary>Whether all are through, with an answer or without.</summary>
    public bool Complete => Folds.Count + Failures.Count == Of;
}
