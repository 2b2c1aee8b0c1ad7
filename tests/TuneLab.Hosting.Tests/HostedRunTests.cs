using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Hosting.Folds;
using TuneLab.Hosting.Tests.Host;
using TuneLab.Randomness;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Hosting.Tests;

/// <summary>Runs that crash, hang, grow, print: each costs itself only.</summary>
public sealed class HostedRunTests(PoolFixture fixture) : IClassFixture<PoolFixture>
{
    // far less than what hangs takes, far more than a busy machine needs to end a process
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PreparedFold _fold = SampleFold.Of(LearningTask.Regression);

    [Theory]
    [InlineData(Misdeed.FailFast, "aborted (signal 6)", "the trees fell over")]
    [InlineData(Misdeed.Exit, "ended with code 7", "")]
    [InlineData(Misdeed.ThrowElsewhere, "aborted (signal 6)", "nobody catches this")]
    [InlineData(Misdeed.Throw, "", "InvalidOperationException: the matrix is singular")]
    [InlineData(Misdeed.OutOfMemory, "", "out of memory")]
    public void Advance_TrainerFails_SaysHowAndTheNextRunWorks(Misdeed misdeed, string how, string why)
    {
        using (var run = Start(misdeed))
        {
            var error = Assert.Throws<TuneLabException>(() => run.Advance(1, CancellationToken.None));
            Assert.Contains(OperatingSystem.IsWindows() ? why : how, error.Message, StringComparison.Ordinal);
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error.Message, StringComparison.Ordinal);
        }

        AssertWorks();
    }

    [Fact]
    public void Advance_TrainerGivesUpByItself_IsCancelledInItsWords()
    {
        using (var run = Start(Misdeed.GiveUp))
        {
            var error = Assert.Throws<OperationCanceledException>(() => run.Advance(1, CancellationToken.None));
            Assert.Equal("no fun any more", error.Message);
        }

        AssertWorks();
    }

    [Theory]
    [InlineData(Misdeed.Sleep)]
    [InlineData(Misdeed.Spin)]
    public void Advance_CancelledTrainerDoesNotListen_ItsProcessIsEnded(Misdeed misdeed)
    {
        using var pool = Pools.Of(1);
        var run = Start(misdeed, pool);
        var host = pool.ProcessIds.Single();
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.ThrowsAny<OperationCanceledException>(() => run.Advance(1, limit.Token));
        run.Dispose();
        LiveProcess.AssertEnds(host);
        AssertWorks(pool);
        Assert.Equal(2, pool.Started);
    }

    [SkippableFact]
    public void Advance_HeldAndReleased_SuspendsTheHostUntilThen()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the state of a process is read there alone");
        using var pause = new RunPause(TimeProvider.System);
        using var pool = new HostPool(new HostPoolOptions { Command = HostCommands.This(), Hosts = 1, Pause = pause });
        using var run = Start(Misdeed.Spin, pool);
        using var stop = new CancellationTokenSource();
        var advance = Task.Run(() => run.Advance(1, stop.Token));
        var host = pool.ProcessIds.Single();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            pause.Hold("test");
            LiveProcess.AssertSuspended(host, true);
            pause.Release("test");
            LiveProcess.AssertSuspended(host, false);
        }

        pause.Hold("test");
        LiveProcess.AssertSuspended(host, true);
        stop.Cancel(); // while it rests
        Assert.ThrowsAny<OperationCanceledException>(() => advance.GetAwaiter().GetResult());
        LiveProcess.AssertEnds(host);
    }

    [Fact]
    public void Advance_CancelledTrainerListens_ItsProcessIsKept()
    {
        using var pool = new HostPool(new HostPoolOptions { Command = HostCommands.This(), Hosts = 1, CancelGrace = Patience });
        var run = Start(Misdeed.Listen, pool);
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.ThrowsAny<OperationCanceledException>(() => run.Advance(1, limit.Token));
        run.Dispose();
        AssertWorks(pool);
        Assert.Equal(1, pool.Started);
    }

    [Fact]
    public void Start_CancelledTrainerSleeps_ItsProcessIsEnded()
    {
        using var pool = Pools.Of(1);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        Assert.ThrowsAny<OperationCanceledException>(() => Start(Misdeed.SleepAtStart, pool, limit.Token));
        AssertWorks(pool);
    }

    [Fact]
    public void Predict_TrainerSleeps_IsEndedByTheTokenOfTheLastAdvance()
    {
        using var run = Start(Misdeed.SleepAtPredict);
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        run.Advance(1, limit.Token);
        Assert.ThrowsAny<OperationCanceledException>(() => run.Predict(_fold.Train, new double[_fold.Train.Length]));
    }

    [Fact]
    public void Dispose_TrainerSleeps_ItsProcessIsEnded()
    {
        using var pool = Pools.Of(1);
        var run = Start(Misdeed.SleepAtDispose, pool);
        var host = pool.ProcessIds.Single();
        run.Dispose();
        LiveProcess.AssertEnds(host);
        AssertWorks(pool);
    }

    [Fact]
    public void Advance_HostIsKilled_FailsAndTheNextRunWorks()
    {
        using var pool = Pools.Of(1);
        using (var run = Start(Misdeed.Listen, pool))
        {
            using var killer = new Timer(_ => LiveProcess.Kill(pool.ProcessIds.Single()), null, 200, Timeout.Infinite);
            var error = Assert.Throws<TuneLabException>(() => run.Advance(1, CancellationToken.None));
            Assert.Contains(OperatingSystem.IsWindows() ? "the trial's process ended" : "was killed (signal 9", error.Message, StringComparison.Ordinal);
        }

        AssertWorks(pool);
    }

    [Fact]
    public void Start_IdleHostWasKilled_TakesAnother()
    {
        using var pool = Pools.Of(1);
        AssertWorks(pool);
        var host = pool.ProcessIds.Single();
        LiveProcess.Kill(host);
        LiveProcess.AssertEnds(host);
        Assert.True(SpinWait.SpinUntil(() => pool.ProcessIds.Count == 0, Patience));
        AssertWorks(pool);
        Assert.Equal(2, pool.Started);
    }

    [SkippableFact]
    public void Predict_HostIsStoppedAndThePipeIsFull_CancellationEndsIt()
    {
        Skip.If(OperatingSystem.IsWindows(), "there is no SIGSTOP");
        using var pool = Pools.Of(1);
        using var run = Start(Misdeed.None, pool);
        using var limit = new CancellationTokenSource();
        run.Advance(1, limit.Token);
        var host = pool.ProcessIds.Single();
        LiveProcess.Signal("STOP", host);
        var (rows, values) = (new int[1 << 20], new double[1 << 20]);

        // late enough that the request is under way on a busy machine too: one that is cancelled before ends no host
        limit.CancelAfter(2000);
        Assert.ThrowsAny<OperationCanceledException>(() => run.Predict(rows, values));
        LiveProcess.AssertEnds(host);
    }

    [Fact]
    public void Advance_TrainerTakesMemory_IsEndedAtTheLimit()
    {
        using var pool = Pools.Of(1, memory: 300L << 20);
        using (var run = Start(Misdeed.Hog, pool))
        {
            var error = Assert.Throws<TuneLabException>(() => run.Advance(1, CancellationToken.None));
            Assert.StartsWith("over the limit of 300 MB (budget.trial_memory): the trial's process had grown to ", error.Message, StringComparison.Ordinal);
        }

        AssertWorks(pool);
    }

    [Fact]
    public void Dispose_HostHasGrownPastItsShare_IsReplaced()
    {
        using var pool = Pools.Of(1, share: 250L << 20);
        AssertWorks(pool);
        AssertWorks(pool);
        Assert.Equal(1, pool.Started);
        using (var run = Start(Misdeed.Leak, pool))
        {
            Assert.InRange(((IRemoteRun)run).PeakMemoryBytes, 10L << 20, 250L << 20);
            run.Advance(2, CancellationToken.None);
            Assert.InRange(((IRemoteRun)run).PeakMemoryBytes, 400L << 20, 1L << 30);
        }

        AssertWorks(pool);
        Assert.Equal(2, pool.Started);
    }

    [Fact]
    public void Advance_TrainerPrints_TheProtocolIsNotDisturbed()
    {
        using var run = Start(Misdeed.Chat);
        run.Advance(2, CancellationToken.None);
        Assert.Equal(2, run.Rounds);
        var values = new double[1];
        run.Predict([_fold.Train[0]], values);
        Assert.Equal(_fold.Train.Average(r => _fold.Target[r]), values[0]);
    }

    [Fact]
    public void Advance_ShareOfThreadsChanges_ReachesTheHostWithinTheCall()
    {
        var share = new ThreadShare(4);
        using var run = new HostedTrainer(new RogueTrainer(), fixture.Pool).Start(new TrainingRequest(_fold, _fold.Train, RogueTrainer.With(Misdeed.AwaitThreads), new Seed(1), share));
        share.Enter();
        using var timer = new Timer(_ => share.Enter(), null, 200, Timeout.Infinite);
        using var limit = new CancellationTokenSource(Patience);
        run.Advance(1, limit.Token);
        Assert.Equal(1, run.Rounds);
    }

    [Fact]
    public void Start_HostCannotStart_SaysWhatItSaid()
    {
        using var pool = new HostPool(new HostPoolOptions { Command = HostCommands.This("broken") });
        var error = Assert.Throws<TuneLabException>(() => Start(Misdeed.None, pool));
        Assert.Contains("ended with code 3: the library is not there", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_NoSuchProgram_NamesIt()
    {
        using var pool = new HostPool(new HostPoolOptions { Command = new HostCommand("/no/such/program", []) });
        Assert.Contains("/no/such/program", Assert.Throws<TuneLabException>(() => Start(Misdeed.None, pool)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_HostSaysNothing_IsGivenUp()
    {
        using var pool = new HostPool(new HostPoolOptions { Command = HostCommands.This("silent"), StartLimit = TimeSpan.FromMilliseconds(300) });
        Assert.Contains("did not start within 0.3 s", Assert.Throws<TuneLabException>(() => Start(Misdeed.None, pool)).Message, StringComparison.Ordinal);
        Assert.Empty(pool.ProcessIds);
    }

    [Theory]
    [InlineData(Misdeed.None)]
    [InlineData(Misdeed.Throw)]
    [InlineData(Misdeed.GiveUp)]
    [InlineData(Misdeed.Listen)]
    public void Warm_TheThrowawayFitFailsOrGoesOn_TheHostIsKept(Misdeed misdeed)
    {
        using var pool = Warming(misdeed);
        AssertWorks(pool);
        AssertWorks(pool);
        Assert.Equal(1, pool.Started);
    }

    [Fact]
    public void Warm_BeforeTheFirstRun_Fits()
    {
        using var pool = Warming(Misdeed.Leak);
        Assert.True(SpinWait.SpinUntil(() => pool.MemoryBytes > 200L << 20, Patience));
        AssertWorks(pool);
        Assert.Equal(1, pool.Started);
    }

    [Fact]
    public void Warm_TheThrowawayFitHangs_TheRunGetsAnotherHost()
    {
        using var pool = Warming(Misdeed.LeakAndSleep);
        Assert.True(SpinWait.SpinUntil(() => pool.MemoryBytes > 200L << 20, Patience));
        AssertWorks(pool);
        Assert.Equal(2, pool.Started);
    }

    [Fact]
    public void Warm_TheThrowawayFitCrashes_TheRunGetsAnotherHost()
    {
        using var pool = Warming(Misdeed.FailFast);
        Assert.True(SpinWait.SpinUntil(() => pool.Started == 1 && pool.ProcessIds.Count == 0, Patience));
        AssertWorks(pool);
        Assert.Equal(2, pool.Started);
    }

    [Fact]
    public void Dispose_OfThePoolWhileItWarms_LeavesNoProcess()
    {
        var pool = Warming(Misdeed.LeakAndSleep);
        Assert.True(SpinWait.SpinUntil(() => pool.MemoryBytes > 200L << 20, Patience));
        var host = pool.ProcessIds.Single();
        pool.Dispose();
        LiveProcess.AssertEnds(host);
    }

    [Fact]
    public void Start_AllHostsAreLent_WaitsForOne()
    {
        using var pool = Pools.Of(1);
        var first = Start(Misdeed.None, pool);
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.ThrowsAny<OperationCanceledException>(() => Start(Misdeed.None, pool, limit.Token));
        first.Dispose();
        AssertWorks(pool);
        Assert.Equal(1, pool.Started);
    }

    [Fact]
    public void Borrow_FoldThatAHostHas_GivesThatHost()
    {
        using var pool = Pools.Of(2);
        var first = FoldFile.Of(_fold, pool.Folder, CancellationToken.None);
        var second = FoldFile.Of(SampleFold.Of(LearningTask.Regression, seed: 2), pool.Folder, CancellationToken.None);
        var (a, b) = (pool.Borrow(first, CancellationToken.None), pool.Borrow(second, CancellationToken.None));
        a.Use(first);
        b.Use(second);
        foreach (var order in (Processes.Host[][])[[a, b], [b, a]])
        {
            Array.ForEach(order, pool.Return);
            Assert.Same(b, pool.Borrow(second, CancellationToken.None));
            Assert.Same(a, pool.Borrow(first, CancellationToken.None));
        }
    }

    [Fact]
    public void Dispose_OfThePool_LeavesNoProcessAndNoFile()
    {
        var pool = Pools.Of(2);
        using var a = Start(Misdeed.None, pool);
        using var b = Start(Misdeed.None, pool);
        var (hosts, folder) = (pool.ProcessIds, pool.Folder.Path);
        Assert.Equal(2, hosts.Count);
        Assert.InRange(pool.MemoryBytes, 20L << 20, 2L << 30);
        Assert.Single(Directory.GetFiles(folder, "*.fold"));
        pool.Dispose();
        Assert.All(hosts, LiveProcess.AssertEnds);
        Assert.Equal(0, pool.MemoryBytes);
        Assert.False(Directory.Exists(folder));
    }

    // its one host fits with a trainer that is not there and one that misbehaves
    private static HostPool Warming(Misdeed misdeed)
    {
        var pool = new HostPool(new HostPoolOptions { Command = HostCommands.This("cheap", misdeed.ToString()), Hosts = 1, ShareBytes = 4L << 30 });
        pool.Warm(1, ["nobody", "rogue"]);
        return pool;
    }

    private ITrainingRun Start(Misdeed misdeed, HostPool? pool = null, CancellationToken cancellation = default)
        => new HostedTrainer(new RogueTrainer(), pool ?? fixture.Pool).Start(new TrainingRequest(_fold, _fold.Train, RogueTrainer.With(misdeed), new Seed(1), ThreadShare.Single), cancellation);

    private void AssertWorks(HostPool? pool = null)
    {
        using var run = Start(Misdeed.None, pool);
        run.Advance(2, CancellationToken.None);
        Assert.Equal(2, run.Rounds);
    }
}
