using TuneLab.Errors;
using TuneLab.Experiments.Answer;
using TuneLab.Experiments.Answer.Ensembles;
using TuneLab.Experiments.Nested;
using TuneLab.Experiments.Output;
using TuneLab.Experiments.Search;
using TuneLab.Experiments.Studies;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Experiments.Running;

/// <summary>One process's work on one experiment, from the stored state to the answer. Used by one thread.</summary>
internal sealed class RunSession : IDisposable
{
    // what confirm and export keep of the time unless the plan says otherwise
    private const double ConfirmShare = 0.10;

    // what a fit on more rows, or on a busier machine, may take instead of a fold of the search
    private const double Slower = 1.3;

    // how far behind the time budget the refits may end: a second less than the budget is kept to
    private static readonly TimeSpan LateRefit = TimeSpan.FromSeconds(4);

    // how many times what was thought a refit may take beyond the time budget
    private const double Hanging = 3;

    // an analysis begins nothing more when less than this is left: a shuffle that is under way then still ends in time
    private static readonly TimeSpan AnalysisEnds = TimeSpan.FromSeconds(0.2);

    // the most of a time limit that the search leaves to the analyses of the answer
    private const double AnalysisShare = 0.1;

    private const string Interrupted = "the run was stopped before it";

    private readonly ITrialStore _store;
    private readonly TimeProvider _time;
    private readonly ExperimentRecord _record;
    private readonly LoadedExperiment _experiment;
    private readonly IReadOnlyList<Configuration> _prior;
    private readonly NestedSearch? _nested;
    private readonly AskedStudies _studies;
    private readonly RunOptions _options;
    private readonly MonitorGuard _monitor;
    private readonly RunOutputs _outputs;
    private readonly RunClock _clock;
    private readonly ProcessMemory _memory;
    private readonly Workbench _bench;
    private readonly TrialExecutor _executor;
    private readonly SearchState _state;
    private readonly FinishedRun? _before;
    private readonly bool _raised;
    private readonly RestMeter _rest;
    private double _savedAt;
    private bool _provisional;

    public RunSession(ITrialStore store, TimeProvider time, ExperimentRecord record, LoadedExperiment experiment, IReadOnlyList<Configuration> prior, NestedSearch? nested, AskedStudies studies, RunOptions options, MonitorGuard monitor, RunOutputs outputs, IProgramRunner? programs, long begin)
    {
        (_store, _time, _record, _experiment, _prior, _nested, _studies, _options, _monitor, _outputs) = (store, time, record, experiment, prior, nested, studies, options, monitor, outputs);
        _before = FinishedRun.Of(record);
        _raised = FrozenPlan.HasFewerTrials(record, experiment.Resolved);
        var plan = experiment.Resolved.Plan;
        _clock = new RunClock(time, begin, record.ActiveSeconds, NestedSearch.Share(plan), options.Deadline, NestedSearch.Sharing(plan));
        _rest = new RestMeter(experiment.Resolved, store, _clock);
        _memory = ProcessMemory.Of(time, experiment.Resolved.Trainers.Select(t => t.Trainer));
        var trials = store.Trials(record.Id);
        _state = new SearchState(experiment, trials, store.Stages(record.Id));
        var timers = new FoldTimers(time, plan.Budget.TrialTime, Note);
        _bench = experiment.Resolved.Plan.Command is null
            ? Workbench.OfTable(experiment, _state, record.Id, store, options, _memory, timers, time)
            : Workbench.OfProgram(experiment, _state, record.Id, store, programs ?? throw new InputException("The plan tunes a program, and nothing here runs programs.", "Give the runner an IProgramRunner."), time);
        _executor = new TrialExecutor(_bench.Evaluator, store, experiment.Resolved.Metric, _clock, timers, options.Jobs,
            _bench.Ensembles is null ? null : new KeptPredictions(store, _bench.Evaluator, experiment.Resolved.Metric));
    }

    private ExperimentPlan Plan => _experiment.Resolved.Plan;

    private StagePlan ConfirmStage => _experiment.Resolved.Stages[^1];

    /// <summary>Works until the answer is there.</summary>
    /// <param name="stop">Ends the search; is cancelled too when the run is left (<see cref="RunOptions.Leave"/>).</param>
    public ExperimentResult Run(CancellationToken stop)
    {
        Save(ExperimentState.Running, "", null);
        try
        {
            return Answer(stop);
        }
        catch (StoppedException e)
        {
            Save(ExperimentState.Stopped, e.Message, null);
            throw;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Save(ExperimentState.Failed, e.Message, null);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _executor.Dispose();

    private ExperimentResult Answer(CancellationToken stop)
    {
        var kind = FrozenPlan.KindOf(_record);
        var passes = new PassRunner(_state, _executor, _bench.Folds.Search, Plan.Budget, kind, _clock, _memory, new Seed((ulong)Plan.Seed), _options.Jobs, Finished, SaveTime, stop, _options.Leave);
        var search = new StagedSearch(_experiment, _state, passes, _bench.Paused, _clock, kind, FrozenPlan.TrialsOf(_record), _prior, SearchUntil, _rest, _raised, s => _monitor.Tell(m => m.StageStarted(s)), Ended);
        var through = search.Run();
        while (true)
        {
            _provisional = !through;
            if (!through)
            {
                _bench.Paused.Write();
                LeaveIfAsked();
            }

            var baseline = Baseline(stop);
            var replayed = _state.StoredStages.ContainsKey(_state.NextPass);
            var finalists = Confirm(baseline, ref through, stop);
            LeaveIfAsked();
            if (replayed && through && (_state.StoredStages.ContainsKey(_state.NextPass) || (_before is null ? _raised : !_before.Covers(Plan.Budget))))
            {
                through = search.Extend(); // the budget was raised after this confirm
                continue;
            }

            return Conclude(finalists, baseline, through, stop);
        }
    }

    private TimeSpan? SearchUntil()
    {
        if (_clock.Limit is not { } limit)
        {
            return null;
        }

        // confirm's share is confirm's: the refits at the end come out of the search
        var share = ConfirmStage.Share ?? ConfirmShare;
        FinishedTrial?[] ending = [_state.Best, _state.Baseline];
        var reserve = Reserve(ending.OfType<FinishedTrial>());
        var kept = Math.Min(0.5 * limit.TotalSeconds, Math.Max(share * limit.TotalSeconds, ConfirmSeconds()) + reserve);
        kept += AnalysisReserve(ending.OfType<FinishedTrial>());
        return limit - TimeSpan.FromSeconds(_clock.DeadlineComesFirst ? Math.Max(kept, LeastConfirmSeconds(ending.OfType<FinishedTrial>()) + reserve) : kept);
    }

    // one repeat of two finalists that take as long as the longest of these: no deadline is so near that the search may have this
    private double LeastConfirmSeconds(IEnumerable<FinishedTrial> trials)
    {
        var evaluations = 2.0 * Math.Max(1, _bench.Folds.Search.Count / Math.Max(1, Plan.Validate.Repeats));
        return Slower * trials.Select(FoldSeconds).DefaultIfEmpty(0).Max() * Math.Ceiling(evaluations / Math.Max(1, _options.Jobs));
    }

    // a budget in trials that a deadline cuts into knows no share for confirm: it keeps what confirm is thought to take
    private double ConfirmSeconds()
        => _clock.DeadlineComesFirst && FrozenPlan.KindOf(_record) != BudgetKind.Time && _rest.Read(_state.Finished) is var (forecast, _)
            ? forecast.Parts.FirstOrDefault(p => p.Stage == Confirmation.Stage)?.Seconds.Median ?? 0 : 0;

    // refits follow one another on one job: the longest of those that may win, and the baseline's too where a holdout compares them; and one that takes twice as long as was thought has time to end
    private double Reserve(IEnumerable<FinishedTrial> ending)
    {
        if (_experiment.Data is null)
        {
            return 0; // a program leaves nothing to fit again
        }

        var longest = ending.Select(RefitSeconds).DefaultIfEmpty(0).Max();
        var ensemble = _clock.Limit is { } limit && _bench.Ensembles is { } ensembles ? ensembles.Reserve(limit, RefitSeconds) : 0;
        return Math.Max((_experiment.Holdout.Length > 0 ? 2 : 1) * longest, 2 * longest - LateRefit.TotalSeconds) + 0.3 + ensemble;
    }

    // what comes after the answer: importance of columns and hyperparameters, the learning curve
    private double AnalysisReserve(IEnumerable<FinishedTrial> ending)
        => _clock.Limit is { } limit && !_clock.DeadlineComesFirst
            ? Math.Min(AnalysisShare * limit.TotalSeconds, AnalysisEnds.TotalSeconds + ending.Select(t => AnswerAnalysis.Seconds(_experiment, t, _state.Finished.Count, _options)).DefaultIfEmpty(0).Max())
            : 0;

    // an answer that is a little late is better than none, but a fit that hangs must not keep it: one that takes far longer than the search's folds
    private TimeSpan? RefitLimit(IEnumerable<Finalist> finalists)
    {
        TimeSpan? byTrial = Plan.Budget.TrialTime * 2; // there are more rows than in a fold
        var late = TimeSpan.FromSeconds(Hanging * finalists.Max(f => RefitSeconds(f.Trial)));
        var byBudget = _clock.Left + (late > LateRefit ? late : LateRefit);
        return _clock.Left is null || byTrial < byBudget ? byTrial : byBudget;
    }

    // no trainer may keep the answer by hanging on a part of the rows
    private TimeSpan? AnalysisLimit()
    {
        TimeSpan? byTrial = Plan.Budget.TrialTime * (AnswerAnalysis.Sizes * _bench.Folds.Search.Count);
        return _clock.Left is not { } left ? byTrial : left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static double FoldSeconds(FinishedTrial trial) => (trial.FitSeconds + trial.ScoreSeconds) / Math.Max(1, trial.Scores.Length);

    private static double RefitSeconds(FinishedTrial trial) => Slower * FoldSeconds(trial);

    private FinishedTrial Baseline(CancellationToken stop)
    {
        if (_state.Baseline is { } baseline)
        {
            return baseline;
        }

        if (_state.Best is { } best)
        {
            _monitor.Tell(m => m.Note("no trainer's default could be scored: the best trial stands in for the baseline"));
            return best;
        }

        var failed = _state.Finished.Where(t => t.Status == TrialStatus.Failed).ToList();
        if (failed.Count > 0 && failed.Count == _state.Finished.Count)
        {
            var reasons = failed.GroupBy(t => t.Configuration.Trainer + ": " + t.Reason).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => string.Create(CultureInfo.InvariantCulture, $"  {g.Count()} x {g.Key}"));
            throw new NoAnswerException($"All {failed.Count} trials failed:{Environment.NewLine}{string.Join(Environment.NewLine, reasons)}");
        }

        if (_state.Finished.FirstOrDefault(t => t is { Status: TrialStatus.Completed, Fidelity.IsFull: true }) is { } undefined)
        {
            var fold = 1 + Array.FindIndex(undefined.Scores, double.IsNaN);
            throw new NoAnswerException(
                string.Create(CultureInfo.InvariantCulture, $"{_experiment.Resolved.Metric.Id} is not defined on fold {fold} of {undefined.Scores.Length}, so no trial has a score: its rows may be of one class only."),
                "ask for fewer folds (validate.folds), another validate.kind, or a metric that one class has too, such as logloss.");
        }

        throw stop.IsCancellationRequested
            ? new StoppedException("Stopped before a trial was complete; nothing can be exported yet.", "run it again to go on: the folds that ended are kept.")
            : new NoAnswerException("No trial at full fidelity was completed within the budget.", $"{(_clock.DeadlineComesFirst ? "give it a later deadline" : "raise budget.time or budget.trials")}; what was computed is kept.");
    }

    private IReadOnlyList<Finalist> Confirm(FinishedTrial baseline, ref bool through, CancellationToken stop)
    {
        // under a time limit nobody may win whose refit would take most of what is left, but for the best so far
        var affordable = _clock.Left is { } left ? (Func<FinishedTrial, bool>)(t => RefitSeconds(t) < 0.3 * left.TotalSeconds) : _ => true;
        var possible = _clock.DeadlineComesFirst && _clock.Left is { } most ? (Func<FinishedTrial, bool>)(t => LeastConfirmSeconds([t, baseline]) + 0.5 * Reserve([t, baseline]) < most.TotalSeconds) : _ => true;
        var chosen = Confirmation.Choose(_state, baseline, ConfirmStage.Top, affordable, possible);
        var pass = _state.NextPass++;
        var begin = _clock.Elapsed;
        _monitor.Tell(m => m.StageStarted(new StageStart(pass, Confirmation.Stage, 1, 1, chosen.Count * ConfirmStage.Repeats, [.. chosen.Select(t => t.Configuration.Trainer).Distinct()], Fidelity.Full)));
        var reserve = TimeSpan.FromSeconds(Reserve(chosen));
        var analysis = TimeSpan.FromSeconds(AnalysisReserve(chosen));
        var (provisional, graceEnds) = (_provisional, begin + _options.Grace - reserve);
        var late = _provisional ? new PassOutcome(StageExit.Stopped, "the grace after the stop is used", 0) : new PassOutcome(_clock.TimeExit, _clock.TimeReason, 0);
        var confirmation = new Confirmation(_experiment, _state, _executor, _bench.Folds, _clock, Finished);
        var (finalists, outcome) = confirmation.Run(chosen, baseline, pass, ConfirmStage.Repeats, Until, late, _options.Grace - reserve, _provisional ? CancellationToken.None : stop);
        if (outcome.Exit == StageExit.Stopped)
        {
            (through, _provisional) = (false, true);
        }

        var seconds = (_clock.Elapsed - begin).TotalSeconds;
        Ended(_state.StoredStages.GetValueOrDefault(pass) ?? new StageRecord(pass, Confirmation.Stage, outcome.Exit.ToString().ToLowerInvariant(), outcome.Reason, outcome.Proposed, seconds, []), _provisional);
        return finalists;

        // before a deadline the first comparison may take half of what is kept for the refits, which may end a little late
        TimeSpan? Until(bool hasLeast) => provisional ? graceEnds : _clock.Limit - analysis - (hasLeast || !_clock.DeadlineComesFirst ? reserve : 0.5 * reserve);
    }

    // after the winner's refit, so that whatever becomes of it the winner is there
    private EnsembleAnswer? Ensemble(Answered answer, ref bool through, CancellationToken stop)
    {
        if (_bench.Ensembles is not { } ensembles)
        {
            return null;
        }

        const string Stopped = "the run was stopped before it; when it is run again to its end, the ensemble is made";
        if (!through)
        {
            return EnsembleAnswer.Without(Stopped);
        }

        try
        {
            return ensembles.Build(answer, LeftBeforeAnalysis(), RefitSeconds, stop);
        }
        catch (OperationCanceledException)
        {
            through = false;
            return EnsembleAnswer.Without(Stopped);
        }
    }

    private TimeSpan? LeftBeforeAnalysis()
    {
        var left = _clock.Left - TimeSpan.FromSeconds(AnalysisReserve(_state.Best is { } best ? [best] : []));
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    private ExperimentResult Conclude(IReadOnlyList<Finalist> finalists, FinishedTrial baseline, bool through, CancellationToken stop)
    {
        using var limit = RefitLimit(finalists) is { } longest ? new CancellationTokenSource(longest, _time) : new CancellationTokenSource();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _options.Leave);
        var answer = Draw(finalists, baseline, ends.Token);
        LeaveIfAsked();
        var ensemble = Ensemble(answer, ref through, stop);
        LeaveIfAsked();
        _outputs.Keep(answer, ensemble?.Export, Plan, _experiment.Holdout);
        var rescoring = _experiment.Data is null || !_options.LearningCurve ? null : new Rescoring(_experiment, _store, _record.Id, _options, _time);
        using var analysisEnds = AnalysisLimit() is { } most ? new CancellationTokenSource(most, _time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, analysisEnds.Token);
        _outputs.Keep(new AnswerAnalysis(_experiment, _store, [.. _state.Finished], rescoring, _options, seconds => stop.IsCancellationRequested ? Interrupted : Ends(seconds)).Of(answer, either.Token));
        LeaveIfAsked();
        var nested = through ? _nested?.Run(stop) : null;
        LeaveIfAsked();
        through &= nested?.Complete != false;
        if (through && _experiment.Resolved.Stages.Any(s => s.Rounds < 1))
        {
            _bench.Paused.Drop();
        }

        var verdict = nested is null ? answer.Verdict : _nested!.Decide(nested);
        var trials = _state.Finished;
        var (used, gathered, again) = (_bench.Conclusion.Used, _bench.Ensembles?.Used ?? default, rescoring?.Used ?? default);
        var (fit, score) = (_executor.Seconds.Fit + used.Fit + gathered.Fit + again.Fit, _executor.Seconds.Score + used.Score + gathered.Score + again.Score);
        var result = new ExperimentResult
        {
            Experiment = Plan.Name,
            Complete = through,
            Best = answer.Best,
            Baseline = answer.Baseline,
            Verdict = verdict,
            Prior = _prior.Count,
            Nested = nested,
            Ensemble = ensemble?.Summary,
            EnsembleLeftOut = ensemble?.LeftOut,
            Findings = _experiment.Look?.Findings,
            Trials = _state.Counts,
            Evaluations = new EvaluationCounts(_executor.Evaluations.Computed + used.Computed + gathered.Computed + again.Computed, _executor.Evaluations.Cached + used.Cached + trials.Where(t => _state.Stored.ContainsKey(t.Number)).Sum(t => t.Scores.Length)) { RoundsAgain = trials.Sum(t => t.RoundsAgain) },
            Seconds = new TimeSummary(_clock.ActiveSeconds, fit, score, Math.Max(0, _clock.Elapsed.TotalSeconds - (fit + score) / _options.Jobs)),
            Stages = [.. _state.Stages.Select(Told)],
            HoldoutLooks = _bench.Conclusion.Looks,
            Files = _outputs.Paths(Plan.Output),
        };
        if (through && _studies.Lacks(_outputs.Analysis))
        {
            _outputs.Keep(_studies.Add(_outputs.Analysis, result, stop));
        }

        Save(through ? ExperimentState.Finished : ExperimentState.Stopped, through ? verdict.Sentence : "stopped by a signal or by its caller", FinishedRun.Write(result, Plan.Budget, _before));
        _outputs.Write(result, [.. trials]);
        _monitor.Tell(m => m.Finished(result));
        return result;
    }

    private Answered Draw(IReadOnlyList<Finalist> finalists, FinishedTrial baseline, CancellationToken cancellation)
    {
        try
        {
            return _bench.Conclusion.Draw(finalists, baseline, cancellation);
        }
        catch (Exception) when (_options.Leave.IsCancellationRequested)
        {
            throw Left();
        }
    }

    private void LeaveIfAsked()
    {
        if (_options.Leave.IsCancellationRequested)
        {
            throw Left();
        }
    }

    private static StoppedException Left() => new("Left for later, before the answer.", "run it again to go on: what was computed is kept.");

    // why an analysis that may take so many seconds is not begun
    private string? Ends(double seconds)
        => _provisional ? Interrupted : _clock.Left < AnalysisEnds + TimeSpan.FromSeconds(seconds) ? "the time budget had no room for it" : null;

    private void Note(string message) => _monitor.Tell(m => m.Note(message));

    private void Finished(FinishedTrial trial)
    {
        if (!_provisional && !_state.Stored.ContainsKey(trial.Number))
        {
            _store.AddTrial(_record.Id, trial);
        }

        SaveTime();
        _monitor.Tell(m => m.TrialFinished(trial, ProgressMeter.Read(_state, _experiment.Resolved, _bench.Folds.Search.Count, _clock, _rest)));
    }

    // at most once a second: what a kill may lose of the active time
    private void SaveTime()
    {
        if (_clock.ActiveSeconds - _savedAt > 1)
        {
            Save(ExperimentState.Running, "", null);
        }
    }

    private void Ended(StageRecord stage, bool provisional)
    {
        if (!_state.Stages.Contains(stage))
        {
            _state.Stages.Add(stage);
        }

        if (!provisional)
        {
            _store.AddStage(_record.Id, stage);
        }

        _monitor.Tell(m => m.StageEnded(Told(stage)));
    }

    // the store keeps how many trials were proposed, which a resumed run needs; people are told how many ended
    private StageRecord Told(StageRecord stage) => stage with { Trials = _state.Finished.Count(t => t.Pass == stage.Pass) };

    private void Save(ExperimentState state, string reason, string? result)
    {
        _savedAt = _clock.ActiveSeconds;
        _store.UpdateExperiment(_record.Id, state, reason, _savedAt, result);
    }
}
