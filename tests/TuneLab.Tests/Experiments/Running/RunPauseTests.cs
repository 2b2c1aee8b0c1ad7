using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Storage;
using TuneLab.Testing;

namespace TuneLab.Tests.Experiments.Running;

public sealed class RunPauseTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Clock_Held_TimestampsAndTimersStandAndTheTimeOfDayGoesOn()
    {
        var time = new ManualTime();
        using var pause = new RunPause(time);
        var (begin, day) = (pause.Clock.GetTimestamp(), pause.Clock.GetUtcNow());
        var (once, often) = (0, 0);
        using var single = pause.Clock.CreateTimer(_ => once++, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        using var periodic = pause.Clock.CreateTimer(_ => often++, null, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3));
        time.Advance(TimeSpan.FromSeconds(4));
        pause.Hold("a");
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0, 1), (once, often));
        Assert.Equal(TimeSpan.FromSeconds(4), pause.Clock.GetElapsedTime(begin));
        Assert.Equal(TimeSpan.FromSeconds(3604), pause.Clock.GetUtcNow() - day);

        using var begun = pause.Clock.CreateTimer(_ => once += 10, null, TimeSpan.FromSeconds(7), Timeout.InfiniteTimeSpan); // while it stands
        pause.Release("a");
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((0, 2), (once, often));
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal((1, 3), (once, often));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(11, once);
        Assert.Equal(TimeSpan.FromSeconds(11), pause.Clock.GetElapsedTime(begin));
    }

    [Fact]
    public void Release_OneOfTwoHolders_StaysHeldUntilTheOtherLetsGo()
    {
        using var pause = new RunPause(new ManualTime());
        var told = new List<string>();
        pause.Held += told.Add;
        pause.Released += () => told.Add("on");
        pause.Release("a");
        pause.Hold("a");
        pause.Hold("a");
        pause.Hold("b");
        pause.Release("a");
        Assert.True(pause.IsHeld);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => pause.Wait(cancelled.Token));
        pause.Release("b");
        Assert.False(pause.IsHeld);
        pause.Wait(CancellationToken.None);
        Assert.Equal(["a", "on"], told);
    }

    [Fact]
    public void Run_HeldAHundredTimes_HasTheTrialsAndTheAnswerOfOneThatIsNot()
    {
        using var whole = new Bench();
        var wanted = whole.Run(whole.Plan());
        using var bench = new Bench();
        using var pause = new RunPause(bench.Time);
        bench.With = o => o with { Pause = pause };
        var (rounds, holds) = (0, 0);
        pause.Held += _ => Interlocked.Increment(ref holds);
        bench.Trainer.OnRound = _ =>
        {
            if (Interlocked.Increment(ref rounds) % 11 == 0)
            {
                pause.Hold("test");
                Task.Run(() => pause.Release("test"));
            }
        };
        var result = bench.Run(bench.Plan());
        Assert.True(holds >= 100, $"held {holds} times");
        Assert.Equal(whole.Trials(), bench.Trials());
        Assert.Equal(wanted.Best.Configuration, result.Best.Configuration);
        Assert.Equal(wanted.Best.Holdout, result.Best.Holdout);
        Assert.Equal(wanted.Verdict, result.Verdict);
    }

    [Fact]
    public async Task Run_Held_TrainsNothingUntilItIsReleased()
    {
        using var bench = new Bench();
        using var pause = new RunPause(bench.Time);
        using var held = new ManualResetEventSlim();
        bench.With = o => o with { Pause = pause };
        var rounds = 0;
        bench.Trainer.OnRound = _ =>
        {
            bench.Time.Advance(TimeSpan.FromSeconds(1)); // so that each round is longer than a run goes on without a look
            if (Interlocked.Increment(ref rounds) == 50)
            {
                pause.Hold("test");
                held.Set();
            }
        };
        var run = Task.Run(() => bench.Run(bench.Plan(), jobs: 2));
        Assert.True(held.Wait(Patience));
        await Task.Delay(300); // far longer than a round
        Assert.InRange(Volatile.Read(ref rounds), 50, 54);
        Assert.False(run.IsCompleted);
        pause.Release("test");
        await run.WaitAsync(Patience);
        Assert.True(rounds > 500);
    }

    [Fact]
    public void Run_HeldForADay_TheTimeDoesNotCount()
    {
        using var bench = new Bench();
        using var pause = new RunPause(bench.Time);
        bench.Trainer.Taking(bench.Time, 1);
        bench.With = o => o with { Pause = pause };
        bench.Monitor.OnTrial = t =>
        {
            if (t.Number == 5)
            {
                pause.Hold("test");
                bench.Time.Advance(TimeSpan.FromDays(1));
                pause.Release("test");
            }
        };
        bench.Run(bench.Plan() with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(10) }, Stages = [] });
        Assert.InRange(bench.Store.Experiments().Single().ActiveSeconds, 5, 12);
        Assert.True(bench.Monitor.Trials.Count > 30, $"{bench.Monitor.Trials.Count} trials");
    }

    [Fact]
    public void Run_HeldBeyondItsDeadline_SearchesNoMore()
    {
        using var bench = new Bench();
        using var pause = new RunPause(bench.Time);
        bench.Trainer.Taking(bench.Time, 1);
        bench.With = o => o with { Pause = pause };
        bench.Monitor.OnTrial = t =>
        {
            if (t.Number == 5)
            {
                pause.Hold("test");
                bench.Time.Advance(TimeSpan.FromHours(2));
                pause.Release("test");
            }
        };
        var now = bench.Time.GetLocalNow().TimeOfDay;
        bench.Run(bench.Plan() with { Budget = new BudgetPlan { Deadline = TimeOnly.FromTimeSpan(now).Add(TimeSpan.FromHours(1)) }, Stages = [] });
        Assert.InRange(bench.Store.Trials(1).Count(t => t.Stage != "confirm"), 5, 12);
        Assert.Contains(bench.Monitor.Stages, s => s.Exit == "deadline");
    }

    [Theory]
    [InlineData("coarse")]
    [InlineData("polish")]
    [InlineData("confirm")]
    public void Run_LeftAndRunAgain_HasNoAnswerInBetweenAndTheSameInTheEnd(string stage)
    {
        using var whole = new Bench();
        var wanted = whole.Run(whole.Plan());
        using var bench = new Bench();
        using var leave = new CancellationTokenSource();
        bench.With = o => o with { Leave = leave.Token };
        bench.Monitor.OnTrial = t =>
        {
            if (t.Stage == stage)
            {
                leave.Cancel();
            }
        };
        Assert.Throws<StoppedException>(() => bench.Run(bench.Plan()));
        var record = bench.Store.Experiments().Single();
        Assert.Equal(ExperimentState.Stopped, record.State);
        Assert.Null(record.Result);
        Assert.False(File.Exists(Path.Combine(bench.Folder, "out", "model.zip")));

        bench.Monitor.OnTrial = null;
        bench.With = o => o;
        var result = bench.Run(bench.Plan());
        Assert.Equal(whole.Trials(), bench.Trials());
        Assert.Equal(wanted.Verdict, result.Verdict);
    }
}
