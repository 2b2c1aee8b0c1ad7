using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.Training;

namespace TuneLab.Learners;

/// <summary>The label and weights of the rows that a run fits on, checked. Rows of weight 0 are left out, as if they were not there.</summary>
internal sealed class TrainingData
{
    /// <param name="request">What to train on.</param>
    /// <exception cref="InputException">No row with a weight above 0, a label that is missing or infinite, a negative weight.</exception>
    public TrainingData(TrainingRequest request)
    {
        var fold = request.Fold;
        Rows = fold.Weights is { } all && Array.Exists(request.Rows, r => all[r] == 0) ? Array.FindAll(request.Rows, r => all[r] != 0) : request.Rows;
        if (Rows.Length == 0)
        {
            throw new InputException("There is no training row with a weight above 0.", "Use more rows, or check the weight column.");
        }

        Target = Array.ConvertAll(Rows, r => fold.Target[r]);
        Weights = fold.Weights is { } weights ? Array.ConvertAll(Rows, r => weights[r]) : null;
        for (var i = 0; i < Rows.Length; i++)
        {
            if (!double.IsFinite(Target[i]) || (fold.Task != LearningTask.Regression && !(Target[i] >= 0 && Target[i] < Math.Max(2, fold.Outputs) && Target[i] == Math.Floor(Target[i]))))
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"Row {Rows[i]} has the label {Target[i]}, which can't be learned: it must be {(fold.Task == LearningTask.Regression ? "a finite number" : "a class index")}."));
            }

            if (Weights is not null && !(Weights[i] > 0 && double.IsFinite(Weights[i])))
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"Row {Rows[i]} has the weight {Weights[i]}; weights are finite numbers of at least 0."));
            }
        }
    }

    /// <summary>The rows, ascending; the request's own array when none is left out.</summary>
    public int[] Rows { get; }

    /// <summary>[rows].</summary>
    public double[] Target { get; }

    /// <summary>[rows] above 0, or null: all 1.</summary>
    public double[]? Weights { get; }
}
