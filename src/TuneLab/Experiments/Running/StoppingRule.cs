namespace TuneLab.Experiments.Running;

/// <summary>When a fold's run has gone far enough past its best loss. Longer runs get proportionally more patience, because checkpoints lie further apart.</summary>
internal static class StoppingRule
{
    /// <summary>Raised when the rule changes; part of the cache key.</summary>
    public const int Version = 1;

    /// <summary>Whether nothing has improved since half as many rounds again as the best needed, and 30 more.</summary>
    public static bool Reached(int rounds, int bestRounds) => rounds >= bestRounds * 1.5 + 30;
}
