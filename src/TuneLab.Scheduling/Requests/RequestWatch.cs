using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Storage;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Requests;

/// <summary>
/// Has a run obey <c>tunelab pause, resume, skip</c> and <c>stop</c> of another terminal: looks into the store twice a second once the experiment is open, and passes on what happens to another monitor.
/// </summary>
public sealed class RequestWatch : IExperimentMonitor, IDisposable
{
    private const string Reason = "paused by 'tunelab pause'; 'tunelab resume' lets it go on";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    private readonly IExperimentMonitor _inner;
    private readonly IWorkStore _store;
    private readonly RunPause _pause;
    private readonly Action<RunRequest> _end;
    private readonly ITimer _timer;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _stopping;
    private readonly Lock _looking = new();
    private long _experiment;
    private bool _ended;

    /// <summary>Watches from <see cref="Started"/> on.</summary>
    /// <param name="inner">Is told what happens.</param>
    /// <param name="store">Where requests are.</param>
    /// <param name="pause">Is held and released.</param>
    /// <param name="end">Is told once that the run is to end: to stop, or to be skipped.</param>
    /// <param name="time">The clock, one that does not stand while the run is held.</param>
    /// <param name="stop">The run's own: once it is cancelled nothing more is obeyed, and a run that was paused goes on to its end.</param>
    public RequestWatch(IExperimentMonitor inner, IWorkStore store, RunPause pause, Action<RunRequest> end, TimeProvider time, CancellationToken stop)
    {
        (_inner, _store, _pause, _end, _stop) = (inner, store, pause, end, stop);
        _stopping = stop.Register(() => pause.Release(Reason));
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Started(ExperimentStart start)
    {
        _inner.Started(start);
        if (start.Id > 0)
        {
            _store.PutRequest(start.Id, null); // who starts it means that it runs
            _experiment = start.Id;
            _timer.Change(Interval, Interval);
        }
    }

    /// <inheritdoc/>
    public void StageStarted(StageStart stage) => _inner.StageStarted(stage);

    /// <inheritdoc/>
    public void TrialFinished(FinishedTrial trial, RunProgress progress) => _inner.TrialFinished(trial, progress);

    /// <inheritdoc/>
    public void StageEnded(StageRecord stage) => _inner.StageEnded(stage);

    /// <inheritdoc/>
    public void Note(string message) => _inner.Note(message);

    /// <inheritdoc/>
    public void Finished(ExperimentResult result) => _inner.Finished(result);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_looking)
        {
            _ended = true;
        }

        _timer.Dispose();
        _stopping.Dispose();
        if (_experiment > 0)
        {
            _store.PutRequest(_experiment, null);
        }

        _store.Dispose();
    }

    private void Look()
    {
        if (!_looking.TryEnter())
        {
            return; // the look before is still at it
        }

        try
        {
            if (!_ended && !_stop.IsCancellationRequested)
            {
                Obey(_store.FindRequest(_experiment));
            }
        }
        catch (InputException)
        {
            // the store can't be read now: the run itself says so, if it goes on
        }
        finally
        {
            _looking.Exit();
        }
    }

    private void Obey(RunRequest? request)
    {
        switch (request)
        {
            case RunRequest.Pause:
                _pause.Hold(Reason);
                if (_stop.IsCancellationRequested)
                {
                    _pause.Release(Reason); // it was stopped while this looked
                }

                break;
            case RunRequest.Skip or RunRequest.Stop:
                _ended = true;
                _pause.Release(Reason);
                _end(request.Value);
                break;
            default:
                _pause.Release(Reason);
                break;
        }
    }
}
