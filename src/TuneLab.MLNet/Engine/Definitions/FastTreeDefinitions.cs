using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using TuneLab.Data;
using TuneLab.MLNet.Engine.Features;
using TuneLab.MLNet.Engine.Trees;
using TuneLab.Training;

namespace TuneLab.MLNet.Engine.Definitions;

/// <summary>The trees that are ML.NET's own.</summary>
internal static class FastTreeDefinitions
{
    private static readonly IReadOnlyList<TrainerOption> BoostedOptions =
    [
        TrainerOption.Whole("number_of_trees", (1, 100_000), 100, (100, 500), 50),
        TrainerOption.Whole("number_of_leaves", (2, 4096), 20, (4, 128), 8),
        TrainerOption.Whole("minimum_example_count_per_leaf", (1, 1_000_000), 10, (1, 100)),
        TrainerOption.Log("learning_rate", (1e-4, 1), 0.2, (0.02, 0.3)),
        TrainerOption.Whole("maximum_bin_count_per_feature", (2, 4096), 255, (15, 512)),
        TrainerOption.Linear("feature_fraction", (0.001, 1), 1, (0.3, 1)),
        TrainerOption.Linear("feature_fraction_per_split", (0.001, 1), 1),
        TrainerOption.Log("feature_first_use_penalty", (0, 1e6), 0),
        TrainerOption.Log("feature_reuse_penalty", (0, 1e6), 0),
    ];

    /// <summary>Boosting; several classes by one model for each against the rest.</summary>
    public static TrainerDefinition FastTree { get; } = new()
    {
        Id = "fasttree",
        Summary = "ML.NET's FastTree: gradient-boosted trees (MART); several classes one against the rest.",
        Tasks = [LearningTask.Binary, LearningTask.Multiclass, LearningTask.Regression],
        Form = FeatureForm.Filled,
        RoundsOption = "number_of_trees",
        FirstRounds = o => 16 / o.Number("learning_rate"),
        Link = (_, options) => new ScoreLink(-2 * options.Number("learning_rate"), Softmax: false, Exponential: false),
        TreesMayLack = (_, options) => DrawsFeatures(options),
        Options = BoostedOptions,
        Make = c => c.Task switch
        {
            LearningTask.Binary => c.Context.BinaryClassification.Trainers.FastTree(Boosted(c, new FastTreeBinaryTrainer.Options())),
            LearningTask.Multiclass => c.Context.MulticlassClassification.Trainers.OneVersusAll(c.Context.BinaryClassification.Trainers.FastTree(Boosted(c, new FastTreeBinaryTrainer.Options())), FeatureView.Label),
            _ => c.Context.Regression.Trainers.FastTree(Boosted(c, new FastTreeRegressionTrainer.Options())),
        },
        Work = c => 0.5 * c.Number("number_of_trees", 1) * (2 + Math.Log2(c.Number("number_of_leaves", 2))) * c.Number("feature_fraction", 1),
    };

    /// <summary>Boosting with the loss of Tweedie's distribution.</summary>
    public static TrainerDefinition Tweedie { get; } = new()
    {
        Id = "fasttreetweedie",
        Summary = "ML.NET's FastTreeTweedie: gradient-boosted trees for amounts that are often 0, such as claims.",
        Tasks = [LearningTask.Regression],
        Form = FeatureForm.Filled,
        Target = TargetForm.Positive,
        RoundsOption = "number_of_trees",
        FirstRounds = o => 16 / o.Number("learning_rate"),
        Link = (_, _) => new ScoreLink(0, Softmax: false, Exponential: true),
        TreesMayLack = (_, options) => DrawsFeatures(options),
        Options = [.. BoostedOptions, TrainerOption.Linear("index", (1, 2), 1.5, (1.05, 1.95))],
        Make = c => c.Context.Regression.Trainers.FastTreeTweedie(Boosted(c, new FastTreeTweedieTrainer.Options { Index = c.Options.Number("index") })),
        Work = c => FastTree.Work(c),
    };

    /// <summary>A random forest; several classes by one forest for each against the rest.</summary>
    public static TrainerDefinition FastForest { get; } = new()
    {
        Id = "fastforest",
        Summary = "ML.NET's FastForest: a random forest; several classes one against the rest.",
        Tasks = [LearningTask.Binary, LearningTask.Multiclass, LearningTask.Regression],
        Form = FeatureForm.Filled,
        Uncalibrated = true,
        Options =
        [
            TrainerOption.Whole("number_of_trees", (1, 10_000), 100, (30, 200), 30),
            TrainerOption.Whole("number_of_leaves", (2, 32_768), 20, (8, 256), 16),
            TrainerOption.Whole("minimum_example_count_per_leaf", (1, 1_000_000), 10, (1, 50)),
            TrainerOption.Whole("maximum_bin_count_per_feature", (2, 4096), 255),
            TrainerOption.Linear("feature_fraction", (0.001, 1), 1),
            TrainerOption.Linear("feature_fraction_per_split", (0.001, 1), 0.7, (0.1, 1)),
            TrainerOption.Linear("bagging_example_fraction", (0.001, 1), 0.7, (0.3, 0.95)),
        ],
        Make = c => c.Task switch
        {
            LearningTask.Binary => c.Context.BinaryClassification.Trainers.FastForest(Forest(c, new FastForestBinaryTrainer.Options())),
            LearningTask.Multiclass => c.Context.MulticlassClassification.Trainers.OneVersusAll(c.Context.BinaryClassification.Trainers.FastForest(Forest(c, new FastForestBinaryTrainer.Options())), FeatureView.Label),
            _ => c.Context.Regression.Trainers.FastForest(Forest(c, new FastForestRegressionTrainer.Options())),
        },
        Work = c => c.Number("number_of_trees", 1) * (2 + Math.Log2(c.Number("number_of_leaves", 2))) * c.Number("feature_fraction_per_split", 1),
    };

    /// <summary>
    /// A sum of one curve for each feature. ML.NET's default is 9,500 iterations at a learning rate of 0.002; ours is as far a way in a tenth of the steps.
    /// </summary>
    public static TrainerDefinition Gam { get; } = new()
    {
        Id = "gam",
        Summary = "ML.NET's Gam: a generalised additive model, one curve for each feature, boosted.",
        Tasks = [LearningTask.Binary, LearningTask.Regression],
        Form = FeatureForm.Filled,

        // with weights no split of it gains anything (5.0.0)
        RowWeights = false,
        Options =
        [
            TrainerOption.Whole("number_of_iterations", (1, 100_000), 950, (100, 1500), 200),
            TrainerOption.Log("learning_rate", (1e-4, 1), 0.02, (0.002, 0.2), 0.1),
            TrainerOption.Whole("minimum_example_count_per_leaf", (1, 1_000_000), 10, (1, 100)),
            TrainerOption.Whole("maximum_bin_count_per_feature", (2, 4096), 255, (15, 512)),
        ],
        Make = c => c.Task == LearningTask.Binary
            ? c.Context.BinaryClassification.Trainers.Gam(Curves(c, new GamBinaryTrainer.Options()))
            : c.Context.Regression.Trainers.Gam(Curves(c, new GamRegressionTrainer.Options())),
        Work = c => 1.3 * c.Number("number_of_iterations", 1),
    };

    // without a split nothing changes, so the next tree has none either unless it draws other features
    private static bool DrawsFeatures(Hyperparameters options) => options.Number("feature_fraction") < 1 || options.Number("feature_fraction_per_split") < 1;

    private static T Trees<T>(TrainerContext c, T options)
        where T : TreeOptions
    {
        options.LabelColumnName = FeatureView.Label;
        options.FeatureColumnName = FeatureView.Features;
        options.ExampleWeightColumnName = c.Weight;
        options.NumberOfTrees = c.Options.Whole("number_of_trees");
        options.NumberOfLeaves = c.Options.Whole("number_of_leaves");
        options.MinimumExampleCountPerLeaf = c.Options.Whole("minimum_example_count_per_leaf");
        options.MaximumBinCountPerFeature = c.Options.Whole("maximum_bin_count_per_feature");
        options.FeatureFraction = c.Options.Number("feature_fraction");
        options.FeatureFractionPerSplit = c.Options.Number("feature_fraction_per_split");
        options.NumberOfThreads = c.Threads;
        options.Seed = options.FeatureSelectionSeed = c.Seed;
        options.DiskTranspose = false;
        return options;
    }

    private static T Boosted<T>(TrainerContext c, T options)
        where T : BoostedTreeOptions
    {
        options.LearningRate = c.Options.Number("learning_rate");
        options.FeatureFirstUsePenalty = c.Options.Number("feature_first_use_penalty");
        options.FeatureReusePenalty = c.Options.Number("feature_reuse_penalty");
        return Trees(c, options);
    }

    private static T Forest<T>(TrainerContext c, T options)
        where T : FastForestOptionsBase
    {
        options.BaggingExampleFraction = c.Options.Number("bagging_example_fraction");

        // its own leaf distributions are for quantiles, which nothing asks for
        options.NumberOfQuantileSamples = 1;
        return Trees(c, options);
    }

    private static T Curves<T>(TrainerContext c, T options)
        where T : class
    {
        switch (options)
        {
            case GamBinaryTrainer.Options binary:
                Fill(binary);
                break;
            case GamRegressionTrainer.Options regression:
                Fill(regression);
                break;
        }

        return options;

        void Fill<TOptions, TTransformer, TModel>(GamTrainerBase<TOptions, TTransformer, TModel>.OptionsBase o)
            where TTransformer : ISingleFeaturePredictionTransformer<TModel>
            where TModel : class
            where TOptions : GamTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
        {
            o.LabelColumnName = FeatureView.Label;
            o.FeatureColumnName = FeatureView.Features;
            o.NumberOfIterations = c.Options.Whole("number_of_iterations");
            o.LearningRate = c.Options.Number("learning_rate");
            o.MinimumExampleCountPerLeaf = c.Options.Whole("minimum_example_count_per_leaf");
            o.MaximumBinCountPerFeature = c.Options.Whole("maximum_bin_count_per_feature");
            o.NumberOfThreads = c.Threads;
            o.Seed = c.Seed;
            o.DiskTranspose = false;
        }
    }
}
