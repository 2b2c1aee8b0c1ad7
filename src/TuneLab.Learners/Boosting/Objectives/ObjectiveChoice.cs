using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>What a configuration says of the objective.</summary>
/// <param name="Name"><c>auto</c>, <c>squared</c>, <c>absolute</c>, <c>huber</c>, <c>quantile</c> or <c>poisson</c>. <value>auto: log-loss for classes, squared for numbers</value></param>
/// <param name="Quantile">The share of labels that should lie below the prediction, above 0 and below 1. <value>0.5</value></param>
/// <param name="HuberDelta">Where Huber's loss turns from squared to absolute, in deviations of the residuals; see <see cref="HuberObjective"/>. <value>1.35</value></param>
internal sealed record ObjectiveChoice(string Name, double Quantile, double HuberDelta)
{
    /// <summary>The default.</summary>
    public const string Auto = "auto";

    /// <summary>The names, in the order of a search.</summary>
    public static string[] Names { get; } = [Auto, "squared", "absolute", "huber", "quantile", "poisson"];

    /// <summary>The objective of a run; not to be shared by two.</summary>
    /// <param name="task">What is learned.</param>
    /// <param name="outputs">Numbers per row that a model gives.</param>
    /// <exception cref="InputException">The objective is for another task.</exception>
    public Objective For(LearningTask task, int outputs)
    {
        if (task != LearningTask.Regression && Name != Auto)
        {
            throw new InputException(
                $"The objective '{Name}' is for numbers, but the label has classes: a {task.ToString().ToLowerInvariant()} task is boosted by its log-loss.",
                "Leave 'boosting.objective' out or write auto; if the label is a number after all, write 'task: regression'.");
        }

        return Name switch
        {
            "absolute" => Objective.Of(ObjectiveKind.Absolute, 0, outputs),
            "huber" => Objective.Of(ObjectiveKind.Huber, HuberDelta, outputs),
            "quantile" => Objective.Of(ObjectiveKind.Quantile, Quantile, outputs),
            "poisson" => Objective.Of(ObjectiveKind.Poisson, 0, outputs),
            _ => Objective.Of(task, outputs),
        };
    }
}
