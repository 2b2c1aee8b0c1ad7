using Microsoft.ML;
using Microsoft.ML.Trainers;
using TuneLab.Data;
using TuneLab.MLNet.Engine.Features;

namespace TuneLab.MLNet.Engine.Definitions;

/// <summary>Trainers that are like no others.</summary>
internal static class OtherDefinitions
{
    /// <summary>Products of latent vectors for pairs of features, by field (Juan et al. 2016). The numbers together are one field, each category is another.</summary>
    public static TrainerDefinition FieldAwareFactorizationMachine { get; } = new()
    {
        Id = "fieldawarefactorizationmachine",
        Summary = "ML.NET's FieldAwareFactorizationMachine: linear effects and those of pairs of features, by latent vectors; made for many categories.",
        Tasks = [LearningTask.Binary],
        UsesFields = true,

        // its reader takes the weight for one more vector of features
        RowWeights = false,
        Options =
        [
            TrainerOption.Log("learning_rate", (1e-5, 10), 0.1, (0.01, 1)),
            TrainerOption.Whole("number_of_iterations", (1, 10_000), 5, (3, 50), 3),
            TrainerOption.Whole("latent_dimension", (1, 256), 20, (4, 32), 8),
            TrainerOption.Log("lambda_linear", (0, 10), 1e-4, (1e-7, 0.1)),
            TrainerOption.Log("lambda_latent", (0, 10), 1e-4, (1e-7, 0.1)),
            TrainerOption.Linear("radius", (0.001, 10), 0.5, (0.1, 1)),
            TrainerOption.Flag("normalize_features", true, searched: true),
        ],
        Make = c => c.Context.BinaryClassification.Trainers.FieldAwareFactorizationMachine(new FieldAwareFactorizationMachineTrainer.Options
        {
            LabelColumnName = FeatureView.Label,
            FeatureColumnName = c.Fields[0],
            ExtraFeatureColumns = [.. c.Fields.Skip(1)],
            LearningRate = c.Single("learning_rate"),
            NumberOfIterations = c.Options.Whole("number_of_iterations"),
            LatentDimension = c.Options.Whole("latent_dimension"),
            LambdaLinear = c.Single("lambda_linear"),
            LambdaLatent = c.Single("lambda_latent"),
            Radius = c.Single("radius"),
            NormalizeFeatures = c.Flag("normalize_features"),
            Verbose = false,
        }),
        Work = c => c.Number("number_of_iterations", 1) * c.Number("latent_dimension", 1),
    };

    /// <summary>Counts of features above 0 for each class; a number is above 0 when it is above its mean.</summary>
    public static TrainerDefinition NaiveBayes { get; } = new()
    {
        Id = "naivebayes",
        Summary = "ML.NET's NaiveBayes: looks at each feature alone, and only at whether a number is above its mean; done in one pass.",
        Tasks = [LearningTask.Multiclass],
        RowWeights = false,
        LogShares = true,
        Options = [],
        Make = c => c.Context.MulticlassClassification.Trainers.NaiveBayes(FeatureView.Label, FeatureView.Features),
        Work = _ => 1,
    };
}
