using TuneLab.Experiments.Commands;
using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Experiments.Search;

/// <summary>Everything that the search has seen: lanes, finished trials by number, what the store already held. Used by the search's thread only.</summary>
internal sealed class SearchState
{
    private readonly SortedDictionary<int, FinishedTrial> _finished = [];
    private readonly Dictionary<string, Lane> _lanes;
    private FinishedTrial? _best;
    private FinishedTrial? _baseline;

    public SearchState(LoadedExperiment experiment, IReadOnlyList<FinishedTrial> stored, IReadOnlyList<StageRecord> stages)
    {
        var resolved = experiment.Resolved;
        Objective = resolved.Metric;
        var (features, outputs, rows) = experiment.Data is { } table ? (table.Features.Count, table.Outputs, experiment.Training.Length) : (1, 1, CommandTrainer.Rows);
        Lanes = [.. resolved.Trainers.Select(t => new Lane(t, Objective, features, outputs, rows))];
        _lanes = Lanes.ToDictionary(l => l.Id, StringComparer.Ordinal);
        Stored = stored.ToDictionary(t => t.Number);
        StoredStages = stages.ToDictionary(s => s.Pass);
    }

    /// <summary>The objective.</summary>
    public Objective Objective { get; }

    /// <summary>One per trainer, in the plan's order.</summary>
    public IReadOnlyList<Lane> Lanes { get; }

    /// <summary>Those of <see cref="Lanes"/> that are in.</summary>
    public IReadOnlyList<Lane> In => [.. Lanes.Where(l => l.Dropped is null)];

    /// <summary>Trials of earlier processes, by number.</summary>
    public IReadOnlyDictionary<int, FinishedTrial> Stored { get; }

    /// <summary>Passes that earlier processes ended, by index.</summary>
    public IReadOnlyDictionary<int, StageRecord> StoredStages { get; }

    /// <summary>The number of the next trial.</summary>
    public int NextNumber { get; set; }

    /// <summary>The index of the next pass.</summary>
    public int NextPass { get; set; }

    /// <summary>Trials proposed that <c>budget.trials</c> counts: all but confirm's.</summary>
    public int Counted { get; set; }

    /// <summary>The highest number of a stored trial of that pass; -1 when there is none.</summary>
    public int LastStored(int pass) => Stored.Values.Where(t => t.Pass == pass).Select(t => t.Number).DefaultIfEmpty(-1).Max();

    /// <summary>
    /// Passes over the numbers that an earlier process gave to trials of another stage in the pass of that index: finished trials are immutable. It happens where time decides what comes next: a confirm was stopped,
    /// and with more time left the search goes on instead.
    /// </summary>
    public void SkipNumbersOf(int pass, string stage)
        => NextNumber = Math.Max(NextNumber, 1 + Stored.Values.Where(t => t.Pass == pass && t.Stage != stage).Select(t => t.Number).DefaultIfEmpty(-1).Max());

    /// <summary>Whether the next pass of an earlier process was another one than this: under a smaller budget the search took another way from here on.</summary>
    public bool WentElsewhere(string stage, Fidelity fidelity)
        => StoredStages.TryGetValue(NextPass, out var stored) && (stored.Stage != stage || Stored.Values.Where(t => t.Pass == NextPass).Select(t => t.Fidelity).Distinct().ToArray() is [var one] && one != fidelity);

    /// <summary>Finished trials by number, confirm's included.</summary>
    public IReadOnlyCollection<FinishedTrial> Finished => _finished.Values;

    /// <summary>Whether the trial of that number has finished.</summary>
    public bool HasFinished(int number) => _finished.ContainsKey(number);

    /// <summary>Finished trials of the search.</summary>
    public IEnumerable<FinishedTrial> Searched => _finished.Values.Where(t => t.Stage != "confirm");

    /// <summary>The passes that have ended in this run, replayed ones included.</summary>
    public List<StageRecord> Stages { get; } = [];

    /// <summary>Takes in a finished trial.</summary>
    public void Add(FinishedTrial trial)
    {
        _finished.Add(trial.Number, trial);
        Counts = new TrialCounts(
            Counts.Total + 1, Counts.Cached + (trial.Cached ? 1 : 0), Counts.Failed + (trial.Status == TrialStatus.Failed ? 1 : 0), Counts.Pruned + (trial.Status == TrialStatus.Pruned ? 1 : 0));
        if (IsFull(trial))
        {
            _best = Better(trial, _best);
            _baseline = trial.Stage == StagedSearch.DefaultsStage ? Better(trial, _baseline) : _baseline;
        }

        if (trial.Stage != "confirm" && _lanes.TryGetValue(trial.Configuration.Trainer, out var lane))
        {
            lane.Add(trial);
        }
    }

    /// <summary>How many trials there are, of each kind.</summary>
    public TrialCounts Counts { get; private set; } = new(0, 0, 0, 0);

    /// <summary>The best trial at full fidelity, ties to the lower number; null while there is none.</summary>
    public FinishedTrial? Best => _best;

    /// <summary>The best default, or null while there is none.</summary>
    public FinishedTrial? Baseline => _baseline;

    /// <summary>Completed trials of the search at full fidelity, best first, ties by number.</summary>
    public IReadOnlyList<FinishedTrial> Full()
        => [.. _finished.Values.Where(IsFull).OrderBy(t => t.Score, Comparer<double>.Create(Objective.Compare)).ThenBy(t => t.Number)];

    private static bool IsFull(FinishedTrial trial) => trial is { Status: TrialStatus.Completed, Fidelity.IsFull: true } && trial.Stage != "confirm" && !double.IsNaN(trial.Score);

    private FinishedTrial Better(FinishedTrial trial, FinishedTrial? than)
        => than is null || Objective.Compare(trial.Score, than.Score) is var order && (order < 0 || (order == 0 && trial.Number < than.Number)) ? trial : than;
}
