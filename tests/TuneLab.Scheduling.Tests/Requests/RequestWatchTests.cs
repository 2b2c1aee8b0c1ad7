using TuneLab.Experiments;
using TuneLab.Scheduling.Requests;
using TuneLab.Storage;
using TuneLab.Storage.Work;
using TuneLab.Testing;

namespace TuneLab.Scheduling.Tests.Requests;

/// <summary>What a run does that is asked from another terminal.</summary>
public sealed class RequestWatchTests : IDisposable
{
    private const long Experiment = 7;

    private readonly ManualTime _time = new();
    private readonly MemoryWorkStore _store;
    private readonly RunPause _pause;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<RunRequest> _ended = [];
    private readonly RequestWatch _watch;

    public RequestWatchTests()
    {
        _store = new MemoryWorkStore(_time);
        _pause = new RunPause(_time);
        _watch = new RequestWatch(new DeafMonitor(), _store, _pause, _ended.Add, _time, _stop.Token);
        _watch.Started(new ExperimentStart(null!, null, 0, 0, 0, "") { Id = Experiment });
    }

    public void Dispose()
    {
        _watch.Dispose();
        _pause.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public void Pause_ThenResume_HoldsAndLetsGo()
    {
        Ask(RunRequest.Pause);
        Assert.True(_pause.IsHeld);
        Ask(null);
        Assert.False(_pause.IsHeld);
        Assert.Empty(_ended);
    }

    [Theory]
    [InlineData(RunRequest.Skip)]
    [InlineData(RunRequest.Stop)]
    public void SkipOrStop_WhileItIsPaused_LetsGoAndIsToldOnce(RunRequest request)
    {
        Ask(RunRequest.Pause);
        Ask(request);
        Ask(request);
        Assert.False(_pause.IsHeld);
        Assert.Equal([request], _ended);
    }

    [Fact]
    public void Signal_WhileItIsPaused_LetsGoForGood()
    {
        Ask(RunRequest.Pause);
        _stop.Cancel();
        Assert.False(_pause.IsHeld);
        Ask(RunRequest.Pause);
        Assert.False(_pause.IsHeld);
        Assert.Empty(_ended);
    }

    private void Ask(RunRequest? request)
    {
        _store.PutRequest(Experiment, request);
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    private sealed class DeafMonitor : IExperimentMonitor
    {
        public void Started(ExperimentStart start)
        {
        }

        public void StageStarted(StageStart stage)
        {
        }

        public void TrialFinished(FinishedTrial trial, RunProgress progress)
        {
        }

        public void StageEnded(StageRecord stage)
        {
        }

        public void Note(string message)
        {
        }

        public void Finished(ExperimentResult result)
        {
        }
    }
}
