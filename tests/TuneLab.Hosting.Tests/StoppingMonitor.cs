using TuneLab.Experiments;
using TuneLab.Storage;

namespace TuneLab.Hosting.Tests;

/// <summary>Presses Ctrl-C when it is told a note.</summary>
internal sealed class StoppingMonitor(CancellationTokenSource stop) : IExperimentMonitor
{
    public List<string> Notes { get; } = [];

    public void Note(string message)
    {
        Notes.Add(message);
        stop.Cancel();
    }

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

    public void Finished(ExperimentResult result)
    {
    }
}
