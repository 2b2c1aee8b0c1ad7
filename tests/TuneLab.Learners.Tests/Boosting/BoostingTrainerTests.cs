using TuneLab.Learners.Boosting;
using TuneLab.Space;
using TuneLab.Testing.Contracts;
using TuneLab.Training;

namespace TuneLab.Learners.Tests;

public sealed class BoostingTrainerTests : TrainerContract
{
    protected override ITrainer Trainer { get; } = new BoostingTrainer();

    protected override Configuration Quick => Trainer.Info.Cheap.With("rounds", 20).With("feature_fraction", 0.7).With("bagging_fraction", 0.7).With("min_child_samples", 5);
}

public sealed class BoostingTrainerRandomSplitsTests : TrainerContract
{
    protected override ITrainer Trainer { get; } = new BoostingTrainer();

    protected override Configuration Quick => Trainer.Info.Cheap.With("rounds", 20).With("min_child_samples", 5).With("extra_trees", "yes");
}
