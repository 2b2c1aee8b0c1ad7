using TuneLab.Data;
using TuneLab.Training;

namespace TuneLab.Learners.Linear;

/// <summary>A label as something to minimise over, and the way back from what was found to weights for all outputs.</summary>
internal abstract class LinearTarget
{
    /// <summary>The loss to minimise; null when all rows have the same label.</summary>
    public abstract LinearProblem? Problem { get; }

    /// <summary>[problem size]: weights that give the constant, to start from; a new array.</summary>
    public abstract double[] Start();

    /// <summary>Weights of the model from those of the problem.</summary>
    /// <returns>[outputs x (width + 1)], row-major, the intercept of each output last; a new array.</returns>
    public abstract double[] Finish(double[] found);

    /// <param name="fold">Task and outputs.</param>
    /// <param name="data">The rows to fit on.</param>
    /// <param name="balanced">Whether each class weighs the same in total.</param>
    /// <param name="matrix">The design of all rows.</param>
    public static LinearTarget Of(PreparedFold fold, TrainingData data, bool balanced, DesignMatrix matrix)
        => fold.Task == LearningTask.Regression ? new NumberTarget(data, matrix) : new ClassTarget(fold.Task, fold.Outputs, data, balanced, matrix);

    /// <summary>What each row counts in the mean loss, summing to 1.</summary>
    protected static double[] Shares(TrainingData data, Func<int, double> weight)
    {
        var shares = new double[data.Rows.Length];
        double total = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = weight(i);
            total += shares[i];
        }

        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] /= total;
        }

        return shares;
    }
}
