using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Answer;
using TuneLab.Storage;

namespace TuneLab.Tests.Experiments.Running;

public sealed class InterruptionTests
{
    [Fact]
    public void Run_StoppedWhileAPassThatHasEndedDrains_LosesNoTrial()
    {
        using var whole = new Bench();
        whole.Run(TargetPlan(whole));
        using var bench = new Bench();
        using var stop = new CancellationTokenSource();
        // with trial 1 taken in, trial 18 is not proposed any more; the ones before it are still under way
        bench.Monitor.OnTrial = t =>
        {
            if (t.Number == 3)
            {
                stop.Cancel();
            }
        };
        Assert.False(bench.Run(TargetPlan(bench), stop: stop.Token).Complete);
        bench.Monitor.OnTrial = null;
        bench.Run(TargetPlan(bench));
        Assert.Equal(whole.Trials(), bench.Trials());
    }

    [Fact]
    public void Run_StoppedBeforeItHasCaughtUp_TakesInWhatWasFinishedAndComputesNoTrial()
    {
        using var bench = new Bench();
        using var stop = StoppedAtTrialTwelve(bench);
        // one that came to its end beyond one that did not waits until the run has caught up
        var before = bench.Store.Trials(1).Where(t => t.Stage != "confirm").Select(t => t.Number).TakeWhile((number, i) => number == i).ToList();
        Assert.False(bench.Run(bench.Plan(), jobs: 1, stop: stop.Token).Complete);
        Assert.Equal(before, bench.Monitor.Trials.Where(t => t.Stage != "confirm").Select(t => t.Number));
        Assert.True(before.Count >= 13);
    }

    [Fact]
    public void Run_LeftBeforeItHasCaughtUp_EndsAtOnce()
    {
        using var bench = new Bench();
        using var stop = StoppedAtTrialTwelve(bench);
        bench.With = o => o with { Leave = stop.Token };
        Assert.Throws<StoppedException>(() => bench.Run(bench.Plan(), jobs: 1));
        Assert.DoesNotContain(bench.Monitor.Trials, t => t.Stage == "coarse");
    }

    [Fact]
    public void Run_StoppedJustAfterTheBudgetWasRaised_StillUsesTheRaisedBudget()
    {
        using var bench = new Bench();
        bench.Run(bench.Plan());
        using var stop = new CancellationTokenSource();
        var raised = bench.Plan() with { Budget = new BudgetPlan { Trials = 60 } };
        bench.Monitor.OnTrial = t =>
        {
            if (t.Stage != "confirm" && t.Number > 30)
            {
                stop.Cancel();
            }
        };
        Assert.False(bench.Run(raised, stop: stop.Token).Complete);
        bench.Monitor.OnTrial = null;
        bench.Run(raised);
        Assert.Equal(60, bench.Store.Trials(bench.Store.Experiments().Single().Id).Count(t => t.Stage != "confirm"));
    }

    [Fact]
    public void Run_BudgetRaisedAfterAStop_UsesTheRaisedBudget()
    {
        using var bench = new Bench();
        using var stop = new CancellationTokenSource();
        bench.Monitor.OnTrial = t =>
        {
            if (t.Number == 20)
            {
                stop.Cancel();
            }
        };
        Assert.False(bench.Run(bench.Plan(), stop: stop.Token).Complete);
        bench.Monitor.OnTrial = null;
        bench.Run(bench.Plan() with { Budget = new BudgetPlan { Trials = 60 } });
        Assert.Equal(60, bench.Store.Trials(1).Count(t => t.Stage != "confirm"));
    }

    [Fact]
    public void Run_BudgetLoweredAfterAStop_KeepsWhatIsFinishedAndItsNumbers()
    {
        using var bench = new Bench();
        using var stop = new CancellationTokenSource();
        bench.Monitor.OnTrial = t =>
        {
            if (t.Number == 12)
            {
                stop.Cancel();
            }
        };
        bench.Run(bench.Plan(), stop: stop.Token);
        bench.Monitor.OnTrial = null;
        bench.Monitor.Trials.Clear();
        bench.Run(bench.Plan() with { Budget = new BudgetPlan { Trials = 5 } });
        var stored = bench.Store.Trials(1).ToDictionary(t => t.Number);
        Assert.True(stored.Count > 13);
        Assert.Equal(stored.Keys, bench.Monitor.Trials.Select(t => t.Number).Order());
        Assert.All(bench.Monitor.Trials, t => Assert.Equal(t.Stage, stored[t.Number].Stage));
    }

    [Fact]
    public void Run_StoppedInConfirmUnderATimeBudget_EveryTrialOfTheNextRunIsStored()
    {
        using var bench = new Bench();
        bench.Trainer.Taking(bench.Time, 1);
        var plan = bench.Plan() with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(5) }, Stages = [] };
        using var stop = new CancellationTokenSource();
        bench.Monitor.OnTrial = t =>
        {
            if (t.Stage == "confirm")
            {
                stop.Cancel();
            }
        };
        bench.Run(plan, stop: stop.Token);
        bench.Monitor.OnTrial = null;
        bench.Monitor.Trials.Clear();
        bench.Run(plan with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(12) } });
        var stored = bench.Store.Trials(bench.Store.Experiments().Single().Id).ToDictionary(t => t.Number);
        Assert.All(bench.Monitor.Trials, t => Assert.Equal((t.Stage, t.Configuration), (stored[t.Number].Stage, stored[t.Number].Configuration)));
    }

    [Fact]
    public void Run_TimeWasTooShortForTheDefaults_MoreTimeScoresThem()
    {
        using var bench = new Bench();
        var begin = bench.Time.GetTimestamp();
        bench.Trainer.OnRound = _ =>
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(100));
            if (bench.Time.GetElapsedTime(begin) > TimeSpan.FromSeconds(1))
            {
                Thread.Sleep(200); // else the trial may be through before the run gets to see the time
            }
        };
        var plan = bench.Plan() with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(1) } };
        Assert.Throws<TuneLab.Errors.NoAnswerException>(() => bench.Run(plan));
        bench.Trainer.Taking(bench.Time, 10);
        var result = bench.Run(plan with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(30) } });
        Assert.Equal("defaults", bench.Store.Trials(bench.Store.Experiments().Single().Id).Single(t => t.Number == result.Baseline.Trial).Stage);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_StageOnFewerFolds_ItsBestIsRunOnEverythingBeforeTheNextWhereTimeIsTheBudget(bool timed)
    {
        using var bench = new Bench();
        bench.Trainer.Taking(bench.Time, 2);
        var plan = bench.Plan() with
        {
            Budget = timed ? new BudgetPlan { Time = TimeSpan.FromSeconds(20) } : new BudgetPlan { Trials = 40 },
            Stages = [new StagePlan { Name = "coarse", Trials = 12, Rows = 0.25, Folds = 1 }, new StagePlan { Name = "refine", Trials = 10, Rows = 0.5 }, new StagePlan { Name = "polish", Sampler = "random", Trials = 6 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        };
        bench.Run(plan);
        var trials = bench.Store.Trials(1);
        var refine = trials.First(t => t.Stage == "refine").Number;
        var early = trials.Where(t => t.Number < refine && t.Stage == "coarse" && t.Rows == 1).ToList();
        Assert.Equal(timed ? 2 : 0, early.Count);
        var best = trials.Where(t => t.Stage == "coarse" && t.Rows == 0.25 && t.Status == TrialStatus.Completed).MaxBy(t => t.Score)!;
        Assert.Equal(timed, early.Exists(t => t.Configuration.Equals(best.Configuration)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_PassesOnFewerFolds_WhoeverLeadsIsRunOnEverythingBetweenThemWhereTimeIsTheBudget(bool timed)
    {
        using var bench = new Bench();
        bench.Trainer.Taking(bench.Time, 2);
        var plan = bench.Plan() with
        {
            Budget = timed ? new BudgetPlan { Time = TimeSpan.FromSeconds(30) } : new BudgetPlan { Trials = 40 },
            Stages = [new StagePlan { Name = "coarse", Trials = 5, Passes = 4, Rows = 0.25, Folds = 1 }, new StagePlan { Name = "refine", Trials = 10, Rows = 0.5 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        };
        bench.Run(plan);
        var trials = bench.Store.Trials(1).Where(t => t.Stage == "coarse").ToList();
        var passes = trials.GroupBy(t => t.Pass).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();
        var between = passes.SkipLast(1).Where(p => p[0].Rows == 1).ToList();
        Assert.Equal(timed, between.Count > 0);
        Assert.Equal(4, passes.Count(p => p[0].Rows == 0.25));
        foreach (var leader in between.Select(Assert.Single))
        {
            var before = trials.Where(t => t.Pass < leader!.Pass && t.Rows == 0.25 && t.Status == TrialStatus.Completed);
            Assert.Equal(before.MaxBy(t => t.Score)!.Configuration, leader!.Configuration);
        }

        var all = trials.Where(t => t.Rows == 1).Select(t => t.Configuration.Canonical).ToList();
        Assert.Equal(all.Distinct(), all);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(1, 1)]
    [InlineData(2, null)]
    public void Run_LastStageGivesLess_ItsBestAreRunOnEverythingInTheTimeThatItLeaves(int passes, int? folds)
    {
        using var bench = new Bench();
        bench.Trainer.Taking(bench.Time, 2);
        var plan = bench.Plan() with
        {
            Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(12) },
            Stages = [new StagePlan { Name = "coarse", Rows = 0.25, Folds = folds, Passes = passes }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        };
        bench.Run(plan, jobs: 1);
        var trials = bench.Store.Trials(1).Where(t => t.Stage == "coarse").ToList();
        var best = trials.Where(t => t.Rows == 0.25 && t.Status == TrialStatus.Completed).MaxBy(t => t.Score)!;
        Assert.Contains(trials, t => t.Rows == 1 && t.Configuration.Equals(best.Configuration));
        Assert.True(trials.Count(t => t.Rows < 1) > 10);
    }

    [Fact]
    public void Run_LastStageGivesLessAndTimeCutsABudgetInTrials_ItsBestAreRunOnEverything()
    {
        using var bench = new Bench();
        bench.Trainer.Taking(bench.Time, 2);
        var plan = bench.Plan() with
        {
            Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(12), Trials = 5000 },
            Stages = [new StagePlan { Name = "coarse", Rows = 0.25 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        };
        bench.Run(plan, jobs: 1);
        Assert.Contains(bench.Store.Trials(1), t => t.Stage == "coarse" && t.Rows == 1);
    }

    [Fact]
    public void Run_LastStageGivesLessAndTimeBecomesTrials_ItsBestAreRunOnEverything()
    {
        using var bench = new Bench();
        using var stop = new CancellationTokenSource();
        bench.Trainer.Taking(bench.Time, 2);
        bench.Monitor.OnTrial = t =>
        {
            if (t.Number == 7)
            {
                stop.Cancel();
            }
        };
        var plan = bench.Plan() with { Stages = [new StagePlan { Name = "coarse", Rows = 0.25 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }] };
        bench.Run(plan with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(60) } }, stop: stop.Token);
        bench.Monitor.OnTrial = null;
        bench.Run(plan with { Budget = new BudgetPlan { Trials = 24 } });
        var searched = bench.Store.Trials(1).Where(t => t.Stage != "confirm").ToList();
        Assert.Equal(24, searched.Count);
        Assert.Equal(3, searched.Count(t => t.Rows == 1));
    }

    [Fact]
    public void Run_LeadersTakeLong_LeaveTheOtherPassesTheirTime()
    {
        using var bench = new Bench();
        bench.Trainer.Taking(bench.Time, 2);
        var plan = bench.Plan() with
        {
            Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(60) },
            Stages = [new StagePlan { Name = "coarse", Passes = 3, Rows = 0.25, Folds = 1, Share = 0.12 }, new StagePlan { Name = "refine", Rows = 0.5, Share = 0.8 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        };
        bench.Monitor.OnTrial = t =>
        {
            if (t.Stage == "coarse" && t.Rows == 1)
            {
                bench.Time.Advance(TimeSpan.FromSeconds(3)); // more than a pass has
            }
        };
        bench.Run(plan);
        var passes = bench.Store.Trials(1).Where(t => t.Stage == "coarse" && t.Rows < 1).GroupBy(t => t.Pass).ToList();
        Assert.Equal(3, passes.Count);
        Assert.All(passes, p => Assert.True(p.Count() > 3, $"pass {p.Key} had {p.Count()} trials"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_FewTrialsSoFar_RunsNoOthersOnAllRowsToJudgeTheSampleWhereTimeIsTheBudget(bool timed)
    {
        using var bench = new Bench();
        bench.Trainer.Taking(bench.Time, 2);
        var plan = bench.Plan() with
        {
            Budget = timed ? new BudgetPlan { Time = TimeSpan.FromSeconds(30) } : new BudgetPlan { Trials = 40 },
            Stages = [new StagePlan { Name = "coarse", Trials = 12, Rows = 0.25 }, new StagePlan { Name = "refine", Trials = 20 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        };
        bench.Run(plan);
        var first = bench.Store.Trials(1).Where(t => t.Stage == "refine").GroupBy(t => t.Pass).MinBy(g => g.Key)!;
        Assert.Equal(timed ? 2 : 5, first.Count());
    }

    [Fact]
    public void Run_LeftAfterTheSearch_ReplaysItThoughNoTimeIsLeft()
    {
        using var bench = new Bench();
        bench.Trainer.Taking(bench.Time, 2);
        var plan = bench.Plan() with
        {
            Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(8) },
            Stages = [new StagePlan { Name = "coarse", Passes = 3, Rows = 0.25, Folds = 1 }, new StagePlan { Name = "refine", Rows = 0.5, Passes = 2 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        };
        using var leave = new CancellationTokenSource();
        bench.With = o => o with { Leave = leave.Token };
        bench.Monitor.OnTrial = t =>
        {
            if (t.Stage == "confirm")
            {
                bench.Time.Advance(TimeSpan.FromSeconds(5)); // more than confirm was given
                leave.Cancel();
            }
        };
        Assert.Throws<TuneLab.Errors.StoppedException>(() => bench.Run(plan));
        bench.With = o => o;
        bench.Monitor.OnTrial = null;
        bench.Monitor.Trials.Clear();
        var searched = bench.Store.Trials(1).Where(t => t.Stage != "confirm").Select(t => (t.Number, t.Configuration.Canonical)).ToList();
        Assert.Contains(bench.Store.Trials(1), t => t.Stage == "coarse" && t.Rows == 1);
        bench.Run(plan);
        Assert.Equal(searched, bench.Monitor.Trials.Where(t => t.Stage != "confirm").Select(t => (t.Number, t.Configuration.Canonical)).Take(searched.Count));
    }

    [Fact]
    public void Run_TimeBudgetWithoutHoldout_IsUsedAndConfirms()
    {
        using var bench = new Bench();
        // the default is the slowest of all and will not be refitted
        bench.Trainer.Taking(bench.Time, 40);
        bench.Monitor.OnTrial = _ => bench.Trainer.Taking(bench.Time, 1);
        var result = bench.Run(bench.Plan() with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(6) }, Validate = new ValidationPlan { Folds = 3, Holdout = 0 }, Stages = [] });
        Assert.True(result.Complete);
        Assert.NotNull(result.Best.Confirm);
        Assert.InRange(result.Seconds.Wall, 3.5, 6.5);
    }

    [Fact(Timeout = 20000)]
    public async Task Run_StoreCanNotBeRead_EndsWithItsError()
    {
        using var bench = new Bench();
        using var store = new FaultyStore(bench.Store) { FailingRead = 8 };
        var error = await Task.Run(() => Record.Exception(() => bench.Run(bench.Plan(), store: store)));
        Assert.Equal("the disk is gone", error?.Message);
    }

    [Fact]
    public void Run_EvaluationCanNotBeStored_EndsWithItsErrorAndBlamesNoTrial()
    {
        using var bench = new Bench();
        using var store = new FaultyStore(bench.Store) { FailingWrite = 8 };
        var error = Record.Exception(() => bench.Run(bench.Plan(), store: store));
        Assert.Equal("the disk is full", error?.Message);
        Assert.DoesNotContain(bench.Store.Trials(1), t => t.Status == TrialStatus.Failed);
    }

    [Fact]
    public void Run_RivalThatDoesNotExist_SaysSoBeforeTheFirstTrial()
    {
        using var bench = new Bench();
        var plan = bench.Plan() with { Expect = new Expectation { Beats = "defualt" } };
        var error = Assert.Throws<TuneLab.Errors.InputException>(() => bench.Run(plan));
        Assert.Contains("defualt", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, bench.Trainer.Fits);
    }

    [Theory]
    [InlineData("bench", 2)]
    [InlineData("bench#1", 1)]
    [InlineData("gradient#3", 3)] // called like a trainer
    public void Run_SeveralRivalsOfAName_IsComparedWithTheOneThatIsMeant(string rival, long id)
    {
        using var bench = new Bench();
        bench.Run(bench.Plan(8) with { Seed = 1 });
        bench.Run(bench.Plan(8) with { Seed = 2 });
        bench.Run(bench.Plan(8) with { Seed = 3, Name = "gradient" });
        var experiment = bench.Load(bench.Plan(8) with { Seed = 4, Name = "next", Expect = new Expectation { Beats = rival } });
        Assert.True(RivalExperiment.IsNamed(experiment.Resolved));
        var best = FinishedRun.Of(bench.Store.Experiments().Single(e => e.Id == id))!.Result.Best;
        Assert.Equal(bench.Store.Trials(id).Single(t => t.Number == best.Trial).Configuration, RivalExperiment.Winner(experiment, bench.Store, 99).Configuration);
        Assert.Contains(rival, bench.Run(experiment.Resolved.Plan).Verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_DeadlineComesFirst_IsTheReasonOfTheStagesThatItEnds()
    {
        using var bench = new Bench();
        bench.Trainer.Taking(bench.Time, 1);
        var now = bench.Time.GetLocalNow().TimeOfDay;
        var plan = bench.Plan() with { Budget = new BudgetPlan { Deadline = TimeOnly.FromTimeSpan(now).Add(TimeSpan.FromSeconds(6)) }, Stages = [] };
        var result = bench.Run(plan);
        Assert.Contains(result.Stages, s => s.Exit == "deadline");
        Assert.DoesNotContain(result.Stages, s => s.Exit == "time");
    }

    private static ExperimentPlan TargetPlan(Bench bench) => bench.Plan(60) with { Budget = new BudgetPlan { Trials = 60, Target = 0.5 } };

    // its token is cancelled
    private static CancellationTokenSource StoppedAtTrialTwelve(Bench bench)
    {
        var stop = new CancellationTokenSource();
        bench.Monitor.OnTrial = t =>
        {
            if (t.Number == 12)
            {
                stop.Cancel();
            }
        };
        bench.Run(bench.Plan(), jobs: 1, stop: stop.Token);
        bench.Monitor.Trials.Clear();
        return stop;
    }
}
