using Microsoft.ML;
using Microsoft.ML.Trainers;
using TuneLab.Data;
using TuneLab.MLNet.Engine.Features;

namespace TuneLab.MLNet.Engine.Definitions;

/// <summary>Linear models fitted by limited-memory quasi-Newton steps, with an absolute penalty by orthant-wise ones (Andrew and Gao 2007).</summary>
internal static class LbfgsDefinitions
{
    private static readonly IReadOnlyList<TrainerOption> Options =
    [
        TrainerOption.Log("l1_regularization", (0, 1e6), 1, (1e-4, 100)),
        TrainerOption.Log("l2_regularization", (0, 1e6), 1, (1e-4, 100)),
        TrainerOption.Log("optimization_tolerance", (1e-12, 1), 1e-7),
        TrainerOption.Whole("history_size", (1, 1000), 20),
        TrainerOption.Whole("maximum_number_of_iterations", (1, 1_000_000), 1000, null, 50),
    ];

    /// <summary>Two classes.</summary>
    public static TrainerDefinition LogisticRegression { get; } = new()
    {
        Id = "lbfgslogisticregression",
        Summary = "ML.NET's LbfgsLogisticRegression: logistic regression with absolute and squared penalties.",
        Tasks = [LearningTask.Binary],
        Options = Options,
        Make = c => c.Context.BinaryClassification.Trainers.LbfgsLogisticRegression(With(c, new LbfgsLogisticRegressionBinaryTrainer.Options())),
        Work = Work,
    };

    /// <summary>Several classes.</summary>
    public static TrainerDefinition MaximumEntropy { get; } = new()
    {
        Id = "lbfgsmaximumentropy",
        Summary = "ML.NET's LbfgsMaximumEntropy: multinomial logistic regression with absolute and squared penalties.",
        Tasks = [LearningTask.Multiclass],
        Options = Options,
        Make = c => c.Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(With(c, new LbfgsMaximumEntropyMulticlassTrainer.Options())),
        Work = Work,
    };

    /// <summary>Counts.</summary>
    public static TrainerDefinition Poisson { get; } = new()
    {
        Id = "lbfgspoisson",
        Summary = "ML.NET's LbfgsPoissonRegression: the logarithm of a count's mean as a weighted sum.",
        Tasks = [LearningTask.Regression],
        Target = TargetForm.Positive,
        Options = Options,
        Make = c => c.Context.Regression.Trainers.LbfgsPoissonRegression(With(c, new LbfgsPoissonRegressionTrainer.Options())),
        Work = Work,
    };

    private static double Work(Space.Configuration c) => Math.Min(90, c.Number("maximum_number_of_iterations", 90));

    private static T With<T>(TrainerContext c, T options)
        where T : class
    {
        switch (options)
        {
            case LbfgsLogisticRegressionBinaryTrainer.Options o:
                Fill(o);
                break;
            case LbfgsMaximumEntropyMulticlassTrainer.Options o:
                Fill(o);
                break;
            case LbfgsPoissonRegressionTrainer.Options o:
                Fill(o);
                break;
        }

        return options;

        void Fill<TOptions, TTransformer, TModel>(LbfgsTrainerBase<TOptions, TTransformer, TModel>.OptionsBase o)
            where TTransformer : ISingleFeaturePredictionTransformer<TModel>
            where TModel : class
            where TOptions : LbfgsTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
        {
            o.LabelColumnName = FeatureView.Label;
            o.FeatureColumnName = FeatureView.Features;
            o.ExampleWeightColumnName = c.Weight;
            o.L1Regularization = c.Single("l1_regularization");
            o.L2Regularization = c.Single("l2_regularization");
            o.OptimizationTolerance = c.Single("optimization_tolerance");
            o.HistorySize = c.Options.Whole("history_size");
            o.MaximumNumberOfIterations = c.Options.Whole("maximum_number_of_iterations");
            o.NumberOfThreads = c.Threads;
        }
    }
}
