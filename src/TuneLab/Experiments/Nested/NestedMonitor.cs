using TuneLab.Storage;

namespace TuneLab.Experiments.Nested;

/// <summary>Tells a monitor of a search inside an outer fold, under the fold's name; its start and its answer are not the experiment's.</summary>
internal sealed class NestedMonitor(IExperimentMonitor inner, string fold) : IExperimentMonitor
{
    public void Started(ExperimentStart start)
    {
    }

    public void StageStarted(StageStart stage) => inner.StageStarted(stage with { Stage = Named(stage.Stage) });

    public void TrialFinished(FinishedTrial trial, RunProgress progress) => inner.TrialFinished(trial with { Stage = Named(trial.Stage) }, progress);

    public void StageEnded(StageRecord stage) => inner.StageEnded(stage with { Stage = Named(stage.Stage) });

    public void Note(string message) => inner.Note(fold + ": " + message);

    public void Finished(ExperimentResult result)
    {
    }

    private string Named(string stage) => fold + " " + stage;
}
