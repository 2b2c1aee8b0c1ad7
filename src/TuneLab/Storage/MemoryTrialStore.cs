namespace TuneLab.Storage;

/// <summary>A store that lives and ends with the object: for use as a library, and for tests. Its locks hold between the users of this object.</summary>
/// <param name="time">For instants in records.</param>
public sealed class MemoryTrialStore(TimeProvider time) : ITrialStore
{
    private readonly Lock _access = new();
    private readonly Dictionary<string, Evaluation> _evaluations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, float[]> _predictions = new(StringComparer.Ordinal);
    private readonly List<Kept> _experiments = [];
    private readonly List<HoldoutLook> _looks = [];
    private readonly List<JournalNote> _notes = [];
    private readonly Dictionary<long, Ownership> _owners = [];

    /// <inheritdoc/>
    public string Location => "memory";

    /// <inheritdoc/>
    public int SchemaVersion => 1;

    /// <inheritdoc/>
    public Evaluation? FindEvaluation(string key)
    {
        lock (_access)
        {
            return _evaluations.GetValueOrDefault(key);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Evaluation> FindEvaluations(IReadOnlyCollection<string> keys)
    {
        var found = new Dictionary<string, Evaluation>(keys.Count, StringComparer.Ordinal);
        lock (_access)
        {
            foreach (var key in keys)
            {
                if (_evaluations.TryGetValue(key, out var evaluation))
                {
                    found[key] = evaluation;
                }
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public void AddEvaluation(Evaluation evaluation)
    {
        lock (_access)
        {
            _evaluations.TryAdd(evaluation.Key, evaluation);
        }
    }

    /// <inheritdoc/>
    public float[]? FindPredictions(string key)
    {
        lock (_access)
        {
            return _predictions.TryGetValue(key, out var predictions) ? [.. predictions] : null;
        }
    }

    /// <inheritdoc/>
    public void AddPredictions(string key, float[] predictions)
    {
        lock (_access)
        {
            _predictions.TryAdd(key, [.. predictions]);
        }
    }

    /// <inheritdoc/>
    public ExperimentRecord OpenExperiment(string identity, string name, string fingerprint, string plan)
    {
        lock (_access)
        {
            var now = time.GetUtcNow();
            var kept = _experiments.Find(e => e.Record.Identity == identity);
            if (kept is null)
            {
                kept = new Kept(new ExperimentRecord
                {
                    Id = _experiments.Count + 1,
                    Identity = identity,
                    Name = name,
                    Fingerprint = fingerprint,
                    Plan = plan,
                    State = ExperimentState.Running,
                    Reason = "",
                    Created = now,
                    Updated = now,
                    ActiveSeconds = 0,
                    Result = null,
                });
                _experiments.Add(kept);
            }
            else if (kept.Record.Name != name)
            {
                kept.Record = kept.Record with { Name = name, Updated = now };
            }

            return kept.Record;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ExperimentRecord> Experiments()
    {
        lock (_access)
        {
            return [.. _experiments.Select(e => e.Record)];
        }
    }

    /// <inheritdoc/>
    public void UpdateExperiment(long experiment, ExperimentState state, string reason, double activeSeconds, string? result)
    {
        lock (_access)
        {
            var kept = Find(experiment);
            kept.Record = kept.Record with
            {
                State = state,
                Reason = reason,
                ActiveSeconds = activeSeconds,
                Result = result ?? kept.Record.Result,
                Updated = time.GetUtcNow(),
            };
        }
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(long experiment)
    {
        lock (_access)
        {
            var ownership = new Ownership(this, experiment);
            return _owners.TryAdd(experiment, ownership) ? ownership : null;
        }
    }

    /// <inheritdoc/>
    public void AddTrial(long experiment, FinishedTrial trial)
    {
        lock (_access)
        {
            Find(experiment).Trials.TryAdd(trial.Number, trial);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<FinishedTrial> Trials(long experiment)
    {
        lock (_access)
        {
            return Has(experiment) ? [.. Find(experiment).Trials.Values] : [];
        }
    }

    /// <inheritdoc/>
    public void AddStage(long experiment, StageRecord stage)
    {
        lock (_access)
        {
            Find(experiment).Stages.TryAdd(stage.Pass, stage);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StageRecord> Stages(long experiment)
    {
        lock (_access)
        {
            return Has(experiment) ? [.. Find(experiment).Stages.Values] : [];
        }
    }

    /// <inheritdoc/>
    public void PutBlob(long experiment, string name, byte[] bytes)
    {
        lock (_access)
        {
            Find(experiment).Blobs[name] = [.. bytes];
        }
    }

    /// <inheritdoc/>
    public byte[]? FindBlob(long experiment, string name)
    {
        lock (_access)
        {
            return Has(experiment) && Find(experiment).Blobs.TryGetValue(name, out var bytes) ? [.. bytes] : null;
        }
    }

    /// <inheritdoc/>
    public void DropBlobs(long experiment, string start)
    {
        lock (_access)
        {
            var blobs = Has(experiment) ? Find(experiment).Blobs : [];
            foreach (var name in blobs.Keys.Where(n => n.StartsWith(start, StringComparison.Ordinal)).ToList())
            {
                blobs.Remove(name);
            }
        }
    }

    /// <inheritdoc/>
    public void AddLook(HoldoutLook look)
    {
        lock (_access)
        {
            Find(look.Experiment);
            if (!_looks.Exists(l => l.Holdout == look.Holdout && l.Experiment == look.Experiment && l.Configuration == look.Configuration))
            {
                _looks.Add(look);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<HoldoutLook> Looks(string holdout)
    {
        lock (_access)
        {
            return [.. _looks.Where(l => l.Holdout == holdout).OrderBy(l => l.When)];
        }
    }

    /// <inheritdoc/>
    public void AddNote(JournalNote note)
    {
        lock (_access)
        {
            if (note.Experiment is { } experiment)
            {
                Find(experiment);
            }

            _notes.Add(note);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<JournalNote> Notes()
    {
        lock (_access)
        {
            return [.. _notes.OrderBy(n => n.When)];
        }
    }

    /// <summary>Nothing to release.</summary>
    public void Dispose()
    {
    }

    private bool Has(long experiment) => experiment >= 1 && experiment <= _experiments.Count;

    private Kept Find(long experiment)
        => Has(experiment) ? _experiments[(int)experiment - 1] : throw new ArgumentException($"The store has no experiment {experiment}.", nameof(experiment));

    private sealed class Kept(ExperimentRecord record)
    {
        public ExperimentRecord Record { get; set; } = record;

        public SortedDictionary<int, FinishedTrial> Trials { get; } = [];

        public SortedDictionary<int, StageRecord> Stages { get; } = [];

        public Dictionary<string, byte[]> Blobs { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Ownership(MemoryTrialStore store, long experiment) : IDisposable
    {
        public void Dispose()
        {
            lock (store._access)
            {
                if (store._owners.GetValueOrDefault(experiment) == this) // disposing twice must not release the next owner
                {
                    store._owners.Remove(experiment);
                }
            }
        }
    }
}
