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
internal sealed record FoldWork(ITunable Trainer, Configuration Configuration, FoldId Fold, double Rows, int? FixedRounds);

/// <summary>What came of it.</summary>
/// <param name="Evaluation">What is stored: a pruned run under the rounds that it reached.</param>
/// <param name="Pruned">Whether a pruner ended it.</param>
internal sealed record FoldOutcome(Evaluation Evaluation, bool Pruned)
{
    /// <summary>[checkpoints] the predictions of the validation rows, [rows x outputs]. <value>Null: they were not asked for, or would fill the memory.</value></summary>
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
    private readonly TimeProvider _time;
    private readonly ProcessMemory _memory;
    private readonly IReadOnlyList<Metric> _metrics;
    private readonly string[] _metricIds;
    private readonly string _versions;
    private readonly Seed _seed;

    public FoldEvaluator(LoadedExperiment experiment, FoldSource folds, ThreadShare threads, ProcessMemory memory, TimeProvider time)
    {
        (_table, _plan, _folds, _threads, _time, _memory) = (experiment.Table, experiment.Resolved.Plan, folds, threads, time, memory);
        _metrics = MetricCatalog.ForTask(_table.Task);
        _metricIds = [.. _metrics.Select(m => m.Id)];
        _versions = "encoding/" + FeatureEncoding.Version.ToString(CultureInfo.InvariantCulture) + ";sample/" + RowSample.Version.ToString(CultureInfo.InvariantCulture) + ";" + MetricCatalog.Versions(_table.Task);
        _seed = new Seed((ulong)_plan.Seed).Child("trainer");
    }

    /// <inheritdoc/>
    public string Key(FoldWork work) => Key(work, RoundsText(work));

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
    public Evaluation? Read(Evaluation stored) => stored;

    /// <inheritdoc/>
    public FoldOutcome Evaluate(FoldWork work, int trial, Func<IReadOnlyList<int>, IReadOnlyList<double>, PruneDecision>? judge, Action begins, CancellationToken cancellation)
    {
        using var run = Start(work, begins, cancellation);
        return run.Learn(judge, cancellation);
    }

    /// <summary>Trains, scores and keeps the model.</summary>
    /// <param name="work">What.</param>
    /// <param name="outOfBag">Whether out-of-bag predictions are wanted too.</param>
    /// <param name="begins">As for <see cref="Evaluate"/>.</param>
    /// <param name="cancellation">Ends it within a fraction of a round.</param>
    public FoldModel Fit(FoldWork work, bool outOfBag, Action begins, CancellationToken cancellation)
    {
        using var run = Start(work, begins, cancellation);
        var evaluation = run.Learn(null, cancellation).Evaluation;
        var unseen = outOfBag ? run.OutOfBag(cancellation) : null;
        return new FoldModel(evaluation, run.Complete(), run.Ready.Encoding, run.Values, run.Ready.Valid, unseen);
    }

    private FoldRun Start(FoldWork work, Action begins, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new FoldRun(this, work, begins, cancellation);
    }

    private Seed SeedOf(FoldId fold) => _seed.Child(fold.Purpose == FoldPurpose.Holdout ? 0 : fold.Repeat);

    private static string RoundsText(FoldWork work)
    {
        if (work.FixedRounds is { } settled)
        {
            return "fixed=" + settled.ToString(CultureInfo.InvariantCulture);
        }

        var info = work.Trainer.Info;
        return info is { RoundsOverfit: true, Incremental: true }
            ? string.Create(CultureInfo.InvariantCulture, $"max={info.MaxRounds(work.Configuration)};grid/{CheckpointGrid.Version};stop/{StoppingRule.Version}")
            : "fixed=" + Math.Max(1, info.MaxRounds(work.Configuration)).ToString(CultureInfo.InvariantCulture);
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

        private readonly FoldEvaluator _owner;
        private readonly FoldWork _work;
        private readonly IDisposable _share;
        private readonly double[] _truth;
        private readonly double[]? _weights;
        private readonly int[] _rows;
        private readonly List<int> _rounds = [];
        private readonly List<double> _losses = [];
        private readonly List<double> _scores = [];
        private readonly ITrainingRun _run;
        private readonly List<float[]>? _predictions;
        private double _fit;
        private double _score;
        private long _mark;

        public FoldRun(FoldEvaluator owner, FoldWork work, Action begins, CancellationToken cancellation)
        {
            (_owner, _work, _share) = (owner, work, owner._threads.Enter());
            try
            {
                Ready = owner._folds.Get(work.Fold);
                _rows = owner._folds.Sample(work.Fold, work.Rows);
                _truth = Pick(Ready.Fold.Target, Ready.Valid);
                _weights = Ready.Fold.Weights is null ? null : Pick(Ready.Fold.Weights, Ready.Valid);
                Values = new double[Ready.Valid.Length * Ready.Fold.Outputs];
                _predictions = owner._plan.Ensemble && work is { Rows: 1, Fold.Purpose: FoldPurpose.Split } && work.Fold.Repeat < owner._plan.Validate.Repeats ? [] : null;
                var request = new TrainingRequest(Ready.Fold, _rows, work.Configuration, owner.SeedOf(work.Fold), owner._threads);
                if (work.Trainer is IRemoteTrainer remote)
                {
                    _run = remote.Start(request, Begin, cancellation);
                }
                else
                {
                    Begin();
                    _run = ((ITrainer)work.Trainer).Start(request, cancellation);
                }
            }
            catch
            {
                _share.Dispose(); // else every configuration that can't be learned takes threads from the fits after it
                throw;
            }

            void Begin()
            {
                _mark = owner._time.GetTimestamp();
                begins();
            }
        }

        public ReadyFold Ready { get; }

        public double[] Values { get; }

        public FoldOutcome Learn(Func<IReadOnlyList<int>, IReadOnlyList<double>, PruneDecision>? judge, CancellationToken cancellation)
        {
            var (bestLoss, bestRounds) = (double.PositiveInfinity, 0);
            var last = _work.FixedRounds ?? Math.Max(1, _work.Trainer.Info.MaxRounds(_work.Configuration));
            foreach (var checkpoint in Checkpoints(last))
            {
                var loss = Advance(checkpoint, cancellation);
                if (loss < bestLoss)
                {
                    (bestLoss, bestRounds) = (loss, checkpoint);
                }

                if (!_run.CanAdvance)
                {
                    return Completed(_run.Rounds < last ? Evaluation.NothingLeft : "all rounds done");
                }

                if (_work.FixedRounds is null && StoppingRule.Reached(checkpoint, bestRounds))
                {
                    return Completed(string.Create(CultureInfo.InvariantCulture, $"no better loss since round {bestRounds}"));
                }

                if (judge?.Invoke(_rounds, _losses) is { Stop: true } decision)
                {
                    return new FoldOutcome(Record(decision.Reason, _owner.Key(_work, "reached=" + checkpoint.ToString(CultureInfo.InvariantCulture))), true);
                }
            }

            return Completed("all rounds done");
        }

        private FoldOutcome Completed(string stopped)
            => new(Record(stopped, _owner.Key(_work)), false) { Predictions = _predictions?.Count == _rounds.Count ? _predictions : null };

        public OutOfBagPredictions? OutOfBag(CancellationToken cancellation) => (_run as IOutOfBagRun)?.OutOfBag(cancellation);

        public ITrainedModel Complete() => _run.Complete();

        public void Dispose()
        {
            _run.Dispose();
            _share.Dispose();
        }

        private IEnumerable<int> Checkpoints(int last)
        {
            int[] grid = _work.FixedRounds is null && _work.Trainer.Info is { RoundsOverfit: true, Incremental: true } ? CheckpointGrid.UpTo(last) : [last];
            return grid.Where(rounds => rounds == last || !_run.ScoringRefits || rounds >= RefitGrowth * _run.Rounds);
        }

        private double Advance(int checkpoint, CancellationToken cancellation)
        {
            _run.Advance(checkpoint - _run.Rounds, cancellation);
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
