using TuneLab.Pruners;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Experiments.Running;

/// <summary>A trial to run.</summary>
/// <param name="Number">Its number within the experiment.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Pass">The pass's index.</param>
/// <param name="Trainer">Who learns.</param>
/// <param name="Configuration">The hyperparameters.</param>
/// <param name="Fidelity">What it is given.</param>
/// <param name="Folds">On which folds.</param>
/// <param name="FixedRounds">The settled round count, or null.</param>
/// <param name="Pruning">What may end it before its last fold, or null.</param>
internal sealed record TrialWork(int Number, string Stage, int Pass, PlannedTrainer Trainer, Configuration Configuration, Fidelity Fidelity, IReadOnlyList<FoldId> Folds, int? FixedRounds, Pruning? Pruning = null)
{
    /// <summary>The fraction of its rounds where its runs may have been paused, to go on now. <value>Null: they begin.</value></summary>
    public double? GoesOnFrom { get; init; }

    /// <summary>Its work on a fold.</summary>
    public FoldWork On(FoldId fold) => new(Trainer.Trainer, Configuration, fold, Fidelity.Rows, FixedRounds) { Rounds = Fidelity.Rounds, GoesOnFrom = GoesOnFrom };
}

/// <summary>What may end a trial.</summary>
/// <param name="Pruner">Decides.</param>
/// <param name="SeesBelow">It may compare the trial with those numbered below this.</param>
/// <param name="Finished">Those of the same trainer at the same fidelity, pruned ones among them.</param>
internal sealed record Pruning(IPruner Pruner, long SeesBelow, IReadOnlyList<FoldLosses> Finished);
