using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Data.Splitting;
using TuneLab.Errors;
using TuneLab.Metrics;
using TuneLab.Pruners;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Storage;
using TuneLab.Training;

namespace TuneLab.Experiments.Running;

/// <summary>What to evaluate: everything that the cache key is made of.</summary>
/// <param name="Trainer">Who learns.</param>
/// <param name="Configuration">The hyperparameters.</param>
/// <param name="Fold">On which fold.</param>
/// <param name="Rows">The fraction of its training rows.</param>
/// <param name="FixedRounds">The round count when it is settled already (confirm, refit); null: as far as the stopping rule lets it.</param>
internal sealed record FoldWork(ITunable Trainer, Configuration Configuration, FoldId Fold, double Rows, int? FixedRounds)
{
    /// <summary>The fraction of the configuration's rounds at which the run is paused, at its next checkpoint. <value>1: it is not.</value></summary>
    public double Rounds { get; init; } = 1;

    /// <summary>The fraction at which it may have been paused before. <value>Null: it begins.</value></summary>
    public double? GoesOnFrom { get; init; }
}

/// <summary>What came of it.</summary>
/// <param name="Evaluation">What is stored: a pruned or paused run under the rounds that it reached.</param>
/// <param name="Pruned">Whether a pruner ended it.</param>
/// <param name="FitSeconds">Seconds of learning now, without those before it was paused.</param>
/// <param name="ScoreSeconds">Seconds of scoring now.</param>
internal sealed record FoldOutcome(Evaluation Evaluation, bool Pruned, double FitSeconds, double ScoreSeconds)
{
    /// <summary>Whether the run was paused and could go on.</summary>
    public bool Paused { get; init; }

    /// <summary>Rounds that had been trained before.</summary>
    public int RoundsAgain { get; init; }

    /// <summary>[checkpoints] the predictions of the validation rows, [rows x outputs]. <value>Null: they were not asked for, would fill the memory, or the run went on from where it was paused.</value></summary>
    public IReadOnlyList<float[]>? Predictions { get; init; }
}

/// <summary>A run that was completed: its evaluation, model, encoding and predictions of the validation rows; out-of-bag predictions when they were asked for and there are any.</summary>
internal sealed record FoldModel(Evaluation Evaluation, ITrainedModel Model, FeatureEncoding Encoding, double[] Predictions, int[] Valid, OutOfBagPredictions? OutOfBag);

/// <summary>Trains and scores one fold; of folds of the search on all rows it hands back the predictions too where the plan wants an ensemble. Stateless but for the folds it shares; used from all jobs at once.</summary>
internal sealed class FoldEvaluator : IEvaluator
{
    // predictions at each checkpoint are in memory until their trial has ended, and one of them is kept
    private const long MostPredictionBytes = 8 << 20;

    private readonly TaskTable _table;
    private readonly ExperimentPlan _plan;
    private readonly FoldSource _folds;
    private readonly ThreadShare _threads;
    private readonly PausedRuns _paused;
    private readonly TimeProvider _time;
    private readonly ProcessMemory _memory;
    private readonly RunPause? _pause;
    private readonly IReadOnlyList<Metric> _metrics;
    private readonly string[] _metricIds;
    private readonly string _versions;
    private readonly Seed _seed;

    public FoldEvaluator(LoadedExperiment experiment, FoldSource folds, ThreadShare threads, PausedRuns paused, ProcessMemory memory, TimeProvider time, RunPause? pause = null)
    {
        (_table, _plan, _folds, _threads, _paused, _time, _memory, _pause) = (experiment.Table, experiment.Resolved.Plan, folds, threads, paused, time, memory, pause);
        _metrics = MetricCatalog.ForTask(_table.Task);
        _metricIds = [.. _metrics.Select(m => m.Id)];
        _versions = "encoding/" + FeatureEncoding.Version.ToString(CultureInfo.InvariantCulture) + ";sample/" + RowSample.Version.ToString(CultureInfo.InvariantCulture) + ";" + MetricCatalog.Versions(_table.Task);
        _seed = new Seed((ulong)_plan.Seed).Child("trainer");
    }

    /// <summary>The content key of the work; of one that is paused on its way to a loss curve, that of the whole curve.</summary>
    public string Key(FoldWork work) => Key(work, RoundsText(work));

    /// <inheritdoc/>
    public IReadOnlyList<string> Keys(FoldWork work)
        => !HasCurve(work) || Target(work) is var target && target == AllRounds(work) ? [Key(work)] : [Key(work), .. CheckpointGrid.UpTo(AllRounds(work)).Where(r => r >= target && r < AllRounds(work)).Select(r => Key(work, Reached(work, r)))];

    private string Key(FoldWork work, string rounds)
    {
        var info = work.Trainer.Info;
        return new EvaluationKey
        {
            Fingerprint = _table.Fingerprint,
            Split = _folds.Describe(work.Fold),
            Rows = work.Rows,
            Rounds = rounds,
            Trainer = info.Id + "/" + info.Version.ToString(CultureInfo.InvariantCulture),
            Versions = _versions,
            Configuration = work.Configuration.Canonical,
            Seed = SeedOf(work.Fold).Value,
        }.Hash();
    }

    /// <inheritdoc/>
    public Evaluation? Read(Evaluation stored, FoldWork work)
    {
        var at = HasCurve(work) && work.Rounds < 1 ? Array.FindIndex(stored.Rounds, r => r >= Target(work)) : -1;
        return at < 0 || at == stored.Rounds.Length - 1 ? stored : stored.Until(at + 1, PausedAt(stored.Rounds[at]));
    }

    /// <inheritdoc/>
    public FoldOutcome Evaluate(FoldWork work, int trial, Func<IReadOnlyList<int>, IReadOnlyList<double>, PruneDecision>? judge, Action begins, CancellationToken cancellation)
    {
        AwaitTurn(cancellation);
        using var share = _threads.Enter();
        var (begun, again) = work.GoesOnFrom is { } from ? GoOn(work, from, begins, cancellation) : (new FoldRun(this, work, begins, cancellation), 0);
        using var run = begun;
        var outcome = run.Learn(judge, cancellation) with { RoundsAgain = again };
        var name = Key(work with { Rounds = 1 });
        if (outcome.Paused)
        {
            _paused.Keep(name, work.Configuration, run.Save);
        }
        else if (work.GoesOnFrom is not null)
        {
            _paused.Forget(name);
        }

        return outcome;
    }

    /// <summary>Trains, scores and keeps the model.</summary>
    /// <param name="work">What.</param>
    /// <param name="outOfBag">Whether out-of-bag predictions are wanted too.</param>
    /// <param name="begins">As for <see cref="Evaluate"/>.</param>
    /// <param name="cancellation">Ends it within a fraction of a round.</param>
    public FoldModel Fit(FoldWork work, bool outOfBag, Action begins, CancellationToken cancellation)
    {
        AwaitTurn(cancellation);
        using var share = _threads.Enter();
        using var run = new FoldRun(this, work, begins, cancellation);
        var evaluation = run.Learn(null, cancellation).Evaluation;
        var unseen = outOfBag ? run.OutOfBag(cancellation) : null;
        return new FoldModel(evaluation, run.Complete(), run.Ready.Encoding, run.Values, run.Ready.Valid, unseen);
    }

    private void AwaitTurn(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _pause?.Wait(cancellation);
    }

    // The run where it was paused, else from the beginning, with the number of rounds that are trained again.
    private (FoldRun Run, int Again) GoOn(FoldWork work, double from, Action begins, CancellationToken cancellation)
    {
        var before = work with { Rounds = from };
        var (least, target) = (Target(before), Target(work));
        string[] keys = HasCurve(work) ? [.. CheckpointGrid.UpTo(AllRounds(work)).Where(r => r >= least && r < target).Reverse().Select(r => Key(work, Reached(work, r)))] : [Key(before)];
        if (_paused.Stored(keys) is not [var furthest, ..] reached)
        {
            return (new FoldRun(this, work, begins, cancellation), 0); // this fold was not begun
        }

        if (_paused.Find(Key(work with { Rounds = 1 })) is { } checkpoint)
        {
            try
            {
                var run = new FoldRun(this, work, begins, checkpoint, reached, cancellation);
                return (run, furthest.Rounds[^1] - run.Rounds);
            }
            catch (Exception e) when (e is InvalidDataException or TuneLabException)
            {
                // damaged, or of a run that went to another round: as good as lost
            }
        }

        return (new FoldRun(this, work, begins, cancellation), furthest.Rounds[^1]);
    }

    // whether its rounds are read from a loss curve, so that every shorter run is the beginning of a longer one
    private static bool HasCurve(FoldWork work) => work is { FixedRounds: null, Trainer.Info: { RoundsOverfit: true, Incremental: true } };

    private static int AllRounds(FoldWork work) => Math.Max(1, work.Trainer.Info.MaxRounds(work.Configuration));

    // from how many rounds on it is paused; all: it is not
    private static int Target(FoldWork work) => work.Trainer.Info.Incremental ? new Fidelity(1, work.Rounds, 1).RoundsOf(AllRounds(work)) : AllRounds(work);

    private static string PausedAt(int rounds) => string.Create(CultureInfo.InvariantCulture, $"paused after round {rounds}");

    private static string Reached(FoldWork work, int rounds) => string.Create(CultureInfo.InvariantCulture, $"{RoundsText(work)};reached={rounds}");

    private Seed SeedOf(FoldId fold) => _seed.Child(fold.Purpose == FoldPurpose.Holdout ? 0 : fold.Repeat);

    private static string RoundsText(FoldWork work)
    {
        if (work.FixedRounds is { } settled)
        {
            return "fixed=" + settled.ToString(CultureInfo.InvariantCulture);
        }

        return HasCurve(work)
            ? string.Create(CultureInfo.InvariantCulture, $"max={work.Trainer.Info.MaxRounds(work.Configuration)};grid/{CheckpointGrid.Version};stop/{StoppingRule.Version}")
            : "fixed=" + Target(work).ToString(CultureInfo.InvariantCulture);
    }

    private static double[] Pick(double[] all, int[] rows)
    {
        var picked = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            picked[i] = all[rows[i]];
        }

        return picked;
    }

    /// <summary>One fold on its way from the first round to the stored evaluation.</summary>
    private sealed class FoldRun : IDisposable
    {
        // fits that each begin anew cost little more than the last of them when they grow so
        private const double RefitGrowth = 1.7;

        // seconds of training between looks at whether the run is held
        private const double BetweenWaits = 0.3;

        private readonly FoldEvaluator _owner;
        private readonly FoldWork _work;
        private readonly double[] _truth;
        private readonly double[]? _weights;
        private readonly int[] _rows;
        private readonly List<int> _rounds = [];
        private readonly List<double> _losses = [];
        private readonly List<double> _scores = [];
        private readonly ITrainingRun _run;
        private readonly List<float[]>? _predictions;
        private readonly (double Fit, double Score) _before;
        private int _atOnce = 1;
        private double _fit;
        private double _score;
        private long _mark;

        public FoldRun(FoldEvaluator owner, FoldWork work, Action begins, CancellationToken cancellation)
            : this(owner, work, begins, (trainer, request, begin) => Start(trainer, request, begin, cancellation))
        {
        }

        /// <exception cref="InvalidDataException">The checkpoint is damaged, or not of the run that reached what is stored.</exception>
        public FoldRun(FoldEvaluator owner, FoldWork work, Action begins, byte[] checkpoint, IReadOnlyList<Evaluation> stored, CancellationToken cancellation)
            : this(owner, work, begins, (trainer, request, begin) => Resume(trainer, request, begin, checkpoint, stored, cancellation))
        {
            var reached = stored.First(e => e.Rounds[^1] == _run.Rounds);
            _before = (_fit, _score) = (reached.FitSeconds, reached.ScoreSeconds);
            if (HasCurve(work))
            {
                _rounds.AddRange(reached.Rounds);
                _losses.AddRange(reached.Losses);
                _scores.AddRange(reached.Scores);
            }
        }

        private FoldRun(FoldEvaluator owner, FoldWork work, Action begins, Func<ITrainer, TrainingRequest, Action, ITrainingRun> start)
        {
            (_owner, _work) = (owner, work);
            Ready = owner._folds.Get(work.Fold);
            _rows = owner._folds.Sample(work.Fold, work.Rows);
            _truth = Pick(Ready.Fold.Target, Ready.Valid);
            _weights = Ready.Fold.Weights is null ? null : Pick(Ready.Fold.Weights, Ready.Valid);
            Values = new double[Ready.Valid.Length * Ready.Fold.Outputs];
            _predictions = owner._plan.Ensemble && work is { Rows: 1, Rounds: 1, Fold.Purpose: FoldPurpose.Split } && work.Fold.Repeat < owner._plan.Validate.Repeats ? [] : null;
            _run = start((ITrainer)work.Trainer, new TrainingRequest(Ready.Fold, _rows, work.Configuration, owner.SeedOf(work.Fold), owner._threads), () =>
            {
                _mark = owner._time.GetTimestamp();
                begins();
            });
        }

        public int Rounds => _run.Rounds;

        public ReadyFold Ready { get; }

        public double[] Values { get; }

        public FoldOutcome Learn(Func<IReadOnlyList<int>, IReadOnlyList<double>, PruneDecision>? judge, CancellationToken cancellation)
        {
            var (bestLoss, bestRounds) = (double.PositiveInfinity, 0);
            for (var i = 0; i < _rounds.Count; i++)
            {
                (bestLoss, bestRounds) = _losses[i] < bestLoss ? (_losses[i], _rounds[i]) : (bestLoss, bestRounds);
            }

            var all = _work.FixedRounds ?? AllRounds(_work);
            var target = _work.FixedRounds ?? Target(_work);
            var last = HasCurve(_work) ? all : target;
            foreach (var checkpoint in Checkpoints(last))
            {
                var loss = Advance(checkpoint, cancellation);
                if (loss < bestLoss)
                {
                    (bestLoss, bestRounds) = (loss, checkpoint);
                }

                if (!_run.CanAdvance)
                {
                    return Outcome(Record(_run.Rounds < last ? Evaluation.NothingLeft : "all rounds done", _owner.Key(_work)));
                }

                if (_work.FixedRounds is null && StoppingRule.Reached(checkpoint, bestRounds))
                {
                    return Outcome(Record(string.Create(CultureInfo.InvariantCulture, $"no better loss since round {bestRounds}"), _owner.Key(_work)));
                }

                if (checkpoint >= target && checkpoint < all)
                {
                    return Outcome(Record(PausedAt(checkpoint), HasCurve(_work) ? _owner.Key(_work, Reached(_work, checkpoint)) : _owner.Key(_work))) with { Paused = true };
                }

                if (judge?.Invoke(_rounds, _losses) is { Stop: true } decision)
                {
                    return Outcome(Record(decision.Reason, _owner.Key(_work, Reached(_work, checkpoint)))) with { Pruned = true };
                }
            }

            return Outcome(Record("all rounds done", _owner.Key(_work)));
        }

        public void Save(BinaryWriter writer) => _run.Save(writer);

        public OutOfBagPredictions? OutOfBag(CancellationToken cancellation) => (_run as IOutOfBagRun)?.OutOfBag(cancellation);

        public ITrainedModel Complete() => _run.Complete();

        public void Dispose() => _run.Dispose();

        private static ITrainingRun Start(ITrainer trainer, TrainingRequest request, Action begin, CancellationToken cancellation)
        {
            if (trainer is IRemoteTrainer remote)
            {
                return remote.Start(request, begin, cancellation);
            }

            begin();
            return trainer.Start(request, cancellation);
        }

        private static ITrainingRun Resume(ITrainer trainer, TrainingRequest request, Action begin, byte[] checkpoint, IReadOnlyList<Evaluation> stored, CancellationToken cancellation)
        {
            begin();
            using var reader = new BinaryReader(new MemoryStream(checkpoint));
            var run = trainer.Resume(request, reader, cancellation);
            if (stored.Any(e => e.Rounds[^1] == run.Rounds))
            {
                return run;
            }

            run.Dispose();
            throw new InvalidDataException("The checkpoint was written at a round whose scores are not stored.");
        }

        private FoldOutcome Outcome(Evaluation evaluation) => new(evaluation, false, _fit - _before.Fit, _score - _before.Score) { Predictions = _predictions?.Count == _rounds.Count ? _predictions : null };

        private IEnumerable<int> Checkpoints(int last)
        {
            int[] grid = HasCurve(_work) ? CheckpointGrid.UpTo(last) : [last];
            return grid.Where(rounds => rounds > _run.Rounds && (rounds == last || !_run.ScoringRefits || rounds >= RefitGrowth * _run.Rounds));
        }

        private double Advance(int checkpoint, CancellationToken cancellation)
        {
            Train(checkpoint, cancellation);
            _fit += Lap();
            var loss = 0.0;
            _rounds.Add(checkpoint);
            if (_truth.Length == 0)
            {
                _scores.AddRange(Enumerable.Repeat(double.NaN, _owner._metrics.Count)); // nothing to score on: a model fitted for export only
            }
            else
            {
                _run.Predict(Ready.Valid, Values);
                KeepPredictions();
                var predictions = new Predictions(Ready.Fold.Task, _truth, Values, Ready.Fold.Outputs, _weights);
                loss = TaskLoss.Of(predictions);
                _scores.AddRange(MetricCatalog.ScoreAll(predictions, _owner._metrics));
            }

            _losses.Add(loss);
            _score += Lap();
            return loss;
        }

        // as many rounds at once as leave a run that is held soon at rest; a run in another process is suspended with it
        private void Train(int checkpoint, CancellationToken cancellation)
        {
            if (_owner._pause is not { } pause || _run is IRemoteRun || _run.ScoringRefits)
            {
                _run.Advance(checkpoint - _run.Rounds, cancellation);
                return;
            }

            while (_run.Rounds < checkpoint && _run.CanAdvance)
            {
                pause.Wait(cancellation);
                var (before, begin) = (_run.Rounds, _owner._time.GetTimestamp());
                _run.Advance(Math.Min(_atOnce, checkpoint - before), cancellation);
                var seconds = _owner._time.GetElapsedTime(begin).TotalSeconds / Math.Max(1, _run.Rounds - before);
                _atOnce = (int)Math.Clamp(BetweenWaits / Math.Max(1e-9, seconds), 1, 2 * _atOnce); // not at once: a clock that stood meanwhile has measured nothing
            }
        }

        private void KeepPredictions()
        {
            if (_predictions is not null && (_work.FixedRounds is not null || (_predictions.Count + 1) * (long)Values.Length * sizeof(float) <= MostPredictionBytes))
            {
                _predictions.Add(Array.ConvertAll(Values, v => (float)v));
            }
        }

        private Evaluation Record(string stopped, string key) => new()
        {
            Key = key,
            Trainer = _work.Trainer.Info.Id,
            Configuration = _work.Configuration.Canonical,
            Rounds = [.. _rounds],
            Losses = [.. _losses],
            Metrics = _owner._metricIds,
            Scores = [.. _scores],
            FitSeconds = _fit,
            ScoreSeconds = _score,
            PeakMemoryBytes = (_run as IRemoteRun)?.PeakMemoryBytes ?? _owner._memory.Bytes.Peak,
            Stopped = stopped,
            TrainRows = _rows.Length,
            ValidRows = _truth.Length,
        };

        private double Lap()
        {
            var now = _owner._time.GetTimestamp();
            var seconds = _owner._time.GetElapsedTime(_mark, now).TotalSeconds;
            _mark = now;
            return seconds;
        }
    }
}
