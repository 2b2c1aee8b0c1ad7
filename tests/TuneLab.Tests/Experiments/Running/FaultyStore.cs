using TuneLab.Storage;

namespace TuneLab.Tests.Experiments.Running;

/// <summary>A store whose n-th look-up or write of an evaluation fails, as on a broken or full disk.</summary>
internal class FaultyStore(ITrialStore inner) : ITrialStore
{
    private int _reads;
    private int _writes;

    public int FailingRead { get; init; }

    public int FailingWrite { get; init; }

    public string Location => inner.Location;

    public int SchemaVersion => inner.SchemaVersion;

    public Evaluation? FindEvaluation(string key) => Interlocked.Increment(ref _reads) == FailingRead ? throw new IOException("the disk is gone") : inner.FindEvaluation(key);

    public IReadOnlyDictionary<string, Evaluation> FindEvaluations(IReadOnlyCollection<string> keys) => inner.FindEvaluations(keys);

    public void AddEvaluation(Evaluation evaluation)
    {
        if (Interlocked.Increment(ref _writes) == FailingWrite)
        {
            throw new IOException("the disk is full");
        }

        inner.AddEvaluation(evaluation);
    }

    public float[]? FindPredictions(string key) => inner.FindPredictions(key);

    public void AddPredictions(string key, float[] predictions) => inner.AddPredictions(key, predictions);

    public ExperimentRecord OpenExperiment(string identity, string name, string fingerprint, string plan) => inner.OpenExperiment(identity, name, fingerprint, plan);

    public IReadOnlyList<ExperimentRecord> Experiments() => inner.Experiments();

    public void UpdateExperiment(long experiment, ExperimentState state, string reason, double activeSeconds, string? result) => inner.UpdateExperiment(experiment, state, reason, activeSeconds, result);

    public IDisposable? TryLock(long experiment) => inner.TryLock(experiment);

    public void AddTrial(long experiment, FinishedTrial trial) => inner.AddTrial(experiment, trial);

    public IReadOnlyList<FinishedTrial> Trials(long experiment) => inner.Trials(experiment);

    public void AddStage(long experiment, StageRecord stage) => inner.AddStage(experiment, stage);

    public IReadOnlyList<StageRecord> Stages(long experiment) => inner.Stages(experiment);

    public virtual void PutBlob(long experiment, string name, byte[] bytes) => inner.PutBlob(experiment, name, bytes);

    public byte[]? FindBlob(long experiment, string name) => inner.FindBlob(experiment, name);

    public void DropBlobs(long experiment, string start) => inner.DropBlobs(experiment, start);

    public void AddLook(HoldoutLook look) => inner.AddLook(look);

    public IReadOnlyList<HoldoutLook> Looks(string holdout) => inner.Looks(holdout);

    public void AddNote(JournalNote note) => inner.AddNote(note);

    public IReadOnlyList<JournalNote> Notes() => inner.Notes();

    public void Dispose() => GC.SuppressFinalize(this);
}
