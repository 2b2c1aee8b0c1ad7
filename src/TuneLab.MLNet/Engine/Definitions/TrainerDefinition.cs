using Microsoft.ML;
using TuneLab.Data;
using TuneLab.MLNet.Engine.Features;
using TuneLab.MLNet.Engine.Trees;
using TuneLab.Space;
using TuneLab.Training;
using TrainerInfo = TuneLab.Training.TrainerInfo;

namespace TuneLab.MLNet.Engine.Definitions;

/// <summary>One trainer of ML.NET: what makes it differ from the others.</summary>
internal sealed record TrainerDefinition
{
    private readonly Lazy<TrainerInfo> _info;

    public TrainerDefinition() => _info = new Lazy<TrainerInfo>(MakeInfo);

    /// <summary>ML.NET's name in lower case.</summary>
    public required string Id { get; init; }

    /// <summary>One line for people.</summary>
    public required string Summary { get; init; }

    /// <summary>What it learns.</summary>
    public required IReadOnlyList<LearningTask> Tasks { get; init; }

    /// <summary>Its hyperparameters.</summary>
    public required IReadOnlyList<TrainerOption> Options { get; init; }

    /// <summary>Makes ML.NET's estimator.</summary>
    public required Func<TrainerContext, IEstimator<ITransformer>> Make { get; init; }

    /// <summary>Work of a fit for each row, slot and output, in steps of a linear model through the data.</summary>
    public required Func<Configuration, double> Work { get; init; }

    /// <summary>The form of the features.</summary>
    public FeatureForm Form { get; init; } = FeatureForm.Scaled;

    /// <summary>The form of the label, for regression.</summary>
    public TargetForm Target { get; init; } = TargetForm.Standard;

    /// <summary>Whether a binary model gives scores only, so that probabilities are calibrated on the training rows.</summary>
    public bool Uncalibrated { get; init; }

    /// <summary>Whether it respects row weights.</summary>
    public bool RowWeights { get; init; } = true;

    /// <summary>Whether the scores of a multiclass model are logarithms of shares.</summary>
    public bool LogShares { get; init; }

    /// <summary>The option that says how many rounds of trees are grown; null: it has no rounds.</summary>
    public string? RoundsOption { get; init; }

    /// <summary>How many rounds the first fit of a run is asked for: about as many as it needs. <value>None: the fewest that a first fit has.</value></summary>
    public Func<Hyperparameters, double> FirstRounds { get; init; } = _ => 0;

    /// <summary>From the sums of its trees to predictions; null where it has no rounds.</summary>
    public Func<LearningTask, Hyperparameters, ScoreLink>? Link { get; init; }

    /// <summary>Whether a round may leave no tree and a later one does again; else a model ends where there are no more splits.</summary>
    public Func<LearningTask, Hyperparameters, bool> TreesMayLack { get; init; } = (_, _) => false;

    /// <summary>Whether a failure of ML.NET's says that there was nothing to learn; null: never.</summary>
    public Func<Exception, bool>? NothingLearned { get; init; }

    /// <summary>Whether each category, and the numbers together, come as a vector of their own as well.</summary>
    public bool UsesFields { get; init; }

    /// <summary>What it says of itself.</summary>
    public TrainerInfo Info => _info.Value;

    private TrainerInfo MakeInfo()
    {
        var byDefault = new Configuration(Id, Options.Select(o => KeyValuePair.Create(o.Range.Name, o.Default)));
        return new TrainerInfo
        {
            Id = Id,
            Summary = Summary,
            Version = 2,
            Engine = MLNetTrainerIds.Engine,
            Tasks = Tasks,
            Incremental = RoundsOption is not null,
            RoundsOverfit = RoundsOption is not null,
            RowWeights = RowWeights,
            Categoricals = false,
            MissingValues = Form == FeatureForm.Raw,
            Threads = false,
            Parameters = new SearchSpace([.. Options.Select(o => o.Range)]),
            DefaultSpace = new SearchSpace([.. Options.Select(o => o.Searched).OfType<Parameter>()]),
            Default = byDefault,
            Cheap = new Configuration(Id, Options.Select(o => KeyValuePair.Create(o.Range.Name, o.Cheap ?? o.Default))),
            Starts = () => StartingPoints.Of(typeof(TrainerDefinition).Assembly, Id),
            Settled = (c, rounds) => RoundsOption is null ? c : c.With(RoundsOption, rounds),
            MaxRounds = c => RoundsOption is null ? 1 : c.Whole(RoundsOption, byDefault.Whole(RoundsOption, 1)),
            Cost = (c, rows, features, outputs) => Work(new Configuration(Id, [.. byDefault.Values, .. c.Values])) * rows * Math.Max(features, 1) * outputs,
        };
    }
}
