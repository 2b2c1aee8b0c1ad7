using TuneLab.Pruners;
using TuneLab.Space;

namespace TuneLab.Experiments.Running;

/// <summary>A trial to run.</summary>
/// <param name="Number">Its number within the experiment.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Pass">The pass's index.</param>
/// <param name="Trainer">Who learns.</param>
/// <param name="Configuration">The hyperparameters.</param>
/// <param name="Rows">The fraction of each fold's training rows.</param>
/// <param name="Folds">On which folds.</param>
/// <param name="FixedRounds">The settled round count, or null.</param>
/// <param name="Pruning">What may end it before its last fold, or null.</param>
internal sealed record TrialWork(int Number, string Stage, int Pass, PlannedTrainer Trainer, Configuration Configuration, double Rows, IReadOnlyList<FoldId> Folds, int? FixedRounds, Pruning? Pruning = null);

/// <summary>What may end a trial.</summary>
/// <param name="Pruner">Decides.</param>
/// <param name="SeesBelow">It may compare the trial with those numbered below this.</param>
/// <param name="Finished">Those of the same trainer on the same rows, pruned ones among them.</param>
internal sealed record Pruning(IPruner Pruner, long SeesBelow, IReadOnlyList<FoldLosses> Finished);
