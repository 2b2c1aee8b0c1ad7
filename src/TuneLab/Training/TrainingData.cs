using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Training;

/// <summary>The label and weights of the rows that a run fits on, checked. Rows of weight 0 are left out, as if they were not there.</summary>
public sealed class TrainingData
{
    /// <summary>The largest label and weight: sums of their squares over many rows must stay finite.</summary>
    public const double Largest = 1e100;

    /// <param name="request">What to train on.</param>
    /// <param name="balanced">Whether each class weighs the same in the loss.</param>
    /// <exception cref="InputException">No row with a weight above 0; a label that is missing, no class or beyond <see cref="Largest"/>; a weight that is below 0 or beyond it; fewer than two classes; classes to balance where there are none.</exception>
    public TrainingData(TrainingRequest request, bool balanced = false)
    {
        var fold = request.Fold;
        Rows = fold.Weights is { } all && Array.Exists(request.Rows, r => all[r] == 0) ? Array.FindAll(request.Rows, r => all[r] != 0) : request.Rows;
        if (Rows.Length == 0)
        {
            throw new InputException("There is no training row with a weight above 0.", "Use more rows, or check the weight column.");
        }

        if (fold.Task == LearningTask.Multiclass && fold.Outputs < 2)
        {
            throw new InputException($"A multiclass table needs two classes at least; this one has {fold.Outputs}.", "Name another label, or add rows of another class.");
        }

        Target = Array.ConvertAll(Rows, r => fold.Target[r]);
        Weights = fold.Weights is { } weights ? Array.ConvertAll(Rows, r => weights[r]) : null;
        HasWholeWeights = Weights is null || Array.TrueForAll(Weights, w => w == Math.Floor(w));
        for (var i = 0; i < Rows.Length; i++)
        {
            Check(fold, Rows[i], Target[i], Weights?[i] ?? 1);
        }

        LossWeights = balanced ? ClassBalance.Weights(fold.Task, Target, Weights) : Weights;
    }

    /// <summary>The rows, ascending; the request's own array when none is left out.</summary>
    public int[] Rows { get; }

    /// <summary>[rows].</summary>
    public double[] Target { get; }

    /// <summary>[rows] above 0, or null: all 1. How often a row counts.</summary>
    public double[]? Weights { get; }

    /// <summary>Whether every weight is a whole number, so that it may stand for that many equal rows.</summary>
    public bool HasWholeWeights { get; }

    /// <summary>[rows] above 0, or null: all 1. What a row weighs in the loss: <see cref="Weights"/>, balanced by class where that was asked for.</summary>
    public double[]? LossWeights { get; }

    /// <summary>
    /// The variance of a sum of the loss's first derivatives over the sum of its second ones, for a likelihood that is right: 1 where each row weighs in the loss as many rows as it stands for,
    /// else the mean of what a row weighs for each that it stands for, itself weighted by what rows weigh in the loss.
    /// </summary>
    public double Dispersion => LossWeights is null ? 1 : SpreadOf(LossWeights);

    /// <summary>How many rows a row counts for: as many as it weighs when all weights are whole, else one.</summary>
    public double Units(int row) => HasWholeWeights && Weights is not null ? Weights[row] : 1;

    private double SpreadOf(double[] weights)
    {
        var largest = weights.Max(); // shares of it have squares that are numbers
        return largest * weights.Select((w, i) => w / largest * (w / largest) / Units(i)).Sum() / weights.Sum(w => w / largest);
    }

    private static void Check(PreparedFold fold, int row, double label, double weight)
    {
        var numbers = fold.Task == LearningTask.Regression;
        var classes = fold.Task == LearningTask.Binary ? 2 : fold.Outputs;
        if (numbers ? !(Math.Abs(label) <= Largest) : !(label >= 0 && label < classes && label == Math.Floor(label)))
        {
            var (least, most) = numbers ? (-Largest, Largest) : (0, classes - 1);
            throw new InputException(
                string.Create(CultureInfo.InvariantCulture, $"Row {row} has the label {label}, which can't be learned: it must be {(numbers ? "a number" : "a class index")} from {least} to {most}."),
                numbers ? "Remove the row, or give the label in a larger unit." : "Remove the row or correct its label.");
        }

        if (!(weight > 0 && weight <= Largest))
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"Row {row} has the weight {weight}; weights are numbers from 0 to {Largest}."), "Correct the weight column.");
        }
    }
}
