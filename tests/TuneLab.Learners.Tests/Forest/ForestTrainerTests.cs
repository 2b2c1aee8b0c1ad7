using TuneLab.Learners.Forest;
using TuneLab.Space;
using TuneLab.Testing.Contracts;
using TuneLab.Training;

namespace TuneLab.Learners.Tests;

public sealed class ForestTrainerTests : TrainerContract
{
    protected override ITrainer Trainer { get; } = new ForestTrainer();

    protected override Configuration Quick => Trainer.Info.Default.With("trees", 13);
}

public sealed class ForestTrainerExtraTests : TrainerContract
{
    protected override ITrainer Trainer { get; } = new ForestTrainer();

    protected override Configuration Quick => Trainer.Info.Default.With("trees", 13).With("kind", "extra").With("criterion", "entropy").With("bootstrap", "no").With("row_fraction", 0.7).With("leaves", 20);
}
