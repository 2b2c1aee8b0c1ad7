using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TuneLab.Data;
using TuneLab.Experiments.Running;
using TuneLab.Metrics;
using TuneLab.Storage;
using TuneLab.Training;

namespace TuneLab.Experiments.Answer;

/// <summary>
/// Refits on all training rows and scores on the holdout. Evaluation and predictions are stored as soon as they are there, so that an interrupted end does not fit them again; every look at the
/// holdout is counted.
/// </summary>
internal sealed class FinalFits(LoadedExperiment experiment, long id, ITrialStore store, FoldEvaluator evaluator, FoldSource folds, FoldTimers timers, TimeProvider time)
{
    private readonly Lock _lock = new();
    private (double Fit, double Score, int Computed, int Cached) _used;

    private readonly TaskTable _table = experiment.Table;

    /// <summary>Identifies the holdout, what the looks at it are counted under: its rows and the labels, so that other features on the same rows are looks at the same holdout.</summary>
    public string HoldoutKey { get; } = Convert.ToHexStringLower(SHA256.HashData([.. MemoryMarshal.AsBytes(experiment.Holdout.AsSpan()), .. MemoryMarshal.AsBytes(experiment.Table.Target.AsSpan())]));

    /// <summary>Seconds and evaluations of the fits so far.</summary>
    public (double Fit, double Score, int Computed, int Cached) Used => _used;

    /// <summary>Refits one configuration.</summary>
    /// <param name="trial">Where it comes from.</param>
    /// <param name="needModel">Whether the fitted model is needed and not just its scores.</param>
    /// <param name="cancellation">Ends it.</param>
    public FinalModel Fit(FinishedTrial trial, bool needModel, CancellationToken cancellation)
    {
        var plan = experiment.Resolved.Plan;
        var trainer = experiment.Resolved.Trainers.First(t => t.Trainer.Info.Id == trial.Configuration.Trainer);
        // `refit: false` keeps the model of the first split's training rows; with a holdout that model is the one to judge
        var fold = plan.Output.Refit ? FoldId.Final : folds.Repeat(0)[0];
        var work = new FoldWork(trainer.Trainer, trial.Configuration, fold, 1, trial.Rounds);
        var key = evaluator.Key(work);
        var blob = "holdout/" + key;
        if (!needModel && store.FindEvaluation(key) is { } known && (experiment.Holdout.Length == 0 || store.FindBlob(id, blob) is not null))
        {
            Count(0, 0, 0, 1);
            return new FinalModel(trial, known, Restore(store.FindBlob(id, blob)), null, null);
        }

        using var timer = timers.For("the final fit", trainer.Trainer.Info.Id);
        var fitted = evaluator.Fit(work, needModel, timer.Begin, cancellation);
        store.AddEvaluation(fitted.Evaluation);
        Count(fitted.Evaluation.FitSeconds, fitted.Evaluation.ScoreSeconds, 1, 0);
        Predictions? holdout = null;
        if (experiment.Holdout.Length > 0)
        {
            holdout = Make(plan.Output.Refit ? fitted.Predictions : PredictHoldout(fitted));
            Look(string.Create(CultureInfo.InvariantCulture, $"{trial.Configuration.Canonical} rounds={trial.Rounds}"));
            store.PutBlob(id, blob, MemoryMarshal.AsBytes(holdout.Values.AsSpan()).ToArray());
        }

        return new FinalModel(trial, fitted.Evaluation, holdout, (fitted.Model, fitted.Encoding), Score(fitted.OutOfBag));
    }

    /// <summary>Counts a look at the holdout.</summary>
    /// <param name="what">What was scored; the same counts once.</param>
    public void Look(string what) => store.AddLook(new HoldoutLook(HoldoutKey, id, what, time.GetUtcNow()));

    private OutOfBagScore? Score(OutOfBagPredictions? unseen)
    {
        if (unseen is null || unseen.Rows.Length == 0)
        {
            return null;
        }

        var value = ((Metric)experiment.Resolved.Metric).Score(Make(unseen.Rows, unseen.Values));
        return double.IsNaN(value) ? null : new OutOfBagScore(experiment.Resolved.Metric.Id, value, unseen.Rows.Length);
    }

    private double[] PredictHoldout(FoldModel fitted)
    {
        var all = new double[_table.RowCount * _table.Outputs];
        fitted.Model.Predict(fitted.Encoding.Transform(_table.Data), all);
        var (rows, outputs) = (experiment.Holdout, _table.Outputs);
        var values = new double[rows.Length * outputs];
        for (var i = 0; i < rows.Length; i++)
        {
            Array.Copy(all, rows[i] * outputs, values, i * outputs, outputs);
        }

        return values;
    }

    private Predictions? Restore(byte[]? bytes) => bytes is null ? null : Make(MemoryMarshal.Cast<byte, double>(bytes).ToArray());

    private Predictions Make(double[] values) => Make(experiment.Holdout, values);

    private Predictions Make(int[] rows, double[] values)
        => new(_table.Task, [.. rows.Select(r => _table.Target[r])], values, _table.Outputs, _table.Weights is null ? null : [.. rows.Select(r => _table.Weights[r])]);

    private void Count(double fit, double score, int computed, int cached)
    {
        lock (_lock)
        {
            _used = (_used.Fit + fit, _used.Score + score, _used.Computed + computed, _used.Cached + cached);
        }
    }
}
