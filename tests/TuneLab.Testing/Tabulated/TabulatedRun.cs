using TuneLab.Space;

namespace TuneLab.Testing.Tabulated;

/// <summary>One configuration that was tried.</summary>
/// <param name="Configuration">What was tried.</param>
/// <param name="Point">[dimensions] where it lies in the unit cube; not to be written.</param>
/// <param name="Losses">[checkpoints] the task's loss on the validation rows at the first checkpoints of <see cref="TabulatedRuns.Rounds"/>, as many as it was trained for, the last one at its last round where that comes sooner than the checkpoint; less is better. One infinite one where it failed.</param>
public sealed record TabulatedRun(Configuration Configuration, double[] Point, float[] Losses)
{
    /// <summary>The loss at its best checkpoint, which is what a trial is judged by.</summary>
    public double Loss { get; } = Losses.Min();
}
