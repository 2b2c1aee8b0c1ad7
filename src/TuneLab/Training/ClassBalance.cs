using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Training;

/// <summary>
/// The hyperparameter <c>class_weight</c>: <c>none</c>, or <c>balanced</c>, where each class that occurs weighs the same in all and the rows together weigh what they did.
/// It bears on what is minimised; a row still counts as often as its own weight says wherever rows are counted.
/// </summary>
public static class ClassBalance
{
    /// <summary>The hyperparameter's name.</summary>
    public const string Name = "class_weight";

    /// <summary>The default.</summary>
    public const string None = "none";

    /// <summary>Each class weighs the same.</summary>
    public const string Balanced = "balanced";

    /// <summary>What rows weigh in the loss.</summary>
    /// <param name="task">What is learned.</param>
    /// <param name="target">[rows]: class indices.</param>
    /// <param name="weights">[rows] above 0, or null: all 1.</param>
    /// <returns>[rows]: each weight times rows' weight / (classes that occur x their class's weight).</returns>
    /// <exception cref="InputException">The labels are no classes.</exception>
    public static double[] Weights(LearningTask task, double[] target, double[]? weights)
    {
        if (task == LearningTask.Regression)
        {
            throw new InputException($"The hyperparameter '{Name}' can't be '{Balanced}': the label is a number and has no classes.", $"Leave it out or write {None}; a weight column is data.weight.");
        }

        var totals = new double[(int)target.Max() + 1];
        for (var i = 0; i < target.Length; i++)
        {
            totals[(int)target[i]] += weights?[i] ?? 1;
        }

        var each = totals.Sum() / totals.Count(t => t > 0);
        var balanced = new double[target.Length];
        for (var i = 0; i < balanced.Length; i++)
        {
            balanced[i] = (weights?[i] ?? 1) * (each / totals[(int)target[i]]);
        }

        return balanced;
    }
}
