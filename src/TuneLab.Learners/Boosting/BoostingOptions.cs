using TuneLab.Learners.Boosting.Objectives;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Learners.Boosting;

/// <summary>The hyperparameters of <see cref="BoostingTrainer"/>; they mean what LightGBM's of the same name do.</summary>
internal sealed record BoostingOptions
{
    /// <param name="given">The configuration.</param>
    /// <exception cref="Errors.InputException">A hyperparameter that there isn't, or out of range.</exception>
    public BoostingOptions(Configuration given)
    {
        var read = new Hyperparameters(given, Info);
        Rounds = read.Whole("rounds");
        LearningRate = read.Number("learning_rate");
        MaxBin = read.Whole("max_bin");
        FeatureFraction = read.Number("feature_fraction");
        BaggingFraction = read.Number("bagging_fraction");
        Objective = new ObjectiveChoice(read.Choice("objective"), read.Number("quantile", 0.5), read.Number("huber_delta", 1.35));
        Balanced = read.Choice(ClassBalance.Name) == ClassBalance.Balanced;
        Limits = new GrowthLimits(read.Whole("leaves"), read.Whole("max_depth"), read.Choice("extra_trees") == "yes");
        Rules = new SplitRules(
            read.Whole("min_child_samples"),
            read.Number("min_child_weight"),
            read.Number("l1"),
            read.Number("l2"),
            read.Number("min_split_gain"),
            read.Number("cat_smooth"),
            read.Number("cat_l2"),
            read.Whole("max_cat_groups"));
    }

    /// <summary>The trainer's capabilities, space and defaults.</summary>
    public static TrainerInfo Info { get; } = MakeInfo();

    /// <summary>The most rounds.</summary>
    public int Rounds { get; }

    /// <summary>What each tree's leaves are multiplied by.</summary>
    public double LearningRate { get; }

    /// <summary>The most value bins of a feature.</summary>
    public int MaxBin { get; }

    /// <summary>The share of features that each tree may use.</summary>
    public double FeatureFraction { get; }

    /// <summary>The share of rows that each round's trees are grown on, drawn without replacement.</summary>
    public double BaggingFraction { get; }

    /// <summary>What is minimised.</summary>
    public ObjectiveChoice Objective { get; }

    /// <summary>Whether each class weighs the same in the loss.</summary>
    public bool Balanced { get; }

    /// <summary>How far a tree may grow.</summary>
    public GrowthLimits Limits { get; }

    /// <summary>What a split must keep to.</summary>
    public SplitRules Rules { get; }

    /// <summary>Whether a round may find a split where the round before found none.</summary>
    public bool Random => FeatureFraction < 1 || BaggingFraction < 1 || Limits.RandomSplits;

    private static TrainerInfo MakeInfo()
    {
        var defaults = new Dictionary<string, ParameterValue>
        {
            ["rounds"] = 500,
            ["learning_rate"] = 0.1,
            ["leaves"] = 31,
            ["max_depth"] = 0,
            ["min_child_samples"] = 20,
            ["min_child_weight"] = 1e-3,
            ["l1"] = 0,
            ["l2"] = 0,
            ["min_split_gain"] = 0,
            ["feature_fraction"] = 1,
            ["bagging_fraction"] = 1,
            ["max_bin"] = 255,
            ["cat_smooth"] = 10,
            ["cat_l2"] = 10,
            ["max_cat_groups"] = 32,
            ["extra_trees"] = "no",
            ["objective"] = ObjectiveChoice.Auto,
            [ClassBalance.Name] = ClassBalance.None,
        };
        var configuration = new Configuration("boosting", defaults);
        return new TrainerInfo
        {
            Id = "boosting",
            Summary = "Gradient-boosted trees on histograms: strong on most tables, takes missing values and categories as they are.",
            Version = 7,
            Engine = "embedded",
            Tasks = [Data.LearningTask.Binary, Data.LearningTask.Multiclass, Data.LearningTask.Regression],
            Incremental = true,
            RoundsOverfit = true,
            Monotone = true,
            Parameters = new SearchSpace(
                new IntParameter("rounds", 1, 100_000, Scale.Log),
                new FloatParameter("learning_rate", 1e-4, 1, Scale.Log),
                new IntParameter("leaves", 2, 4096, Scale.Log),
                new IntParameter("max_depth", 0, 64),
                new IntParameter("min_child_samples", 1, 1_000_000, Scale.Log),
                new FloatParameter("min_child_weight", 0, 1e6),
                new FloatParameter("l1", 0, 1e6),
                new FloatParameter("l2", 0, 1e6),
                new FloatParameter("min_split_gain", 0, 1e12),
                new FloatParameter("feature_fraction", 0.001, 1),
                new FloatParameter("bagging_fraction", 0.001, 1),
                new IntParameter("max_bin", 2, 255),
                new FloatParameter("cat_smooth", 0, 1e6),
                new FloatParameter("cat_l2", 0, 1e6),
                new IntParameter("max_cat_groups", 1, 256),
                new ChoiceParameter("extra_trees", "no", "yes"),
                new ChoiceParameter("objective", ObjectiveChoice.Names),
                new FloatParameter("quantile", 0.001, 0.999) { Condition = new Condition("objective", ["quantile"]), Optional = true },
                new FloatParameter("huber_delta", 0.001, 1000, Scale.Log) { Condition = new Condition("objective", ["huber"]), Optional = true },
                new ChoiceParameter(ClassBalance.Name, ClassBalance.None, ClassBalance.Balanced)),
            DefaultSpace = new SearchSpace(
                new FloatParameter("learning_rate", 0.01, 0.3, Scale.Log),
                new IntParameter("leaves", 4, 256, Scale.Log) { AtMostTwoTo = "max_depth" },
                new IntParameter("min_child_samples", 1, 100, Scale.Log),
                new FloatParameter("l1", 1e-3, 10, Scale.Log),
                new FloatParameter("l2", 1e-3, 100, Scale.Log),
                new FloatParameter("feature_fraction", 0.3, 1),
                new FloatParameter("bagging_fraction", 0.5, 1),
                new ChoiceParameter("extra_trees", "no", "yes")),
            Default = configuration,
            Cheap = configuration.With("learning_rate", 0.3).With("leaves", 8).With("rounds", 100),
            MaxRounds = c => c.Whole("rounds", 500),
            Starts = () => StartingPoints.Of(typeof(BoostingOptions).Assembly, "boosting"),
            Settled = (c, rounds) => c.With("rounds", rounds),
            Cost = (c, rows, features, outputs) => (double)rows * features * c.Number("feature_fraction", 1) * c.Number("rounds", 500) * outputs,
        };
    }
}
