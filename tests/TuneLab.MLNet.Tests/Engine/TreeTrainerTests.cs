namespace TuneLab.MLNet.Tests.Engine;

public sealed class LightGbmTests() : MLNetTrainerContract(
    "lightgbm", ("number_of_iterations", 20), ("number_of_leaves", 6), ("minimum_example_count_per_leaf", 3), ("subsample_fraction", 0.8), ("feature_fraction", 0.9));

public sealed class FastTreeTests() : MLNetTrainerContract(
    "fasttree", ("number_of_trees", 12), ("number_of_leaves", 6), ("minimum_example_count_per_leaf", 3), ("feature_fraction", 0.9));

public sealed class FastTreeTweedieTests() : MLNetTrainerContract(
    "fasttreetweedie", ("number_of_trees", 20), ("number_of_leaves", 6), ("minimum_example_count_per_leaf", 3));

public sealed class FastForestTests() : MLNetTrainerContract(
    "fastforest", ("number_of_trees", 8), ("number_of_leaves", 16), ("minimum_example_count_per_leaf", 3));

public sealed class GamTests() : MLNetTrainerContract("gam", ("number_of_iterations", 100), ("learning_rate", 0.1));
