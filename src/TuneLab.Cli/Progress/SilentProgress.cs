using TuneLab.Experiments;
using TuneLab.Storage;

namespace TuneLab.Cli.Progress;

/// <summary>Says nothing: <c>--quiet</c>.</summary>
internal sealed class SilentProgress : IExperimentMonitor
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
