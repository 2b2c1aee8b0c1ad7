using TuneLab.Data;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>
/// What boosting minimises: its first and second derivatives by the raw scores, where the scores begin, and how raw scores become predictions. Stateless.
/// Arrays of several scores per row are score-major: all rows of the first score, then all of the second. Derivatives are asked for score by score and in blocks of rows; a
/// row's must not depend on its place in a block.
/// </summary>
internal abstract class Objective
{
    /// <summary>Raw scores per row; one tree a round for each.</summary>
    public abstract int Scores { get; }

    /// <summary>Whether <see cref="Derive"/> needs a number per row that all scores of a round share and <see cref="Prepare"/> makes.</summary>
    public virtual bool HasShared => false;

    /// <summary>The best constant scores.</summary>
    /// <param name="target">[rows].</param>
    /// <param name="weights">[rows] above 0, or null.</param>
    public abstract double[] Initial(double[] target, double[]? weights);

    /// <summary>Makes what the scores of a row share at the beginning of a round, for some rows.</summary>
    /// <param name="scores">[scores x rows].</param>
    /// <param name="rows">How many there are in all.</param>
    /// <param name="from">The first of the block.</param>
    /// <param name="shared">[rows of the block], overwritten.</param>
    public virtual void Prepare(double[] scores, int rows, int from, Span<double> shared)
    {
    }

    /// <summary>First and second derivatives by one score, times the row's weight.</summary>
    /// <param name="block">Where.</param>
    /// <param name="gradients">[rows of the block], overwritten.</param>
    /// <param name="hessians">[rows of the block], overwritten; at least 0.</param>
    public abstract void Derive(in ScoreBlock block, Span<double> gradients, Span<double> hessians);

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
