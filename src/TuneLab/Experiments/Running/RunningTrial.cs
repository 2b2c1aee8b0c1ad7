using TuneLab.Errors;
using TuneLab.Metrics;
using TuneLab.Pruners;
using TuneLab.Storage;

namespace TuneLab.Experiments.Running;

/// <summary>
/// A trial whose folds are under way. Collected by the executor's thread; only <see cref="Start"/>, <see cref="EndAfterFailure"/> and <see cref="EndAfter"/> are called by jobs.
/// What is pruned ends only the folds after it, and folds are judged in their order, so that the trial ends at the same one whatever order they ran in.
/// </summary>
internal sealed class RunningTrial : IDisposable
{
    private readonly FoldReport?[] _reports;
    private readonly CancellationTokenSource[] _ends;
    private readonly Queue<(int Fold, Action Work)> _held = [];
    private readonly Lock _lock = new();
    private readonly Objective _objective;
    private double? _started;

    // how many folds from the first on are known and good, and after how many the trial was ended, with the reason
    private int _done;
    private (int Folds, string Reason)? _pruned;

    public RunningTrial(TrialWork work, Objective objective)
        => (Work, _objective, _reports, _ends) = (work, objective, new FoldReport?[work.Folds.Count], [.. work.Folds.Select(_ => new CancellationTokenSource())]);

    public TrialWork Work { get; }

    public bool Complete => Array.TrueForAll(_reports, r => r is not null);

    /// <summary>How many folds wait to be let go.</summary>
    public int Held => _held.Count;

    /// <summary>Whether a fold that was let go has not reported.</summary>
    public bool IsUnderWay => _reports.Count(r => r is null) > _held.Count;

    /// <summary>Whether it needs no more folds: one failed, or the pruner ended it.</summary>
    public bool IsEnded => _pruned is not null || Array.Exists(_reports, r => r is { Pruned: true } or { Failure: not null });

    /// <summary>The evaluations that count once it has finished: of all folds, or of those up to where it was pruned; none when it failed.</summary>
    public IReadOnlyList<Evaluation> Counted { get; private set; } = [];

    /// <summary>[folds] what the models with the trial's round count predict on the validation rows; null until it has completed, where a fold came from the cache, or where no fold was scored at just that count.</summary>
    public IReadOnlyList<float[]>? Predictions { get; private set; }

    /// <summary>Cancelled when the fold need not go on, because of another one.</summary>
    public CancellationToken Ended(int fold) => _ends[fold].Token;

    public void Start(double at)
    {
        lock (_lock)
        {
            _started ??= at;
        }
    }

    /// <summary>A fold has failed: the others are not needed, but those before it where they may end the trial yet.</summary>
    public void EndAfterFailure(int fold) => EndAfter(Work.Pruning is null ? -1 : fold);

    /// <summary>A fold was pruned.</summary>
    public void EndAfter(int fold)
    {
        foreach (var end in _ends.AsSpan(fold + 1))
        {
            end.Cancel();
        }
    }

    /// <summary>Keeps a fold's work until it is taken.</summary>
    public void Hold(int fold, Action work) => _held.Enqueue((fold, work));

    /// <summary>The next fold to let go, or null.</summary>
    public (int Fold, Action Work)? TakeHeld() => _held.TryDequeue(out var next) ? next : null;

    /// <summary>Takes in what a job reports, and has the pruner judge the folds that are done.</summary>
    public void Add(FoldReport report)
    {
        _reports[report.Fold] = report;
        if (report.Pruned)
        {
            EndAfter(report.Fold);
        }

        while (_pruned is null && _done < _reports.Length && _reports[_done] is { Evaluation: not null, Pruned: false })
        {
            _done++;
            if (Work.Pruning is { } pruning && _done < _reports.Length
                && pruning.Pruner.Decide(new FoldLosses(Work.Number, [.. Scores(_reports[.._done]).Select(s => _objective.HigherIsBetter ? -s : s)], _reports.Length), pruning.Finished) is { Stop: true } decision)
            {
                _pruned = (_done, decision.Reason);
                EndAfter(_done - 1);
            }
        }
    }

    public void Dispose()
    {
        foreach (var end in _ends)
        {
            end.Dispose();
        }
    }

    /// <summary>The trial as it ended; null when it was cancelled from outside before it could end.</summary>
    public FinishedTrial? Finish()
    {
        var last = _pruned?.Folds ?? _reports.Length;
        var failed = Array.Find(_reports[..last], r => r!.Failure is not (null or OperationCanceledException));
        var cut = failed is null ? Array.FindIndex(_reports[..last], r => r!.Pruned) : -1;
        var counted = failed is not null ? [] : cut >= 0 ? _reports[..(cut + 1)] : _reports[..last];
        var pruned = failed is not null ? null : cut >= 0 ? _reports[cut]!.Evaluation?.Stopped : _pruned?.Reason;
        if (counted.Any(r => r!.Evaluation is null))
        {
            return null;
        }

        Evaluation[] evaluations = [.. counted.Select(r => r!.Evaluation!)];
        Counted = evaluations;
        var rounds = Rounds(evaluations);
        Predictions = failed is null && pruned is null ? PredictionsAt(rounds) : null;
        var finished = _reports.Max(r => r!.At);
        return new FinishedTrial
        {
            Number = Work.Number,
            Stage = Work.Stage,
            Pass = Work.Pass,
            Configuration = Work.Configuration,
            Status = failed is not null ? TrialStatus.Failed : pruned is not null ? TrialStatus.Pruned : TrialStatus.Completed,
            Cached = Array.TrueForAll(failed is null ? counted : _reports, r => r!.Cached),
            Scores = Scores(counted),
            Rows = Work.Fidelity.Rows,
            RoundFraction = Work.Fidelity.Rounds,
            FoldFraction = Work.Fidelity.Folds,
            RoundsAgain = _reports.Sum(r => r!.Spent.RoundsAgain),
            Rounds = rounds,
            StartedSeconds = Math.Min(_started ?? finished, finished),
            FinishedSeconds = finished,
            FitSeconds = evaluations.Sum(e => e.FitSeconds),
            ScoreSeconds = evaluations.Sum(e => e.ScoreSeconds),
            Reason = failed is not null ? Describe(failed.Failure!) : pruned ?? Part(Work.Fidelity with { Rows = 1 }),
            Evaluations = [.. evaluations.Select(e => e.Key)],
        };
    }

    private int Rounds(Evaluation[] evaluations)
        => evaluations.Length == 0 ? 0 : Work.Trainer.Trainer.Info.RoundsOverfit ? RoundChoice.Rounds(evaluations) : evaluations.Max(e => e.Rounds[^1]);

    private double[] Scores(IReadOnlyList<FoldReport?> folds)
    {
        Evaluation[] evaluations = [.. folds.Select(r => r!.Evaluation!)];
        var rounds = Rounds(evaluations);
        return Array.ConvertAll(evaluations, e => e.Score(_objective.Id, RoundChoice.Checkpoint(e, rounds)));
    }

    private List<float[]>? PredictionsAt(int rounds)
    {
        var found = new List<float[]>();
        foreach (var report in _reports)
        {
            var (evaluation, predictions) = (report!.Evaluation!, report.Predictions);
            var checkpoint = RoundChoice.Checkpoint(evaluation, rounds);
            var exact = evaluation.Rounds[checkpoint] == rounds || (evaluation.Stopped == Evaluation.NothingLeft && checkpoint == evaluation.Rounds.Length - 1);
            if (predictions is null || !exact)
            {
                return null;
            }

            found.Add(predictions[checkpoint]);
        }

        return found;
    }

    private static string Part(Fidelity fidelity) => fidelity.IsFull ? "" : $"given {fidelity}";

    private static string Describe(Exception failure) => failure switch
    {
        TuneLabException e => e.Message,
        OutOfMemoryException => "out of memory",
        _ => failure.GetType().Name + ": " + failure.Message,
    };
}
