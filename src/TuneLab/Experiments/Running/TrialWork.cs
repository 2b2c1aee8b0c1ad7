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
/// <param name="SeesBelow">A pruner may compare it with trials numbered below this; 0: with none.</param>
internal sealed record TrialWork(int Number, string Stage, int Pass, PlannedTrainer Trainer, Configuration Configuration, double Rows, IReadOnlyList<FoldId> Folds, int? FixedRounds, long SeesBelow = 0);
