namespace TuneLab.Storage;

/// <summary>
/// Where experiments, trials and evaluations live; looked up by content it is the cache.
/// <para><b>Contract.</b> Called by the experiment runner and by every verb that reads. <b>Durability:</b> when a method that writes returns, what it wrote survives the end of the process
/// (a power cut may take the last second). <b>Append-only:</b> evaluations, predictions, trials, stages, looks and notes are never changed; adding one that is there already (same key; same experiment and number)
/// keeps the first and is no error, so a late or double result is harmless. <b>Thread safety:</b> all methods may be called from any thread and from several processes on one store.
/// <b>Ownership:</b> whoever runs an experiment holds <see cref="TryLock"/> on it; evaluations need no owner.
/// <b>Errors:</b> <see cref="Errors.InputException"/> when the store can't be opened: written by a newer version, no store at all, folder not writable.</para>
/// </summary>
public interface ITrialStore : IDisposable
{
    /// <summary>Where it is, for people.</summary>
    string Location { get; }

    /// <summary>The version of the schema that it is written in.</summary>
    int SchemaVersion { get; }

    /// <summary>The evaluation of that key, or null.</summary>
    Evaluation? FindEvaluation(string key);

    /// <summary>Those of the keys that are there; one round trip for many.</summary>
    IReadOnlyDictionary<string, Evaluation> FindEvaluations(IReadOnlyCollection<string> keys);

    /// <summary>Adds an evaluation; keeps the first when the key is there.</summary>
    void AddEvaluation(Evaluation evaluation);

    /// <summary>The predictions kept for the evaluation of that key, or null.</summary>
    float[]? FindPredictions(string key);

    /// <summary>Keeps what an evaluation's model predicted at its last checkpoint on the rows that it was scored on; keeps the first when the key has some.</summary>
    /// <param name="key">The evaluation's content key; the evaluation itself need not be there.</param>
    /// <param name="predictions">[rows x outputs], row-major, rows in the fold's order.</param>
    void AddPredictions(string key, float[] predictions);

    /// <summary>The experiment of that identity, created with <paramref name="plan"/> when there is none.</summary>
    /// <param name="identity">64 hex characters.</param>
    /// <param name="name">The plan's name; updated when it differs.</param>
    /// <param name="fingerprint">Of the data.</param>
    /// <param name="plan">The resolved plan as JSON, stored at creation only: what was frozen then stays.</param>
    ExperimentRecord OpenExperiment(string identity, string name, string fingerprint, string plan);

    /// <summary>All experiments, by id.</summary>
    IReadOnlyList<ExperimentRecord> Experiments();

    /// <summary>Sets state, reason, active seconds and (unless null) the result.</summary>
    void UpdateExperiment(long experiment, ExperimentState state, string reason, double activeSeconds, string? result);

    /// <summary>
    /// Takes the right to run an experiment, across processes; null when another living process has it. The right ends with the handle or with the process, however it ends.
    /// </summary>
    IDisposable? TryLock(long experiment);

    /// <summary>Adds a finished trial.</summary>
    void AddTrial(long experiment, FinishedTrial trial);

    /// <summary>The finished trials of an experiment, by number.</summary>
    IReadOnlyList<FinishedTrial> Trials(long experiment);

    /// <summary>Adds the end of a stage pass.</summary>
    void AddStage(long experiment, StageRecord stage);

    /// <summary>The stage passes that have ended, by index.</summary>
    IReadOnlyList<StageRecord> Stages(long experiment);

    /// <summary>Keeps named bytes of an experiment (a model zip, holdout predictions); replaces what had the name.</summary>
    void PutBlob(long experiment, string name, byte[] bytes);

    /// <summary>The named bytes, or null.</summary>
    byte[]? FindBlob(long experiment, string name);

    /// <summary>Lets go of the named bytes of an experiment whose names begin so.</summary>
    void DropBlobs(long experiment, string start);

    /// <summary>Adds a look at a holdout; the same experiment and configuration count once.</summary>
    void AddLook(HoldoutLook look);

    /// <summary>The looks at a holdout so far, oldest first.</summary>
    IReadOnlyList<HoldoutLook> Looks(string holdout);

    /// <summary>Adds a note to the journal; the same twice are two.</summary>
    /// <exception cref="ArgumentException">There is no experiment of that id.</exception>
    void AddNote(JournalNote note);

    /// <summary>The notes of the journal, oldest first.</summary>
    IReadOnlyList<JournalNote> Notes();
}
