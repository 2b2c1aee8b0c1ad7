using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Learners.Linear;

/// <summary>The hyperparameters of a linear fit.</summary>
/// <param name="Strength">Weight of the penalty (lambda of Friedman et al. 2010) against the mean loss, above 0; null: each one of <see cref="StrengthPath"/>, a round each. <value>null</value></param>
/// <param name="L1Ratio">Share of the absolute penalty (alpha of Friedman et al. 2010), 0 (ridge) to 1 (lasso). <value>0</value></param>
/// <param name="Transform">How numbers are scaled: <c>standard</c> or <c>quantile</c>. <value>standard</value></param>
/// <param name="Balanced">Whether each class weighs the same in total. <value>false</value></param>
internal sealed record LinearOptions(double? Strength, double L1Ratio, NumberTransform Transform, bool Balanced)
{
    public static SearchSpace DefaultSpace { get; } = new(
        new FloatParameter("l1_ratio", 0, 1),
        new ChoiceParameter("transform", "standard", "quantile"));

    public static SearchSpace Parameters { get; } = new(
        new FloatParameter("strength", 1e-9, 1e4, Scale.Log) { Optional = true },
        new FloatParameter("l1_ratio", 0, 1),
        new ChoiceParameter("transform", "standard", "quantile"),
        new ChoiceParameter(ClassBalance.Name, ClassBalance.None, ClassBalance.Balanced));

    public static Configuration Default { get; } = new(LinearTrainer.Id, [new("l1_ratio", 0), new("transform", "standard"), new(ClassBalance.Name, ClassBalance.None)]);

    public static Configuration Cheap { get; } = Default.With("strength", 1e-2);

    public static int MaxRounds(Configuration configuration) => configuration.Values.ContainsKey("strength") ? 1 : StrengthPath.Count;

    /// <summary>With the strength that a round of the path stands for.</summary>
    public static Configuration Settled(Configuration configuration, int rounds)
        => configuration.Values.ContainsKey("strength") ? configuration : configuration.With("strength", StrengthPath.At(Math.Clamp(rounds, 1, StrengthPath.Count)));

    public static LinearOptions From(Hyperparameters given) => new(
        given.Number("strength") is var strength && double.IsNaN(strength) ? null : strength,
        given.Number("l1_ratio"),
        given.Choice("transform") == "quantile" ? NumberTransform.Quantile : NumberTransform.Standard,
        given.Choice(ClassBalance.Name) == ClassBalance.Balanced);
}
