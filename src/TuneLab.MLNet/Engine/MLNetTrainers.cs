using TuneLab.MLNet.Engine.Definitions;
using TuneLab.Training;

namespace TuneLab.MLNet.Engine;

/// <summary>The trainers of ML.NET.</summary>
public static class MLNetTrainers
{
    /// <summary>What they are made from.</summary>
    internal static IReadOnlyList<TrainerDefinition> Definitions { get; } =
    [
        LightGbmDefinition.LightGbm, FastTreeDefinitions.FastTree, FastTreeDefinitions.FastForest, FastTreeDefinitions.Gam, FastTreeDefinitions.Tweedie,
        LbfgsDefinitions.LogisticRegression, LbfgsDefinitions.MaximumEntropy, LbfgsDefinitions.Poisson,
        SdcaDefinitions.LogisticRegression, SdcaDefinitions.MaximumEntropy, SdcaDefinitions.Regression,
        OnlineDefinitions.AveragedPerceptron, OnlineDefinitions.LinearSvm, OnlineDefinitions.OnlineGradientDescent,
        OtherDefinitions.FieldAwareFactorizationMachine, OtherDefinitions.NaiveBayes,
    ];

    /// <summary>Every one, in the order of <see cref="MLNetTrainerIds.All"/>.</summary>
    public static IReadOnlyList<ITrainer> All { get; } = [.. Definitions.Select(d => new MLNetTrainer(d))];
}
