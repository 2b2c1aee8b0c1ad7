using Microsoft.ML;
using Microsoft.ML.Trainers;
using TuneLab.Data;
using TuneLab.MLNet.Engine.Features;

namespace TuneLab.MLNet.Engine.Definitions;

/// <summary>Linear models that learn from one row after the other. They have no row weights and no threads.</summary>
internal static class OnlineDefinitions
{
    /// <summary>The averaged perceptron (Freund and Schapire 1999).</summary>
    public static TrainerDefinition AveragedPerceptron { get; } = new()
    {
        Id = "averagedperceptron",
        Summary = "ML.NET's AveragedPerceptron: the mean of a perceptron's weights over its way; calibrated on the training rows.",
        Tasks = [LearningTask.Binary],
        Uncalibrated = true,
        RowWeights = false,
        Options = Averaged(rate: 1, decrease: false),
        Make = c => c.Context.BinaryClassification.Trainers.AveragedPerceptron(With(c, new AveragedPerceptronTrainer.Options())),
        Work = Work,
    };

    /// <summary>A support vector machine by stochastic subgradients (Shalev-Shwartz et al. 2007).</summary>
    public static TrainerDefinition LinearSvm { get; } = new()
    {
        Id = "linearsvm",
        Summary = "ML.NET's LinearSvm: a linear support vector machine (Pegasos); calibrated on the training rows.",
        Tasks = [LearningTask.Binary],
        Uncalibrated = true,
        RowWeights = false,
        Options =
        [
            TrainerOption.Whole("number_of_iterations", (1, 10_000), 1, (1, 100)),
            TrainerOption.Log("lambda", (1e-9, 100), 1e-3, (1e-6, 1)),
            TrainerOption.Whole("batch_size", (1, 10_000), 1, (1, 64)),
            TrainerOption.Flag("perform_projection", false, searched: true),
            TrainerOption.Flag("no_bias", false),
        ],
        Make = c => c.Context.BinaryClassification.Trainers.LinearSvm(new LinearSvmTrainer.Options
        {
            LabelColumnName = FeatureView.Label,
            FeatureColumnName = FeatureView.Features,
            NumberOfIterations = c.Options.Whole("number_of_iterations"),
            Lambda = c.Single("lambda"),
            BatchSize = c.Options.Whole("batch_size"),
            PerformProjection = c.Flag("perform_projection"),
            NoBias = c.Flag("no_bias"),
        }),
        Work = Work,
    };

    /// <summary>Least squares by stochastic gradients.</summary>
    public static TrainerDefinition OnlineGradientDescent { get; } = new()
    {
        Id = "onlinegradientdescent",
        Summary = "ML.NET's OnlineGradientDescent: linear regression, a gradient step for each row.",
        Tasks = [LearningTask.Regression],
        RowWeights = false,
        Options = Averaged(rate: 0.1, decrease: true),
        Make = c => c.Context.Regression.Trainers.OnlineGradientDescent(With(c, new OnlineGradientDescentTrainer.Options())),
        Work = Work,
    };

    private static IReadOnlyList<TrainerOption> Averaged(double rate, bool decrease) =>
    [
        TrainerOption.Whole("number_of_iterations", (1, 10_000), 1, (1, 100)),
        TrainerOption.Log("learning_rate", (1e-6, 100), rate, (rate / 1000, rate)),
        TrainerOption.Flag("decrease_learning_rate", decrease, searched: true),
        TrainerOption.Log("l2_regularization", (0, 0.5), 0, (1e-7, 0.1)),
    ];

    private static double Work(Space.Configuration c) => 7 * c.Number("number_of_iterations", 1);

    private static T With<T>(TrainerContext c, T options)
        where T : AveragedLinearOptions
    {
        options.LabelColumnName = FeatureView.Label;
        options.FeatureColumnName = FeatureView.Features;
        options.NumberOfIterations = c.Options.Whole("number_of_iterations");
        options.LearningRate = c.Single("learning_rate");
        options.DecreaseLearningRate = c.Flag("decrease_learning_rate");
        options.L2Regularization = c.Single("l2_regularization");
        return options;
    }
}
