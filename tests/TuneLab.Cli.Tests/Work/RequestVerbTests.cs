using TuneLab.Storage;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Tests.Work;

/// <summary>What is asked from another terminal, of a run, of the queue and of neither.</summary>
public sealed class RequestVerbTests : IDisposable
{
    private readonly CliFolder _folder = new();
    private readonly SqliteTrialStore _store;
    private readonly SqliteWorkStore _queue;
    private readonly long _experiment;

    public RequestVerbTests()
    {
        ToyTable.WriteTo(_folder);
        _folder.Run("run", "toy.yaml", "--quiet").Expect(0);
        _store = SqliteTrialStore.Open(_folder.Store, TimeProvider.System);
        _queue = SqliteWorkStore.Open(_folder.Store, TimeProvider.System);
        _experiment = _store.Experiments().Single().Id;
    }

    public void Dispose()
    {
        _queue.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("toy")]
    [InlineData("toy.yaml")]
    [InlineData("1")]
    public void Verb_ItIsRunAndWaitsInTheQueueToo_TheRunIsAsked(string word)
    {
        using var run = _store.TryLock(_experiment);
        _folder.Run("queue", "add", "toy.yaml").Expect(0);
        Assert.StartsWith("Paused toy;", _folder.Run("pause", word).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(RunRequest.Pause, Asked);
        Assert.Equal("toy goes on.\n", _folder.Run("resume", word).Expect(0).Output);
        Assert.Null(Asked);
        var stopped = _folder.Run("stop", word).Expect(0).Output;
        Assert.StartsWith("toy is stopping: the best so far is confirmed and exported.", stopped, StringComparison.Ordinal);
        Assert.Equal(RunRequest.Stop, Asked);
        Assert.StartsWith("toy is skipped.", _folder.Run("skip", word).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(QueueState.Waiting, Entry.State);
        Assert.Equal(word != "1", stopped.Contains("waits in the queue too, as number 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Stop_ItWaitsForItsNextTurn_TheStopIsKept()
    {
        Begin(QueueState.Paused);
        Assert.Contains("the stop is kept", _folder.Run("stop", "toy").Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal((RunRequest.Stop, QueueState.Paused), (Asked, Entry.State));
        Assert.Contains("to stop with the best so far", _folder.Run("queue", "list").Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal("toy goes on.\n", _folder.Run("resume", "toy").Expect(0).Output);
        Assert.Equal((null, QueueState.Paused, ""), (Asked, Entry.State, Entry.Reason));
    }

    [Fact]
    public void Stop_ItIsHeld_TheStopIsKeptUntilItIsReleased()
    {
        Begin(QueueState.Held);
        Assert.Contains("once it is released (tunelab queue release 1)", _folder.Run("stop", "toy").Expect(0).Output, StringComparison.Ordinal);
        _folder.Run("queue", "release", "1").Expect(0);
        Assert.Equal((RunRequest.Stop, QueueState.Paused), (Asked, Entry.State));
    }

    [Fact]
    public void Pause_ItIsPausedAlready_IsNotHeld()
    {
        Begin(QueueState.Paused);
        for (var i = 0; i < 2; i++)
        {
            Assert.StartsWith("Paused toy;", _folder.Run("pause", "toy").Expect(0).Output, StringComparison.Ordinal);
            Assert.Equal((RunRequest.Pause, QueueState.Paused), (Asked, Entry.State));
        }

        _folder.Run("resume", "toy").Expect(0);
        Assert.Equal((null, QueueState.Paused), (Asked, Entry.State));
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("skip")]
    [InlineData("stop")]
    public void Verb_ItWasNotBegun_IsHeldUntilItIsResumed(string verb)
    {
        _folder.Run("queue", "add", "toy.yaml").Expect(0);
        Assert.Contains("it is held in the queue", _folder.Run(verb, "toy").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("it was held in the queue already", _folder.Run(verb, "toy").Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(QueueState.Held, Entry.State);
        Assert.Equal("toy goes on.\n", _folder.Run("resume", "toy").Expect(0).Output);
        Assert.Equal((null, QueueState.Waiting), (Asked, Entry.State));
        Assert.Contains("was not paused", _folder.Run("resume", "toy").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Stop_ARepetitionThatIsNotBegunAnew_IsHeld()
    {
        Begin(QueueState.Waiting);
        _queue.TryUpdate(Entry with { Repeat = "night" });
        _folder.Run("stop", "toy").Expect(0);
        Assert.Equal((null, QueueState.Held), (Asked, Entry.State));
    }

    [Fact]
    public void Resume_NothingIsPaused_ExitsWith2AndSaysWhatIsThere()
    {
        _folder.Run("resume", "toy").ExpectBadInput("There is nothing to resume: 'toy' is finished.", "'tunelab status toy'");
        _store.UpdateExperiment(_experiment, ExperimentState.Stopped, "", 1, null);
        _folder.Run("resume", "toy").ExpectBadInput("There is nothing to resume: nobody runs 'toy' now", "'tunelab run'");
        using var run = _store.TryLock(_experiment);
        Assert.Equal("toy was not paused: it goes on.\n", _folder.Run("resume", "toy").Expect(0).Output);
    }

    private RunRequest? Asked => _queue.FindRequest(_experiment);

    private QueueEntry Entry => _queue.Entries().Single();

    // as a worker leaves it
    private void Begin(QueueState state)
    {
        _folder.Run("queue", "add", "toy.yaml").Expect(0);
        _queue.TryUpdate(Entry with { State = state, Experiment = _experiment });
    }
}
