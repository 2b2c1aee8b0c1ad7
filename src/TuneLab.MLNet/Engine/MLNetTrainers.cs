using TuneLab.MLNet.Engine.Definitions;
using TuneLab.Training;

namespace TuneLab.MLNet.Engine;

/// <summary>The trainers of ML.NET.</summary>
public static class MLNetTrainers
{
    /// <summary>Every one, in the order of <see cref="MLNetTrainerIds.All"/>.</summary>
    public static IReadOnlyList<ITrainer> All { get; } = Array.ConvertAll(
        [
            LightGbmDefinition.LightGbm, FastTreeDefinitions.FastTree, FastTreeDefinitions.FastForest, FastTreeDefinitions.Gam, FastTreeDefinitions.Tweedie,
            LbfgsDefinitions.LogisticRegression, LbfgsDefinitions.MaximumEntropy, LbfgsDefinitions.Poisson,
            SdcaDefinitions.LogisticRegression, SdcaDefinitions.MaximumEntropy, SdcaDefinitions.Regression,
            OnlineDefinitions.AveragedPerceptron, OnlineDefinitions.LinearSvm, OnlineDefinitions.OnlineGradientDescent,
            OtherDefinitions.FieldAwareFactorizationMachine, OtherDefinitions.NaiveBayes,
        ],
        (TrainerDefinition definition) => (ITrainer)new MLNetTrainer(definition));
}
