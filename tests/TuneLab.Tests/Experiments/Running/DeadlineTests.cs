using TuneLab.Experiments;

namespace TuneLab.Tests.Experiments.Running;

public sealed class DeadlineTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(20)]
    public void Run_DeadlineFromOutsideComesTooSoon_CutsTheSearchAndConfirmsAndExports(double part)
    {
        using var whole = Slow();
        whole.Run(whole.Plan(60), jobs: 1);
        var all = whole.Store.Experiments().Single().ActiveSeconds;

        using var bench = Slow();
        var deadline = bench.Time.GetUtcNow().AddSeconds(all * part / 30);
        bench.With = o => o with { Deadline = deadline };
        var result = bench.Run(bench.Plan(60), jobs: 1);
        Assert.True(result.Complete);
        Assert.Contains(result.Stages, s => s.Exit == "deadline");
        Assert.True(result.Trials.Total < 60);
        Assert.Contains(result.Stages, s => s.Stage == "confirm");
        Assert.NotNull(result.Best.Confirm);
        Assert.True(File.Exists(Path.Combine(bench.Folder, "out", "model.zip")));
        Assert.True(bench.Time.GetUtcNow() < deadline.AddSeconds(4), $"ended {(bench.Time.GetUtcNow() - deadline).TotalSeconds:0.0} s after the deadline");
    }

    [Fact]
    public void Run_DeadlineFromOutsideIsFar_ChangesNothing()
    {
        using var without = Slow();
        without.Run(without.Plan(), jobs: 1);
        using var with = Slow();
        with.With = o => o with { Deadline = with.Time.GetUtcNow().AddDays(1) };
        var result = with.Run(with.Plan(), jobs: 1);
        Assert.Equal(without.Trials(), with.Trials());
        Assert.Equal(without.Store.Experiments().Single().Identity, with.Store.Experiments().Single().Identity);
        Assert.DoesNotContain(result.Stages, s => s.Exit == "deadline");
    }

    [Fact]
    public void Run_DeadlineFromOutsideWithStagesThatLeaveTrialsOver_DoesNotLengthenTheSearch()
    {
        using var bench = Slow();
        bench.With = o => o with { Deadline = bench.Time.GetUtcNow().AddDays(1) };
        var plan = bench.Plan() with { Budget = new BudgetPlan { Patience = 1000 } };
        bench.Run(plan, jobs: 1);
        Assert.Equal(1 + 15 + (2 * 5) + 7, bench.Store.Trials(1).Count(t => t.Stage != "confirm"));
    }

    [Fact]
    public void Run_BothDeadlines_TheEarlierOneHolds()
    {
        using var bench = Slow();
        var (now, soon) = (bench.Time.GetLocalNow(), TimeSpan.FromSeconds(20));
        bench.With = o => o with { Deadline = now + soon };
        bench.Run(bench.Plan(2000) with { Budget = new BudgetPlan { Trials = 2000, Deadline = TimeOnly.FromTimeSpan(now.TimeOfDay).AddHours(2) } }, jobs: 1);
        Assert.True(bench.Time.GetUtcNow() < (now + soon).AddSeconds(4));
    }

    // what the plan's own deadline cuts: a stage with far too many trials, and the ones after it
    [Fact]
    public void Run_OwnDeadlineAndABudgetInTrials_CutsAndConfirmsAndExports()
    {
        using var bench = Slow();
        var now = bench.Time.GetLocalNow();
        var plan = bench.Plan(2000) with { Budget = new BudgetPlan { Trials = 2000, Deadline = TimeOnly.FromTimeSpan(now.TimeOfDay).Add(TimeSpan.FromSeconds(60)) } };
        var result = bench.Run(plan, jobs: 1);
        Assert.Equal("deadline", result.Stages.First(s => s.Stage == "coarse").Exit);
        Assert.NotNull(result.Best.Confirm);
        Assert.True(File.Exists(Path.Combine(bench.Folder, "out", "model.zip")));
        Assert.True(bench.Time.GetLocalNow() < now.AddSeconds(64));
    }

    [Fact]
    public void Load_NoBudgetButADeadline_LeavesTrialsToTheClock()
    {
        using var bench = Slow();
        var plan = bench.Plan() with { Stages = [], Budget = new BudgetPlan { Deadline = new TimeOnly(7, 30) } };
        Assert.All(bench.Load(plan).Resolved.Stages, s => Assert.Null(s.Trials));
        Assert.NotNull(bench.Load(plan with { Budget = new BudgetPlan { Target = 0.9 } }).Resolved.Stages[0].Trials);
    }

    // what a hold takes comes out of the search, not out of confirm and export
    [Theory]
    [InlineData("coarse", 40)]
    [InlineData("coarse", 50)]
    [InlineData("polish", 10)]
    [InlineData("polish", 15)]
    [InlineData("confirm", 3)]
    [InlineData("confirm", 4)]
    public void Run_HeldWhileTheDeadlineComesNearer_StillConfirmsAndExports(string stage, double seconds)
    {
        using var bench = Slow();
        using var pause = new RunPause(bench.Time);
        var deadline = bench.Time.GetUtcNow().AddSeconds(60);
        bench.With = o => o with { Deadline = deadline, Pause = pause };
        bench.Monitor.OnTrial = t =>
        {
            if (t.Stage == stage)
            {
                pause.Hold("test");
                bench.Time.Advance(TimeSpan.FromSeconds(seconds));
                pause.Release("test");
                bench.Monitor.OnTrial = null;
            }
        };
        var result = bench.Run(bench.Plan(200), jobs: 1);
        Assert.True(result.Complete);
        Assert.NotNull(result.Best.Confirm);
        Assert.NotNull(result.Baseline.Confirm);
        Assert.True(File.Exists(Path.Combine(bench.Folder, "out", "model.zip")));
        Assert.True(bench.Time.GetUtcNow() < deadline.AddSeconds(4), $"ended {(bench.Time.GetUtcNow() - deadline).TotalSeconds:0.0} s after the deadline");
    }

    [Fact]
    public void Run_TimeIsUpInTheFirstRepeat_WinnerAndBaselineAreComparedWithoutTheOthers()
    {
        using var bench = Slow();
        using var pause = new RunPause(bench.Time);
        bench.With = o => o with { Deadline = bench.Time.GetUtcNow().AddSeconds(60), Pause = pause };
        var confirmed = 0;
        bench.Monitor.OnTrial = t =>
        {
            confirmed += t.Stage == "confirm" ? 1 : 0;
            if (confirmed == 2)
            {
                pause.Hold("test");
                bench.Time.Advance(TimeSpan.FromSeconds(60));
                pause.Release("test");
                bench.Monitor.OnTrial = null;
            }
        };
        var plan = bench.Plan(200);
        var result = bench.Run(plan with { Stages = [.. plan.Stages.SkipLast(1), new StagePlan { Name = "confirm", Top = 5, Repeats = 3 }] }, jobs: 1);
        Assert.Equal("deadline", result.Stages.Single(s => s.Stage == "confirm").Exit);
        Assert.Equal(1, result.Best.Confirm?.Count);
        Assert.Equal(1, result.Baseline.Confirm?.Count);
        Assert.True(File.Exists(Path.Combine(bench.Folder, "out", "model.zip")));
    }

    private static Bench Slow()
    {
        var bench = new Bench();
        bench.Trainer.Taking(bench.Time, 20);
        return bench;
    }
}
