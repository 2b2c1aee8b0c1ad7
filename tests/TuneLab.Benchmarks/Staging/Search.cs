namespace TuneLab.Benchmarks.Staging;

/// <summary>A search that has ended.</summary>
/// <param name="Trials">Its trials on all rows, in the order in which they ended, the trainer's default among them; empty when none ended in time.</param>
/// <param name="Processor">What its process took.</param>
/// <param name="Gain">A score turned so that more is better.</param>
internal sealed record Search(IReadOnlyList<SearchedTrial> Trials, ProcessorLog Processor, Func<double, double> Gain)
{
    /// <summary>The trial with the best score; the first of equal ones.</summary>
    public SearchedTrial? Best { get; } = Trials.MaxBy(t => Gain(t.Score));
}
