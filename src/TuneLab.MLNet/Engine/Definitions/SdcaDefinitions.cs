using Microsoft.ML;
using Microsoft.ML.Trainers;
using TuneLab.Data;
using TuneLab.MLNet.Engine.Features;

namespace TuneLab.MLNet.Engine.Definitions;

/// <summary>Linear models fitted by stochastic dual coordinate ascent (Shalev-Shwartz and Zhang 2013).</summary>
internal static class SdcaDefinitions
{
    /// <summary>ML.NET guesses penalties and iterations from the table's size where they are not given; these are fixed, so that a default is one configuration.</summary>
    private static readonly IReadOnlyList<TrainerOption> Options =
    [
        TrainerOption.Log("l2_regularization", (1e-12, 1e3), 1e-4, (1e-7, 0.1)),
        TrainerOption.Linear("l1_regularization", (0, 1e3), 0, (0, 1)),
        TrainerOption.Log("convergence_tolerance", (1e-7, 1), 0.1, (1e-3, 0.1)),
        TrainerOption.Whole("maximum_number_of_iterations", (1, 100_000), 20, (5, 200), 5),
        TrainerOption.Log("bias_learning_rate", (0, 100), 0),
    ];

    /// <summary>Two classes.</summary>
    public static TrainerDefinition LogisticRegression { get; } = new()
    {
        Id = "sdcalogisticregression",
        Summary = "ML.NET's SdcaLogisticRegression: logistic regression by dual coordinate ascent; fast on many rows.",
        Tasks = [LearningTask.Binary],
        Options = Options,
        Make = c => c.Context.BinaryClassification.Trainers.SdcaLogisticRegression(With(c, new SdcaLogisticRegressionBinaryTrainer.Options())),
        Work = Work,
    };

    /// <summary>Several classes.</summary>
    public static TrainerDefinition MaximumEntropy { get; } = new()
    {
        Id = "sdcamaximumentropy",
        Summary = "ML.NET's SdcaMaximumEntropy: multinomial logistic regression by dual coordinate ascent.",
        Tasks = [LearningTask.Multiclass],
        Options = Options,
        Make = c => c.Context.MulticlassClassification.Trainers.SdcaMaximumEntropy(With(c, new SdcaMaximumEntropyMulticlassTrainer.Options())),
        Work = Work,
    };

    /// <summary>Numbers.</summary>
    public static TrainerDefinition Regression { get; } = new()
    {
        Id = "sdca",
        Summary = "ML.NET's Sdca: linear regression by dual coordinate ascent.",
        Tasks = [LearningTask.Regression],
        Options = Options,
        Make = c => c.Context.Regression.Trainers.Sdca(With(c, new SdcaRegressionTrainer.Options())),
        Work = Work,
    };

    private static double Work(Space.Configuration c) => 2 * c.Number("maximum_number_of_iterations", 20);

    private static T With<T>(TrainerContext c, T options)
        where T : class
    {
        switch (options)
        {
            case SdcaLogisticRegressionBinaryTrainer.Options o:
                Fill(o);
                break;
            case SdcaMaximumEntropyMulticlassTrainer.Options o:
                Fill(o);
                break;
            case SdcaRegressionTrainer.Options o:
                Fill(o);
                break;
        }

        return options;

        void Fill<TOptions, TTransformer, TModel>(SdcaTrainerBase<TOptions, TTransformer, TModel>.OptionsBase o)
            where TTransformer : ISingleFeaturePredictionTransformer<TModel>
            where TModel : class
            where TOptions : SdcaTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
        {
            o.LabelColumnName = FeatureView.Label;
            o.FeatureColumnName = FeatureView.Features;
            o.ExampleWeightColumnName = c.Weight;
            o.L2Regularization = c.Single("l2_regularization");
            o.L1Regularization = c.Single("l1_regularization");
            o.ConvergenceTolerance = c.Single("convergence_tolerance");
            o.MaximumNumberOfIterations = c.Options.Whole("maximum_number_of_iterations");
            o.BiasLearningRate = c.Single("bias_learning_rate");
            o.NumberOfThreads = c.Threads;
        }
    }
}
