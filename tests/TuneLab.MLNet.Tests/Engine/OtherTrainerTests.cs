namespace TuneLab.MLNet.Tests.Engine;

public sealed class FieldAwareFactorizationMachineTests() : MLNetTrainerContract("fieldawarefactorizationmachine", ("latent_dimension", 4));

public sealed class NaiveBayesTests() : MLNetTrainerContract("naivebayes");
