using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using TuneLab.Storage;
using MLParameter = Microsoft.ML.SearchSpace.Parameter;

namespace TuneLab.MLNet.AutoML;

/// <summary>The trials of one AutoMLExperiment in TuneLab's store.</summary>
internal sealed class TrialCache
{
    private const string Trainer = "automl";
    private const string BestModel = "best-model.zip";
    private const string BestKey = "best-model.key";

    private readonly ITrialStore _store;
    private readonly EvaluationKey _template;
    private readonly long _experiment;
    private readonly string _metric;
    private double _best = double.PositiveInfinity;

    private TrialCache(ITrialStore store, EvaluationKey template, string name, string metric)
    {
        (_store, _template, _metric) = (store, template, metric);
        _experiment = store.OpenExperiment(template.Hash(), name, template.Fingerprint, JsonSerializer.Serialize(new { engine = Trainer, metric })).Id;
        if (store.FindBlob(_experiment, BestKey) is { } key && store.FindEvaluation(Encoding.UTF8.GetString(key)) is { } best)
        {
            _best = best.Losses[0];
        }
    }

    /// <summary>Opens those of the experiment whose services these are.</summary>
    public static TrialCache Open(ITrialStore store, string name, IServiceProvider services)
    {
        var context = services.GetRequiredService<MLContext>();
        var metric = services.GetService<IMetricManager>();
        var (data, split) = services.GetService<IDatasetManager>() switch
        {
            ICrossValidateDatasetManager cross => (ViewFingerprint.Of(cross.Dataset), $"folds={cross.Fold};key={cross.SamplingKeyColumnName}"),
            ITrainValidateDatasetManager pair => (ViewFingerprint.Of(pair.LoadTrainDataset(context, null), pair.LoadValidateDataset(context, null)), "given"),
            _ => throw new InvalidOperationException("CacheTrials needs to know the data of the experiment: set them with SetDataset."),
        };
        return new TrialCache(store, new EvaluationKey
        {
            Fingerprint = data,
            Split = split,
            Rows = 1,
            Rounds = metric is null ? "" : $"{metric.MetricName};{metric.IsMaximize}",
            Trainer = Trainer + "/1",
            Versions = "Microsoft.ML/" + typeof(MLContext).Assembly.GetName().Version,
            Configuration = name,
            Seed = (ulong)(services.GetRequiredService<AutoMLExperiment.AutoMLExperimentSettings>().Seed ?? -1),
        }, name, metric?.MetricName ?? "loss");
    }

    /// <summary>The key of a configuration.</summary>
    public string Key(MLParameter parameter) => (_template with { Configuration = _template.Configuration + "\n" + JsonSerializer.Serialize(parameter) }).Hash();

    /// <summary>The trial of a key, or null.</summary>
    public TrialResult? Find(string key, TrialSettings settings, MLContext context)
    {
        if (_store.FindEvaluation(key) is not { } stored)
        {
            return null;
        }

        return new TrialResult
        {
            TrialSettings = settings,
            Loss = stored.Losses[0],
            Metric = stored.Scores[0],
            DurationInMilliseconds = stored.FitSeconds * 1000,
            Model = Model(key, context)!,
        };
    }

    /// <summary>Keeps a trial, and its model when it is the best.</summary>
    public void Add(string key, TrialResult result, MLContext context)
    {
        if (!double.IsFinite(result.Loss))
        {
            return;
        }

        // the store keeps seconds: what this run goes on with is what a later one will find
        var seconds = result.DurationInMilliseconds / 1000;
        result.DurationInMilliseconds = seconds * 1000;

        // the model first: a kill in between costs a trial, not the model of one that is there
        if (result.Loss < _best && result.Model is not null)
        {
            using var zip = new MemoryStream();
            context.Model.Save(result.Model, null, zip);
            _store.PutBlob(_experiment, BestModel, zip.ToArray());
            _store.PutBlob(_experiment, BestKey, Encoding.UTF8.GetBytes(key));
        }

        _best = Math.Min(_best, result.Loss);
        _store.AddEvaluation(new Evaluation
        {
            Key = key,
            Trainer = Trainer,
            Configuration = JsonSerializer.Serialize(result.TrialSettings.Parameter),
            Rounds = [1],
            Losses = [result.Loss],
            Metrics = [_metric],
            Scores = [result.Metric],
            FitSeconds = seconds,
            ScoreSeconds = 0,
            PeakMemoryBytes = 0,
            Stopped = "",
            TrainRows = 0,
            ValidRows = 0,
        });
        _store.UpdateExperiment(_experiment, ExperimentState.Stopped, "trials of an AutoMLExperiment", 0, null);
    }

    private ITransformer? Model(string key, MLContext context)
    {
        if (_store.FindBlob(_experiment, BestKey) is not { } best || !best.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(key)) || _store.FindBlob(_experiment, BestModel) is not { } zip)
        {
            return null;
        }

        using var stream = new MemoryStream(zip);
        return context.Model.Load(stream, out _);
    }
}
