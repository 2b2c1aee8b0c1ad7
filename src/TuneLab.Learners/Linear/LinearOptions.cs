using TuneLab.Space;

namespace TuneLab.Learners.Linear;

/// <summary>The hyperparameters of a linear fit.</summary>
/// <param name="Strength">Weight of the penalty (lambda of Friedman et al. 2010) against the mean loss, above 0. <value>0.001</value></param>
/// <param name="L1Ratio">Share of the absolute penalty (alpha of Friedman et al. 2010), 0 (ridge) to 1 (lasso). <value>0</value></param>
/// <param name="Transform">How numbers are scaled: <c>standard</c> or <c>quantile</c>. <value>standard</value></param>
/// <param name="Balanced">Whether each class weighs the same in total. <value>false</value></param>
internal sealed record LinearOptions(double Strength, double L1Ratio, NumberTransform Transform, bool Balanced)
{
    public static SearchSpace DefaultSpace { get; } = new(
        new FloatParameter("strength", 1e-6, 10, Scale.Log),
        new FloatParameter("l1_ratio", 0, 1),
        new ChoiceParameter("transform", "standard", "quantile"));

    public static SearchSpace Parameters { get; } = new(
        new FloatParameter("strength", 1e-9, 1e4, Scale.Log),
        new FloatParameter("l1_ratio", 0, 1),
        new ChoiceParameter("transform", "standard", "quantile"),
        new ChoiceParameter("class_weight", "none", "balanced"));

    public static Configuration Default { get; } = Make(1e-3);

    public static Configuration Cheap { get; } = Make(1e-2);

    public static LinearOptions From(Hyperparameters given) => new(
        given.Number("strength"),
        given.Number("l1_ratio"),
        given.Choice("transform") == "quantile" ? NumberTransform.Quantile : NumberTransform.Standard,
        given.Choice("class_weight") == "balanced");

    private static Configuration Make(double strength)
        => new(LinearTrainer.Id, [new("strength", strength), new("l1_ratio", 0), new("transform", "standard"), new("class_weight", "none")]);
}
