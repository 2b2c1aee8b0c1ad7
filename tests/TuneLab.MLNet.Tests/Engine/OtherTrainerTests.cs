namespace TuneLab.MLNet.Tests.Engine;

public sealed class FieldAwareFactorizationMachineTests() : MLNetTrainerContract("fieldawarefactorizationmachine", ("latent_dimension", 4));

public sealed class NaiveBayesTests() : MLNetTrainerContract("naivebayes")
{
    /// <summary>It sees of each number only whether it is above its mean.</summary>
    protected override double LossShare => 0.75;
}
