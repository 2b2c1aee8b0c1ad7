using TuneLab.Errors;
using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Experiments.Running;

/// <summary>A trial whose folds are under way. Collected by the executor's thread; only <see cref="Start"/> and <see cref="Fail"/> are called by jobs.</summary>
internal sealed class RunningTrial(TrialWork work) : IDisposable
{
    private readonly FoldReport?[] _reports = new FoldReport?[work.Folds.Count];
    private readonly CancellationTokenSource _failure = new();
    private readonly Lock _lock = new();
    private double? _started;

    public TrialWork Work { get; } = work;

    /// <summary>Cancelled when a fold has failed: the others need not go on.</summary>
    public CancellationToken Failure => _failure.Token;

    public bool Complete => _reports.All(r => r is not null);

    public void Start(double at)
    {
        lock (_lock)
        {
            _started ??= at;
        }
    }

    public void Fail() => _failure.Cancel();

    public void Add(FoldReport report) => _reports[report.Fold] = report;

    public void Dispose() => _failure.Dispose();

    /// <summary>The trial as it ended; null when it was cancelled from outside before it could end.</summary>
    public FinishedTrial? Finish(Metric objective)
    {
        var failed = _reports.FirstOrDefault(r => r!.Failure is not (null or OperationCanceledException));
        if (failed is null && _reports.Any(r => r!.Evaluation is null))
        {
            return null;
        }

        var evaluations = failed is null ? _reports.Select(r => r!.Evaluation!).ToArray() : [];
        var checkpoint = evaluations.Length == 0 ? 0 : RoundChoice.Checkpoint(evaluations);
        var finished = _reports.Max(r => r!.At);
        return new FinishedTrial
        {
            Number = Work.Number,
            Stage = Work.Stage,
            Pass = Work.Pass,
            Configuration = Work.Configuration,
            Status = failed is null ? TrialStatus.Completed : TrialStatus.Failed,
            Cached = _reports.All(r => r!.Cached),
            Scores = [.. evaluations.Select(e => e.Score(objective.Id, checkpoint))],
            Rows = Work.Rows,
            Rounds = evaluations.Length == 0 ? 0 : evaluations[0].Rounds[checkpoint],
            StartedSeconds = Math.Min(_started ?? finished, finished),
            FinishedSeconds = finished,
            FitSeconds = evaluations.Sum(e => e.FitSeconds),
            ScoreSeconds = evaluations.Sum(e => e.ScoreSeconds),
            Reason = failed is null ? "" : Describe(failed.Failure!),
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
