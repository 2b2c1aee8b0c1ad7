using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;
using TuneLab.Data;
using TuneLab.MLNet.Engine.Features;
using TuneLab.MLNet.Engine.Trees;

namespace TuneLab.MLNet.Engine.Definitions;

/// <summary>Gradient boosting by LightGBM (Ke et al. 2017).</summary>
internal static class LightGbmDefinition
{
    /// <summary>
    /// Its definition. ML.NET guesses learning rate, leaves and examples per leaf from the table's size where they are not given; the defaults here are what it guesses for tables of up to 100,000 rows.
    /// </summary>
    public static TrainerDefinition LightGbm { get; } = new()
    {
        Id = "lightgbm",
        Summary = "ML.NET's LightGbm: gradient-boosted trees on histograms, grown leaf by leaf; takes missing values as they are.",
        Tasks = [LearningTask.Binary, LearningTask.Multiclass, LearningTask.Regression],
        Form = FeatureForm.Raw,
        RoundsOption = "number_of_iterations",
        FirstRounds = o => 16 / o.Number("learning_rate"),
        Link = (_, _) => new ScoreLink(-0.5, Softmax: true, Exponential: false),
        TreesMayLack = (task, _) => task == LearningTask.Multiclass,
        Options =
        [
            TrainerOption.Whole("number_of_iterations", (1, 100_000), 100, (100, 1000), 50),
            TrainerOption.Log("learning_rate", (1e-4, 1), 0.2, (0.01, 0.3)),
            TrainerOption.Whole("number_of_leaves", (2, 4096), 20, (4, 256), 8),
            TrainerOption.Whole("minimum_example_count_per_leaf", (1, 1_000_000), 20, (1, 100)),
            TrainerOption.Whole("maximum_bin_count_per_feature", (2, 4096), 255, (15, 512)),
            TrainerOption.Linear("feature_fraction", (0.001, 1), 1, (0.3, 1)),
            TrainerOption.Linear("subsample_fraction", (0.001, 1), 1, (0.5, 1)),
            TrainerOption.Log("l1_regularization", (0, 1e6), 0, (1e-3, 10)),
            TrainerOption.Log("l2_regularization", (0, 1e6), 0.01, (1e-3, 100)),
            TrainerOption.Log("minimum_child_weight", (0, 1e6), 0.1),
            TrainerOption.Log("minimum_split_gain", (0, 1e6), 0),
            TrainerOption.Flag("use_categorical_split", false, searched: true),
            TrainerOption.Log("categorical_smoothing", (0, 1e6), 10),
            TrainerOption.Log("l2_categorical_regularization", (0, 1e6), 10),
            TrainerOption.Flag("unbalanced_sets", false),
        ],
        Make = Estimator,

        // what ML.NET makes of a model whose only tree has no split and the value 0
        NothingLearned = e => e is ArgumentNullException,
        Work = c => 0.2 * c.Number("number_of_iterations", 1) * (2 + Math.Log2(c.Number("number_of_leaves", 2))) * c.Number("feature_fraction", 1),
    };

    private static IEstimator<ITransformer> Estimator(TrainerContext c)
    {
        switch (c.Task)
        {
            case LearningTask.Binary:
                return c.Context.BinaryClassification.Trainers.LightGbm(With(c, new LightGbmBinaryTrainer.Options { UnbalancedSets = c.Flag("unbalanced_sets") }));
            case LearningTask.Multiclass:
                return c.Context.MulticlassClassification.Trainers.LightGbm(With(c, new LightGbmMulticlassTrainer.Options { UnbalancedSets = c.Flag("unbalanced_sets"), UseSoftmax = true }));
            default:
                return c.Context.Regression.Trainers.LightGbm(With(c, new LightGbmRegressionTrainer.Options()));
        }
    }

    private static TOptions With<TOptions, TOutput, TTransformer, TModel>(TrainerContext c, LightGbmTrainerBase<TOptions, TOutput, TTransformer, TModel>.OptionsBase options)
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
        where TOptions : LightGbmTrainerBase<TOptions, TOutput, TTransformer, TModel>.OptionsBase, new()
    {
        options.LabelColumnName = FeatureView.Label;
        options.FeatureColumnName = FeatureView.Features;
        options.ExampleWeightColumnName = c.Weight;
        options.NumberOfIterations = c.Options.Whole("number_of_iterations");
        options.LearningRate = c.Options.Number("learning_rate");
        options.NumberOfLeaves = c.Options.Whole("number_of_leaves");
        options.MinimumExampleCountPerLeaf = c.Options.Whole("minimum_example_count_per_leaf");
        options.MaximumBinCountPerFeature = c.Options.Whole("maximum_bin_count_per_feature");
        options.UseCategoricalSplit = c.Flag("use_categorical_split");
        options.CategoricalSmoothing = c.Options.Number("categorical_smoothing");
        options.L2CategoricalRegularization = c.Options.Number("l2_categorical_regularization");
        options.NumberOfThreads = c.Threads;
        options.Seed = c.Seed;
        options.Deterministic = true;

        // the same trees to the last bit, on one thread; by the table's shape, since what LightGBM would choose by trying depends on the machine
        options.ForceRowWise = c.Sparse && c.Threads == 1;
        options.ForceColumnWise = !options.ForceRowWise;
        options.Booster = new GradientBooster.Options
        {
            FeatureFraction = c.Options.Number("feature_fraction"),
            SubsampleFraction = c.Options.Number("subsample_fraction"),
            SubsampleFrequency = c.Options.Number("subsample_fraction") < 1 ? 1 : 0,
            L1Regularization = c.Options.Number("l1_regularization"),
            L2Regularization = c.Options.Number("l2_regularization"),
            MinimumChildWeight = c.Options.Number("minimum_child_weight"),
            MinimumSplitGain = c.Options.Number("minimum_split_gain"),
        };
        return (TOptions)options;
    }
}
