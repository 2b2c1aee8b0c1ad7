using TuneLab.Storage;

namespace TuneLab.Scheduling.Background;

/// <summary>An experiment that somebody asked for, with the further generations that workers made of it.</summary>
/// <param name="Root">The experiment.</param>
/// <param name="FirstRate">What the second half of its own search gained, in standard deviations of a fold's score per hour.</param>
/// <param name="Generations">Those that have ended, by number.</param>
/// <param name="IsOpen">Whether one is queued, under way or held: then no other is made.</param>
public sealed record Lineage(ExperimentRecord Root, double FirstRate, IReadOnlyList<Generation> Generations, bool IsOpen)
{
    // so a slice that ended at once does not count as a miracle
    private const double ShortestHours = 1.0 / 60;

    /// <summary>The experiment with the best winner so far.</summary>
    public long Best => Generations.LastOrDefault(g => g.IsBetter)?.Experiment ?? Root.Id;

    /// <summary>Why the last generation failed: then there is no other until somebody has retried or removed it. Null where it did not.</summary>
    public string? Failure => Generations.Count == 0 ? null : Generations[^1].Failure;

    /// <summary>The gain per hour that one more generation may bring: what the last one brought, averaged with what was expected of it, so that one lucky or unlucky slice does not decide alone.</summary>
    public double ExpectedRate => Generations.Aggregate(FirstRate, (expected, g) => (expected + (Math.Max(0, g.Gain) / Math.Max(ShortestHours, g.Hours))) / 2);

    /// <summary>How many of the last generations in a row, those that failed not counted, were not better.</summary>
    public int WithoutGain => Generations.Reverse().Where(g => g.Failure is null).TakeWhile(g => !g.IsBetter).Count();
}
