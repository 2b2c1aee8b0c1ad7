using TuneLab.Learners.Boosting;
using TuneLab.Learners.Forest;
using TuneLab.Learners.Linear;
using TuneLab.Space;
using TuneLab.Testing.Contracts;
using TuneLab.Training;

namespace TuneLab.Hosting.Tests;

public sealed class HostedBoostingContractTests(PoolFixture fixture) : TrainerContract, IClassFixture<PoolFixture>
{
    protected override ITrainer Trainer { get; } = new HostedTrainer(new BoostingTrainer(), fixture.Pool);

    protected override Configuration Quick => Trainer.Info.Cheap.With("rounds", 20).With("feature_fraction", 0.7).With("bagging_fraction", 0.7).With("min_child_samples", 5);
}

public sealed class HostedForestContractTests(PoolFixture fixture) : TrainerContract, IClassFixture<PoolFixture>
{
    protected override ITrainer Trainer { get; } = new HostedTrainer(new ForestTrainer(), fixture.Pool);

    protected override Configuration Quick => Trainer.Info.Default.With("trees", 13);
}

public sealed class HostedLinearContractTests(PoolFixture fixture) : TrainerContract, IClassFixture<PoolFixture>
{
    protected override ITrainer Trainer { get; } = new HostedTrainer(new LinearTrainer(), fixture.Pool);

    protected override Configuration Quick { get; } = new("linear", [new("l1_ratio", 0.3), new("transform", "quantile"), new("class_weight", "balanced")]);
}
