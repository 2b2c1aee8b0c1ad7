using TuneLab.Experiments;
using TuneLab.Pruners;
using TuneLab.Storage;

namespace TuneLab.Tests.Experiments.Running;

public sealed class PruningTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Run_WithAPruner_PrunesTheSameTrialsAtAnyNumberOfJobs(int jobs)
    {
        using var two = new Bench();
        using var other = new Bench();
        var expected = two.Run(Plan(two), pruner: new MedianPruner(3, 4));
        other.Trainer.OnRound = round => Thread.SpinWait((round * 7919) % 5 * 2000);
        var result = other.Run(Plan(other), jobs, pruner: new MedianPruner(3, 4));

        Assert.InRange(expected.Trials.Pruned, 3, 40);
        Assert.Equal(expected.Trials.Pruned, result.Trials.Pruned);
        Assert.Equal(two.Trials(), other.Trials());
        Assert.All(other.Monitor.Trials.Where(t => t.Status == TrialStatus.Pruned), t => Assert.Contains("worse than the median", t.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_FullCache_PrunesTheSameTrials()
    {
        using var fresh = new Bench();
        var expected = fresh.Run(Plan(fresh), pruner: new MedianPruner(3, 4));
        using var cached = new Bench();
        cached.Run(Plan(cached) with { Metric = "brier" }); // another experiment leaves whole folds behind
        var fits = cached.Trainer.Fits;
        var result = cached.Run(Plan(cached), pruner: new MedianPruner(3, 4));
        Assert.True(cached.Trainer.Fits - fits < fits / 2);
        Assert.Equal(expected.Trials.Pruned, result.Trials.Pruned);
        Assert.Equal(fresh.Trials(), cached.Trials().Skip(cached.Trials().Count - fresh.Trials().Count));
    }

    private static ExperimentPlan Plan(Bench bench) => bench.Plan() with
    {
        Stages = [new StagePlan { Name = "search", Sampler = "random", Trials = 40 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        Budget = new BudgetPlan { Trials = 41 },
    };
}
