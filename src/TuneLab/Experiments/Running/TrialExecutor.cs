using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using TuneLab.Errors;
using TuneLab.Experiments.Answer.Ensembles;
using TuneLab.Metrics;
using TuneLab.Pruners;
using TuneLab.Storage;

namespace TuneLab.Experiments.Running;

/// <summary>
/// Runs trials: asks the cache for each fold, has the missing ones computed by the job pool, stores each the moment it ends, and finishes the trial. This is the one place where a trial
/// finishes. Used by one thread; the jobs only hand their outcomes back to it.
/// </summary>
internal sealed class TrialExecutor : IDisposable
{
    private readonly IEvaluator _evaluator;
    private readonly ITrialStore _store;
    private readonly Objective _objective;
    private readonly RunClock _clock;
    private readonly FoldTimers _timers;
    private readonly JobPool _pool;
    private readonly int _jobs;
    private readonly KeptPredictions? _kept;
    private readonly PruningJudge _judge = new();
    private readonly BlockingCollection<FoldReport> _reports = [];
    private readonly Dictionary<int, RunningTrial> _running = [];
    private CancellationTokenSource _cancel = new();
    private volatile ExceptionDispatchInfo? _storeFault;

    // folds handed to the pool whose report has not been taken in
    private int _inPool;

    /// <param name="evaluator">Trains and scores.</param>
    /// <param name="store">The cache.</param>
    /// <param name="objective">What ranks trials.</param>
    /// <param name="clock">Times of trials.</param>
    /// <param name="timers">How long folds may train.</param>
    /// <param name="jobs">Evaluations at once.</param>
    /// <param name="kept">Is offered the predictions of trials that completed; null: nobody wants them.</param>
    public TrialExecutor(IEvaluator evaluator, ITrialStore store, Objective objective, RunClock clock, FoldTimers timers, int jobs, KeptPredictions? kept = null)
        => (_evaluator, _store, _objective, _clock, _timers, _jobs, _pool, _kept) = (evaluator, store, objective, clock, timers, Math.Max(1, jobs), new JobPool(jobs), kept);

    /// <summary>Folds computed and folds found, by this executor.</summary>
    public (int Computed, int Cached) Evaluations { get; private set; }

    /// <summary>Seconds of learning and of scoring, summed over jobs, by this executor.</summary>
    public (double Fit, double Score) Seconds { get; private set; }

    /// <summary>Evaluations at once.</summary>
    public int Jobs => _jobs;

    /// <summary>Trials that have not finished.</summary>
    public int Running => _running.Count;

    /// <summary>
    /// Takes a trial in; its folds start as jobs get free, one after another where a pruner may end it between them, unless a job has nothing else to do. When all folds are known it is finished at the
    /// next <see cref="Next"/>.
    /// </summary>
    public void Submit(TrialWork work)
    {
        var foldWorks = work.Folds.Select(work.On).ToArray();
        var stored = Array.ConvertAll(foldWorks, Find); // may throw: before anybody waits for the trial
        var trial = new RunningTrial(work, _objective);
        _running.Add(work.Number, trial);
        var cancellation = _cancel.Token;
        for (var i = 0; i < foldWorks.Length; i++)
        {
            var (fold, foldWork) = (i, foldWorks[i]);
            var judge = _judge.For(work, fold);
            if (stored[i] is { } found)
            {
                var cut = judge is null ? null : PruningJudge.Cut(found, judge);
                _reports.Add(new FoldReport(work.Number, fold, cut ?? found, cut is not null, true, null, _clock.Elapsed.TotalSeconds, default), CancellationToken.None);
            }
            else
            {
                trial.Hold(fold, () => Compute(trial, fold, foldWork, judge, cancellation));
            }
        }

        while (trial.Held > 0 && (work.Pruning is null || (stored[0] is null && !trial.IsUnderWay)))
        {
            Release(trial);
        }
    }

    /// <summary>Takes in the curves of a trial that an earlier process finished, for pruners to compare with. One that was ended within a fold is cut there again, since the cache may hold that fold whole.</summary>
    public void Recall(TrialWork work, FinishedTrial trial)
    {
        var folds = new List<Evaluation>();
        var stored = _store.FindEvaluations(trial.Evaluations);
        foreach (var found in trial.Evaluations.Select((key, i) => stored.TryGetValue(key, out var evaluation) ? _evaluator.Read(evaluation, work.On(work.Folds[i])) : null).OfType<Evaluation>())
        {
            folds.Add(_judge.For(work, folds.Count) is { } judge && PruningJudge.Cut(found, judge) is { } cut ? cut : found);
        }

        _judge.Add(work, folds, trial.Status == TrialStatus.Completed);
    }

    /// <summary>The next trial that finishes, or null when none did within the time.</summary>
    /// <param name="patience">How long to wait.</param>
    /// <exception cref="Exception">What the store threw when a job handed it an evaluation: no trial's fault, so none is recorded as failed for it.</exception>
    public FinishedTrial? Next(TimeSpan patience)
    {
        var until = _clock.Elapsed + patience;
        while (_running.Count > 0)
        {
            Speculate();
            var wait = until - _clock.Elapsed;
            if (!_reports.TryTake(out var report, wait < TimeSpan.Zero ? TimeSpan.Zero : wait))
            {
                return null;
            }

            var finished = Accept(report);
            _storeFault?.Throw();
            if (finished is not null)
            {
                return finished;
            }
        }

        return null;
    }

    /// <summary>Cancels every trial that has not finished; what their folds stored stays in the cache. Returns when all jobs are free again.</summary>
    public void CancelRunning()
    {
        _cancel.Cancel();
        foreach (var trial in _running.Values)
        {
            while (trial.Held > 0)
            {
                Release(trial); // to report that it was cancelled
            }
        }

        while (_running.Count > 0)
        {
            Accept(_reports.Take());
        }

        _cancel.Dispose();
        _cancel = new CancellationTokenSource();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CancelRunning();
        _pool.Dispose();
        _reports.Dispose();
        _cancel.Dispose();
    }

    private void Compute(RunningTrial trial, int fold, FoldWork work, Func<IReadOnlyList<int>, IReadOnlyList<double>, PruneDecision>? judge, CancellationToken cancellation)
    {
        trial.Start(_clock.Elapsed.TotalSeconds);
        FoldOutcome? outcome = null;
        Exception? failure = null;
        using var timer = _timers.For(string.Create(CultureInfo.InvariantCulture, $"trial {trial.Work.Number}"), work.Trainer.Info.Id);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, trial.Ended(fold), timer.Over);
        try
        {
            outcome = Stored(_evaluator.Evaluate(work, trial.Work.Number, judge, timer.Begin, linked.Token));
            timer.Completed();
        }
        catch (OperationCanceledException) when (timer.Over.IsCancellationRequested && !cancellation.IsCancellationRequested && !trial.Ended(fold).IsCancellationRequested)
        {
            failure = new TuneLabException($"over the limit of {_timers.Limit!.Value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s (budget.trial_time)");
        }
        catch (OperationCanceledException e) when (!linked.IsCancellationRequested && _storeFault is null)
        {
            failure = new TuneLabException("the trainer gave up: " + e.Message, inner: e);
        }
        catch (Exception e) when (e is not (StackOverflowException or AccessViolationException))
        {
            failure = e; // a failed trial is a record with its reason, not a crash
        }

        if (failure is not (null or OperationCanceledException))
        {
            trial.EndAfterFailure(fold);
        }
        else if (outcome is { Pruned: true })
        {
            trial.EndAfter(fold);
        }

        _reports.Add(new FoldReport(trial.Work.Number, fold, outcome?.Evaluation, outcome?.Pruned ?? false, false, failure, _clock.Elapsed.TotalSeconds, new Spent(outcome?.FitSeconds ?? 0, outcome?.ScoreSeconds ?? 0, outcome?.RoundsAgain ?? 0)) { Predictions = outcome?.Predictions }, CancellationToken.None);
    }

    private Evaluation? Find(FoldWork work)
    {
        var keys = _evaluator.Keys(work);
        if (keys.Count == 1)
        {
            return _store.FindEvaluation(keys[0]) is { } only ? _evaluator.Read(only, work) : null;
        }

        var stored = _store.FindEvaluations(keys);
        return keys.Select(key => stored.TryGetValue(key, out var found) ? _evaluator.Read(found, work) : null).FirstOrDefault(found => found is not null);
    }

    private FoldOutcome Stored(FoldOutcome outcome)
    {
        try
        {
            _store.AddEvaluation(outcome.Evaluation);
            return outcome;
        }
        catch (Exception e)
        {
            _storeFault ??= ExceptionDispatchInfo.Capture(e);
            throw new OperationCanceledException("the evaluation could not be stored", e);
        }
    }

    private FinishedTrial? Accept(FoldReport report)
    {
        var trial = _running[report.Trial];
        trial.Add(report);
        _inPool -= report.Cached ? 0 : 1;
        if (report.Evaluation is not null)
        {
            Evaluations = report.Cached ? (Evaluations.Computed, Evaluations.Cached + 1) : (Evaluations.Computed + 1, Evaluations.Cached);
            if (!report.Cached)
            {
                Seconds = (Seconds.Fit + report.Spent.FitSeconds, Seconds.Score + report.Spent.ScoreSeconds);
            }
        }

        if (!trial.Complete)
        {
            // an ended trial's folds report as soon as they are let go
            do
            {
                if (trial.IsEnded || !trial.IsUnderWay)
                {
                    Release(trial);
                }
            }
            while (trial.IsEnded && trial.Held > 0);
            return null;
        }

        _running.Remove(report.Trial);
        trial.Dispose();
        var finished = trial.Finish();
        if (finished is not null && trial.Work.FixedRounds is null)
        {
            _judge.Add(trial.Work, trial.Counted, finished.Status == TrialStatus.Completed);
        }

        if (finished is { Fidelity.IsFull: true } && trial.Predictions is { } predictions)
        {
            _kept?.Offer(finished, trial.Work, predictions);
        }

        return finished;
    }

    private void Release(RunningTrial trial)
    {
        if (trial.TakeHeld() is var (fold, work))
        {
            _inPool++;
            _pool.Add(trial.Work.Number, fold, work);
        }
    }

    // a job that has nothing to do may as well begin with a fold that will not be needed if one before it ends the trial
    private void Speculate()
    {
        while (_inPool < _jobs && _reports.Count == 0 && _running.Values.Where(t => t.Held > 0).MinBy(t => t.Work.Number) is { } trial)
        {
            Release(trial);
        }
    }
}

/// <summary>What a job hands back.</summary>
internal sealed record FoldReport(int Trial, int Fold, Evaluation? Evaluation, bool Pruned, bool Cached, Exception? Failure, double At, Spent Spent)
{
    /// <summary>As in <see cref="FoldOutcome.Predictions"/>.</summary>
    public IReadOnlyList<float[]>? Predictions { get; init; }
}

/// <summary>What a fold took now: its evaluation's seconds also count what it took before it was paused.</summary>
internal readonly record struct Spent(double FitSeconds, double ScoreSeconds, int RoundsAgain);
