using TuneLab.Errors;
using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Experiments.Running;

/// <summary>
/// A trial whose folds are under way. Collected by the executor's thread; only <see cref="Start"/>, <see cref="EndAll"/> and <see cref="EndAfter"/> are called by jobs.
/// A pruned fold ends only those after it, so that the first fold that is pruned is the same whatever order they ran in.
/// </summary>
internal sealed class RunningTrial : IDisposable
{
    private readonly FoldReport?[] _reports;
    private readonly CancellationTokenSource[] _ends;
    private readonly Lock _lock = new();
    private double? _started;

    public RunningTrial(TrialWork work)
        => (Work, _reports, _ends) = (work, new FoldReport?[work.Folds.Count], [.. work.Folds.Select(_ => new CancellationTokenSource())]);

    public TrialWork Work { get; }

    public bool Complete => Array.TrueForAll(_reports, r => r is not null);

    /// <summary>The evaluations of a trial that ran to its end, else null.</summary>
    public IReadOnlyList<Evaluation>? Whole => Array.TrueForAll(_reports, r => r is { Evaluation: not null, Pruned: false }) ? [.. _reports.Select(r => r!.Evaluation!)] : null;

    /// <summary>Cancelled when the fold need not go on, because of another one.</summary>
    public CancellationToken Ended(int fold) => _ends[fold].Token;

    public void Start(double at)
    {
        lock (_lock)
        {
            _started ??= at;
        }
    }

    /// <summary>A fold has failed.</summary>
    public void EndAll() => EndAfter(-1);

    /// <summary>A fold was pruned.</summary>
    public void EndAfter(int fold)
    {
        foreach (var end in _ends.AsSpan(fold + 1))
        {
            end.Cancel();
        }
    }

    public void Add(FoldReport report) => _reports[report.Fold] = report;

    public void Dispose()
    {
        foreach (var end in _ends)
        {
            end.Dispose();
        }
    }

    /// <summary>The trial as it ended; null when it was cancelled from outside before it could end.</summary>
    public FinishedTrial? Finish(Objective objective)
    {
        var failed = Array.Find(_reports, r => r!.Failure is not (null or OperationCanceledException));
        var pruned = failed is null ? Array.FindIndex(_reports, r => r!.Pruned) : -1;
        var counted = failed is not null ? [] : pruned >= 0 ? _reports[..(pruned + 1)] : _reports;
        if (counted.Any(r => r!.Evaluation is null))
        {
            return null;
        }

        var evaluations = counted.Select(r => r!.Evaluation!).ToArray();
        var rounds = evaluations.Length == 0 ? 0 : Work.Trainer.Trainer.Info.RoundsOverfit ? RoundChoice.Rounds(evaluations) : evaluations.Max(e => e.Rounds[^1]);
        var finished = _reports.Max(r => r!.At);
        return new FinishedTrial
        {
            Number = Work.Number,
            Stage = Work.Stage,
            Pass = Work.Pass,
            Configuration = Work.Configuration,
            Status = failed is not null ? TrialStatus.Failed : pruned >= 0 ? TrialStatus.Pruned : TrialStatus.Completed,
            Cached = Array.TrueForAll(_reports, r => r!.Cached),
            Scores = [.. evaluations.Select(e => e.Score(objective.Id, RoundChoice.Checkpoint(e, rounds)))],
            Rows = Work.Rows,
            Rounds = rounds,
            StartedSeconds = Math.Min(_started ?? finished, finished),
            FinishedSeconds = finished,
            FitSeconds = evaluations.Sum(e => e.FitSeconds),
            ScoreSeconds = evaluations.Sum(e => e.ScoreSeconds),
            Reason = failed is not null ? Describe(failed.Failure!) : pruned >= 0 ? _reports[pruned]!.Evaluation!.Stopped : "",
            Evaluations = [.. evaluations.Select(e => e.Key)],
        };
    }

    private static string Describe(Exception failure) => failure switch
    {
        TuneLabException e => e.Message,
        OutOfMemoryException => "out of memory",
        _ => failure.GetType().Name + ": " + failure.Message,
    };
}
