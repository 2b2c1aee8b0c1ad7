using TuneLab.Experiments;
using TuneLab.Hosting.Slices;
using TuneLab.Storage;

namespace TuneLab.Cli.Progress;

/// <summary>Tells the worker which experiment is open and how well it does, and another monitor everything.</summary>
internal sealed class SliceMonitor(SliceControl control, IExperimentMonitor inner) : IExperimentMonitor
{
    private double _best = double.NaN;

    public void Started(ExperimentStart start)
    {
        control.Tell(new SliceOpened(start.Id));
        inner.Started(start);
    }

    public void StageStarted(StageStart stage) => inner.StageStarted(stage);

    public void TrialFinished(FinishedTrial trial, RunProgress progress)
    {
        if (double.IsFinite(progress.Best) && !progress.Best.Equals(_best))
        {
            _best = progress.Best;
            control.Tell(new SliceScored(progress.Metric.Id, _best));
        }

        inner.TrialFinished(trial, progress);
    }

    public void StageEnded(StageRecord stage) => inner.StageEnded(stage);

    public void Note(string message) => inner.Note(message);

    public void Finished(ExperimentResult result) => inner.Finished(result);
}
