using TuneLab.Learners.Linear;
using TuneLab.Space;
using TuneLab.Testing.Contracts;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Linear;

public sealed class LinearTrainerTests : TrainerContract
{
    protected override ITrainer Trainer { get; } = new LinearTrainer();

    protected override Configuration Quick { get; } = new("linear", [new("l1_ratio", 0.3), new("transform", "quantile"), new("class_weight", "balanced")]);
}
