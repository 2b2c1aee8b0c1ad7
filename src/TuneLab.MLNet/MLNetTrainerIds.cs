namespace TuneLab.MLNet;

/// <summary>The names of the ML.NET trainers: known also where their packages are missing, so that a plan that names one gets told how to get it.</summary>
public static class MLNetTrainerIds
{
    /// <summary>The name of the engine.</summary>
    public const string Engine = "mlnet";

    /// <summary>Every one, in the order in which a plan that names none tries them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "lightgbm", "fasttree", "fastforest", "gam", "fasttreetweedie",
        "lbfgslogisticregression", "lbfgsmaximumentropy", "lbfgspoisson",
        "sdcalogisticregression", "sdcamaximumentropy", "sdca",
        "averagedperceptron", "linearsvm", "onlinegradientdescent",
        "fieldawarefactorizationmachine", "naivebayes",
    ];
}
