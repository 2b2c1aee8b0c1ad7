namespace TuneLab.MLNet.Tests.Engine;

public sealed class LbfgsLogisticRegressionTests() : MLNetTrainerContract("lbfgslogisticregression", ("l1_regularization", 0.01), ("l2_regularization", 0.01));

public sealed class LbfgsMaximumEntropyTests() : MLNetTrainerContract("lbfgsmaximumentropy", ("l1_regularization", 0.01), ("l2_regularization", 0.01));

public sealed class LbfgsPoissonTests() : MLNetTrainerContract("lbfgspoisson", ("l1_regularization", 0.01), ("l2_regularization", 0.01));

public sealed class SdcaLogisticRegressionTests() : MLNetTrainerContract("sdcalogisticregression", ("convergence_tolerance", 0.01));

public sealed class SdcaMaximumEntropyTests() : MLNetTrainerContract("sdcamaximumentropy", ("convergence_tolerance", 0.01));

public sealed class SdcaTests() : MLNetTrainerContract("sdca", ("convergence_tolerance", 0.01));

public sealed class AveragedPerceptronTests() : MLNetTrainerContract("averagedperceptron", ("number_of_iterations", 10));

public sealed class LinearSvmTests() : MLNetTrainerContract("linearsvm", ("number_of_iterations", 10));

public sealed class OnlineGradientDescentTests() : MLNetTrainerContract("onlinegradientdescent", ("number_of_iterations", 10));
