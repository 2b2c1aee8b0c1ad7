using TuneLab.Data;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>
/// What boosting minimises: its first and second derivatives by the raw scores, where the scores begin, and how raw scores become predictions. Stateless.
/// Arrays of several scores per row are score-major: all rows of the first score, then all of the second.
/// </summary>
internal abstract class Objective
{
    /// <summary>Raw scores per row; one tree a round for each.</summary>
    public abstract int Scores { get; }

    /// <summary>The best constant scores.</summary>
    /// <param name="target">[rows].</param>
    /// <param name="weights">[rows] above 0, or null.</param>
    public abstract double[] Initial(double[] target, double[]? weights);

    /// <summary>First and second derivatives at the present scores, times the row's weight.</summary>
    /// <param name="target">[rows].</param>
    /// <param name="weights">[rows] above 0, or null.</param>
    /// <param name="scores">[scores x rows].</param>
    /// <param name="gradients">[scores x rows], overwritten.</param>
    /// <param name="hessians">[scores x rows], overwritten.</param>
    public abstract void Derive(double[] target, double[]? weights, double[] scores, double[] gradients, double[] hessians);

    /// <summary>Turns the raw scores of one row into its predictions, in place.</summary>
    public abstract void Link(Span<double> row);

    /// <summary>The objective of a task.</summary>
    /// <param name="task">What is learned.</param>
    /// <param name="outputs">Numbers per row that a model gives.</param>
    public static Objective Of(LearningTask task, int outputs) => task switch
    {
        LearningTask.Binary => new LogisticObjective(),
        LearningTask.Multiclass => new SoftmaxObjective(outputs),
        _ => new SquaredObjective(),
    };
}
