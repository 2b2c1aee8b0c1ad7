using TuneLab.Experiments;
using TuneLab.Experiments.Commands;
using TuneLab.Experiments.Running;
using TuneLab.Pruners;
using TuneLab.Storage;

namespace TuneLab.Tests.Experiments.Running;

public sealed class PruningTests
{
    [Theory]
    [InlineData("median", 1)]
    [InlineData("median", 4)]
    [InlineData("paired", 1)]
    [InlineData("paired", 4)]
    [InlineData("paired", 16)]
    public void Run_WithAPruner_PrunesTheSameTrialsAtAnyNumberOfJobs(string pruner, int jobs)
    {
        using var two = new Bench();
        using var other = new Bench();
        var expected = two.Run(Plan(two, pruner));
        other.Trainer.OnRound = round => Thread.SpinWait((round * 7919) % 5 * 2000);
        var result = other.Run(Plan(other, pruner), jobs);

        Assert.InRange(expected.Trials.Pruned, 3, 40);
        Assert.Equal(expected.Trials.Pruned, result.Trials.Pruned);
        Assert.Equal(two.Trials(), other.Trials());
        Assert.All(other.Monitor.Trials.Where(t => t.Status == TrialStatus.Pruned), t => Assert.Contains("worse than", t.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("median")]
    [InlineData("paired")]
    public void Run_FullCache_PrunesTheSameTrials(string pruner)
    {
        using var fresh = new Bench();
        var expected = fresh.Run(Plan(fresh, pruner));
        using var cached = new Bench();
        cached.Run(Plan(cached, "none") with { Metric = "auc" }); // another experiment leaves whole folds behind
        var fits = cached.Trainer.Fits;
        var result = cached.Run(Plan(cached, pruner));
        Assert.True(cached.Trainer.Fits - fits < fits / 2);
        Assert.Equal(expected.Trials.Pruned, result.Trials.Pruned);
        Assert.Equal(fresh.Trials(), cached.Trials().Skip(cached.Trials().Count - fresh.Trials().Count));
    }

    [Theory]
    [InlineData("median", 12)]
    [InlineData("paired", 12)]
    [InlineData("paired", 27)]
    public void Run_StoppedAndResumed_PrunesTheSameTrials(string pruner, int stopAfter)
    {
        using var whole = new Bench();
        whole.Run(Plan(whole, pruner));
        using var stopped = new Bench();
        using var stop = new CancellationTokenSource();
        stopped.Monitor.OnTrial = t =>
        {
            if (t.Number == stopAfter)
            {
                stop.Cancel();
            }
        };
        stopped.Run(Plan(stopped, pruner), stop: stop.Token);
        stopped.Monitor.OnTrial = null;
        stopped.Run(Plan(stopped, pruner));
        Assert.Equal(whole.Trials(), stopped.Trials());
    }

    [Fact]
    public void Run_Paired_FitsFewerFoldsAndFindsTheSameBest()
    {
        using var paired = new Bench();
        using var none = new Bench();
        var (fast, slow) = (paired.Run(Plan(paired, "paired")), none.Run(Plan(none, "none")));
        Assert.Equal(slow.Best.Configuration, fast.Best.Configuration);
        Assert.True(paired.Trainer.Fits < 0.85 * none.Trainer.Fits, $"{paired.Trainer.Fits} of {none.Trainer.Fits}");
        Assert.All(paired.Store.Experiments().SelectMany(e => paired.Store.Trials(e.Id)).Where(t => t.Status == TrialStatus.Pruned), t => Assert.InRange(t.Scores.Length, 1, 2));
    }

    [Fact]
    public void For_ARunThatGoesOn_IsNotJudgedAgainBeforeWhereItWasPaused()
    {
        using var bench = new Bench();
        var trainer = bench.Load(bench.Plan()).Resolved.Trainers[0];
        var work = new TrialWork(9, "s", 1, trainer, trainer.Default, Fidelity.Full, [], null, new Pruning(new Ender(), 1, []));
        bool Stops(TrialWork trial, int rounds) => new PruningJudge().For(trial, 0)!([.. Enumerable.Range(1, rounds)], new double[rounds]).Stop;
        Assert.True(Stops(work, 1));
        var on = work with { GoesOnFrom = 0.3 }; // of 20 rounds
        Assert.All([1, 5, 6], rounds => Assert.False(Stops(on, rounds)));
        Assert.All([7, 19], rounds => Assert.True(Stops(on, rounds)));
    }

    [Fact]
    public void For_AProgramThatDoesNotSayHowManyRounds_HasThoseThatOthersDid()
    {
        using var bench = new Bench();
        var planned = bench.Load(bench.Plan()).Resolved.Trainers[0];
        planned = planned with { Trainer = new CommandTrainer(planned.Space, planned.Default, rounds: null) };
        var judge = new PruningJudge();
        var curve = new Evaluation
        {
            Key = "k", Trainer = "command", Configuration = "c", Rounds = [.. Enumerable.Range(1, 100)], Losses = [.. Enumerable.Range(1, 100).Select(r => 1.0 / r)],
            Metrics = [], Scores = [], FitSeconds = 0, ScoreSeconds = 0, PeakMemoryBytes = 0, Stopped = "", TrainRows = 1, ValidRows = 1,
        };
        TrialWork Work(int number) => new(number, "s", 1, planned, planned.Default, Fidelity.Full, [], null, new Pruning(new MedianPruner(), number, []));
        for (var i = 0; i < 6; i++)
        {
            judge.Add(Work(i), [curve], complete: true);
        }

        bool Stops(int rounds) => judge.For(Work(9), 0)!([.. Enumerable.Range(1, rounds)], [.. Enumerable.Repeat(2.0, rounds)]).Stop;
        Assert.All([1, 5, 9], rounds => Assert.False(Stops(rounds)));
        Assert.True(Stops(10));
    }

    private sealed class Ender : IPruner
    {
        public string Id => "ender";

        public PruneDecision Decide(Progress running, IReadOnlyList<Progress> finished) => new(true, "always");

        public PruneDecision Decide(FoldLosses done, IReadOnlyList<FoldLosses> finished) => new(true, "always");
    }

    private static ExperimentPlan Plan(Bench bench, string pruner) => bench.Plan() with
    {
        Stages = [new StagePlan { Name = "search", Sampler = "random", Trials = 40, Prune = pruner }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        Budget = new BudgetPlan { Trials = 41 },
        Metric = "logloss", // tells the trials of this learner apart better than the order of its answers
    };
}
