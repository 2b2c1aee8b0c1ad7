using TuneLab.Storage;

namespace TuneLab.Experiments;

/// <summary>
/// Is told what an experiment does: console, dashboard, alerts.
/// <para><b>Contract.</b> Called by the runner, one call at a time, never from two threads at once, in the order of events; should return at once. It changes nothing; an exception that it throws
/// is reported once and the run goes on without it.</para>
/// </summary>
public interface IExperimentMonitor
{
    /// <summary>The plan is resolved, the data read and split, nothing is trained yet.</summary>
    void Started(ExperimentStart start);

    /// <summary>A stage pass begins.</summary>
    void StageStarted(StageStart stage);

    /// <summary>A trial has ended and is stored. Trials end in any order.</summary>
    void TrialFinished(FinishedTrial trial, RunProgress progress);

    /// <summary>A stage pass has ended and is stored.</summary>
    void StageEnded(StageRecord stage);

    /// <summary>Something worth a line happened: a note, a warning.</summary>
    void Note(string message);

    /// <summary>The answer is there.</summary>
    void Finished(ExperimentResult result);
}
