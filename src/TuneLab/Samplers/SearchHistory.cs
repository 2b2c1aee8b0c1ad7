using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>How an observed trial ended, for a sampler.</summary>
public enum ObservationStatus
{
    /// <summary>It has a score.</summary>
    Completed,

    /// <summary>It was stopped early; its score is that of the fidelity it reached.</summary>
    Pruned,

    /// <summary>It has none: worse than any score.</summary>
    Failed,
}

/// <summary>A finished trial as a sampler sees it.</summary>
/// <param name="Number">Its number within the experiment.</param>
/// <param name="Stage">The index of the stage pass that proposed it: a sampler that works in generations counts those of its own pass.</param>
/// <param name="Point">[dimensions] coordinates in the unit cube of the whole space (not of the hypercube); not to be written.</param>
/// <param name="Loss">The score turned so that less is better; NaN when failed.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Rows">Fidelity: the fraction of rows, times those of rounds and of folds, in (0, 1].</param>
/// <param name="Cost">Work units (rows x features x rounds and the like), never seconds.</param>
public sealed record Observation(int Number, int Stage, double[] Point, double Loss, ObservationStatus Status, double Rows, double Cost)
{
    /// <summary>Whether it is a known answer, told again because the sampler proposed in this stage pass what had been tried. <value>False.</value></summary>
    public bool Again { get; init; }
}

/// <summary>
/// The finished trials that a proposal may depend on: those of one trainer, numbered below n - lag, in the order of their numbers. An append-only view:
/// what a later proposal sees begins with what an earlier one saw.
/// </summary>
/// <param name="Observations">In ascending order of <see cref="Observation.Number"/>, but for those told again, which stand where they were told.</param>
public sealed record SearchHistory(IReadOnlyList<Observation> Observations)
{
    /// <summary>Nothing seen.</summary>
    public static SearchHistory Empty { get; } = new([]);
}
