using System.Collections.Concurrent;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Data.Splitting;
using TuneLab.Randomness;
using TuneLab.Training;

namespace TuneLab.Experiments.Running;

/// <summary>A fold made ready: the shared table and the rows to fit and score on.</summary>
/// <param name="Fold">The encoded table with its label.</param>
/// <param name="Encoding">How it was encoded.</param>
/// <param name="Valid">Rows to score on; the same array for every trial.</param>
internal sealed record ReadyFold(PreparedFold Fold, FeatureEncoding Encoding, int[] Valid);

/// <summary>Draws the folds of an experiment and encodes each once, on first use, for all trials. Thread-safe.</summary>
internal sealed class FoldSource : IFolds
{
    private readonly LoadedExperiment _experiment;
    private readonly ISplitter _splitter;
    private readonly Seed _seed;
    private readonly ConcurrentDictionary<int, Lazy<IReadOnlyList<Fold>>> _splits = new();
    private readonly ConcurrentDictionary<FoldId, Lazy<ReadyFold>> _ready = new();
    private readonly ConcurrentDictionary<(FoldId, double), Lazy<int[]>> _samples = new();

    public FoldSource(LoadedExperiment experiment)
    {
        _experiment = experiment;
        _splitter = SplitterCatalog.Get(experiment.Resolved.SplitKind!);
        _seed = new Seed((ulong)experiment.Resolved.Plan.Seed).Child("split");
    }

    private TaskTable Table => _experiment.Table;

    /// <inheritdoc/>
    public IReadOnlyList<FoldId> Repeat(int repeat) => [.. Folds(repeat).Select(f => new FoldId(FoldPurpose.Split, repeat, f.Index))];

    /// <inheritdoc/>
    public IReadOnlyList<FoldId> Search => [.. Enumerable.Range(0, _experiment.Resolved.Plan.Validate.Repeats).SelectMany(Repeat)];

    /// <summary>How the fold was drawn, as text for the cache key.</summary>
    public string Describe(FoldId id)
    {
        var validate = _experiment.Resolved.Plan.Validate;
        var holdout = validate is { Nested: { } nested, Outer: { } outer } ? string.Create(CultureInfo.InvariantCulture, $"outer={outer}/{nested}/{OuterFolds.Version}/{_experiment.Resolved.SplitKind}") : "holdout=" + validate.Holdout.ToString("R", CultureInfo.InvariantCulture) + "/" + Holdout.Version.ToString(CultureInfo.InvariantCulture) + "/" + (_experiment.Resolved.SplitKind is "time" or "group" ? _experiment.Resolved.SplitKind : "rows");
        return id.Purpose == FoldPurpose.Holdout ? holdout + ";final"
            : _splitter.Id == "given" ? string.Create(CultureInfo.InvariantCulture, $"{holdout};{_splitter.Id}/{_splitter.Version}")
            : string.Create(CultureInfo.InvariantCulture, $"{holdout};{_splitter.Id}/{_splitter.Version};folds={validate.Folds};repeat={id.Repeat};fold={id.Index};seed={_seed.Value}");
    }

    /// <summary>The fold, encoded.</summary>
    public ReadyFold Get(FoldId id)
    {
        var entry = _ready.GetOrAdd(id, key => new Lazy<ReadyFold>(() => Prepare(key)));
        try
        {
            return entry.Value;
        }
        catch
        {
            _ready.TryRemove(new(id, entry));
            throw;
        }
    }

    /// <summary>The rows that a fold of the split is scored on.</summary>
    public int[] Valid(FoldId id) => Folds(id.Repeat)[id.Index].Valid;

    /// <summary>The rows that a trial at that fraction fits on: nested samples, the same for every trial.</summary>
    public int[] Sample(FoldId id, double fraction)
        => fraction >= 1 ? Get(id).Fold.Train : _samples.GetOrAdd((id, fraction), key => new Lazy<int[]>(
            () => RowSample.Take(Table, Get(key.Item1).Fold.Train, key.Item2, _seed.Child("rows").Child(key.Item1.Repeat).Child(key.Item1.Index)))).Value;

    /// <inheritdoc/>
    public void Release(int repeat)
    {
        foreach (var id in _ready.Keys.Where(k => k.Purpose == FoldPurpose.Split && k.Repeat == repeat))
        {
            _ready.TryRemove(id, out _);
        }
    }

    private IReadOnlyList<Fold> Folds(int repeat)
        => _splits.GetOrAdd(repeat, r => new Lazy<IReadOnlyList<Fold>>(() => _splitter.Split(Table, _experiment.Training, _experiment.Resolved.Plan.Validate.Folds, r, _seed))).Value;

    private ReadyFold Prepare(FoldId id)
    {
        var (train, valid) = id.Purpose == FoldPurpose.Holdout
            ? (_experiment.Training, _experiment.Holdout)
            : (Folds(id.Repeat)[id.Index].Train, Folds(id.Repeat)[id.Index].Valid);
        var encoding = FeatureEncoder.Fit(Table.Features, train);
        var table = encoding.Transform(Table.Data);
        return new ReadyFold(new PreparedFold(Table.Task, Table.Outputs, table, Table.Target, Table.Weights, train) { Monotone = Table.Roles.Monotone }, encoding, valid);
    }
}
