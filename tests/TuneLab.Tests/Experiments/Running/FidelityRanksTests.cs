using TuneLab.Experiments;
using TuneLab.Storage;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Tests.Experiments.Running;

/// <summary>Where a stage moves up, it measures how well the fidelity below ranked, and goes by it.</summary>
public sealed class FidelityRanksTests
{
    [Fact]
    public void Run_StageMovesUp_TheBestAndSomeOthersShowHowWellTheSampleRanks()
    {
        using var bench = new Bench();
        bench.Run(Plan(bench, 0.5));
        var promoted = bench.Monitor.Stages.First(s => s.Stage == "refine");
        var trials = bench.Store.Trials(1).Where(t => t.Pass == promoted.Pass).ToList();
        var coarse = bench.Store.Trials(1).Where(t => t.Stage == "coarse").OrderBy(t => t.Score).ThenBy(t => t.Number).Select(t => t.Configuration).ToList();
        Assert.Equal(5, trials.Count);
        Assert.Equal(coarse.Take(2), trials.Take(2).Select(t => t.Configuration));
        Assert.Equal(coarse[^1], trials[^1].Configuration);
        Assert.Contains(promoted.Notes, n => n.StartsWith("50 % of the rows rank 5 configurations as all rows do with correlation 0.", StringComparison.Ordinal) || n.Contains("correlation 1.00", StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Monitor.Stages.SelectMany(s => s.Notes), n => n.Contains("too badly", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_StageMovesUpWithTooFewTrialsToJudgeTheSample_SaysSo()
    {
        using var bench = new Bench();
        var plan = Plan(bench, 0.5);
        bench.Run(plan with { Stages = [plan.Stages[0], plan.Stages[1] with { Trials = 6 }, plan.Stages[^1]] });
        Assert.Contains("how well 50 % of the rows rank is not judged yet: 5 configurations would have to be tried on both, and the pass has too few trials", bench.Monitor.Stages.First(s => s.Stage == "refine").Notes);
    }

    [Fact]
    public void Run_SampleRanksBadly_WhoeverItDroppedIsInAgain()
    {
        using var bench = new Bench();
        var plan = Plan(bench, 0.02);
        plan = plan with { Stages = [plan.Stages[0] with { Trials = 40 }, new StagePlan { Name = "polish", Sampler = "random", Trials = 20, Prune = "none" }, plan.Stages[^1]] };
        var store = new MemoryTrialStore(TimeProvider.System);
        new ExperimentRunner(store, TimeProvider.System, ExperimentRunner.StandardWriters).Run(
            LoadedExperiment.From(plan, Bench.Data(), new TrainerCatalog([new GradientTrainer("a"), new GradientTrainer("b"), new GradientTrainer("c")])), new RunOptions { Jobs = 1, Threads = 1 }, null, CancellationToken.None);
        var promoted = store.Stages(1).First(s => s.Stage == "polish");
        Assert.Contains(promoted.Notes, n => n.StartsWith("c dropped: its best of 8 trials on 2 % of the rows has logloss", StringComparison.Ordinal));
        Assert.Contains("c is in again, since it was dropped by what 2 % of the rows ranked", promoted.Notes);
        Assert.Contains(store.Trials(1), t => t.Stage == "polish" && t.Pass > promoted.Pass && t.Configuration.Trainer == "c");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Run_TinySampleRanksBadly_LaterStagesAreRaised(int jobs)
    {
        using var bench = new Bench();
        using var stopped = new Bench();
        bench.Run(Plan(bench, 0.02));
        var notes = bench.Monitor.Stages.SelectMany(s => s.Notes).ToList();
        Assert.Contains(notes, n => n.Contains("too badly to go by", StringComparison.Ordinal));
        Assert.Contains(notes, n => n == "all rows instead of 2 % of the rows, which ranked too badly to go by");
        Assert.All(bench.Store.Trials(1).Where(t => t.Stage == "more"), t => Assert.Equal(1, t.Rows));

        using var stop = new CancellationTokenSource();
        stopped.Monitor.OnTrial = t =>
        {
            if (t.Number == 28)
            {
                stop.Cancel();
            }
        };
        stopped.Run(Plan(stopped, 0.02), jobs, stop: stop.Token);
        stopped.Monitor.OnTrial = null;
        stopped.Run(Plan(stopped, 0.02), jobs);
        Assert.Equal(bench.Trials(), stopped.Trials());
        Assert.Equal(bench.Store.Stages(1).SelectMany(s => s.Notes), stopped.Store.Stages(1).SelectMany(s => s.Notes));
    }

    private static ExperimentPlan Plan(Bench bench, double rows) => bench.Plan() with
    {
        Metric = "logloss",
        Stages =
        [
            new StagePlan { Name = "coarse", Sampler = "random", Trials = 20, Rows = rows, Prune = "none" },
            new StagePlan { Name = "refine", Sampler = "sobol", Trials = 12, Passes = 2, Prune = "none" },
            new StagePlan { Name = "more", Sampler = "random", Trials = 5, Rows = rows, Prune = "none" },
            new StagePlan { Name = "confirm", Top = 1, Repeats = 1 },
        ],
        Budget = new BudgetPlan { Trials = 200 },
    };
}
