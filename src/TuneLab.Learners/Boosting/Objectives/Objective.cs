using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>
/// What boosting minimises: its first and second derivatives by the raw scores, where the scores begin, what a leaf is worth, and how raw scores become predictions.
/// Belongs to one run, which calls <see cref="Initial"/> once and <see cref="BeginRound"/> before each round; <see cref="Prepare"/>, <see cref="Derive"/> and
/// <see cref="Refit"/> are called by many threads at once.
/// Arrays of several scores per row are score-major: all rows of the first score, then all of the second. Derivatives are asked for score by score and in blocks of rows; a
/// row's must not depend on its place in a block.
/// </summary>
internal abstract class Objective
{
    /// <summary>Which one it is.</summary>
    public abstract ObjectiveKind Kind { get; }

    /// <summary>The number that it was made with, 0 where there is none.</summary>
    public virtual double Parameter => 0;

    /// <summary>Raw scores per row; one tree a round for each.</summary>
    public virtual int Scores => 1;

    /// <summary>Whether <see cref="Derive"/> needs a number per row that all scores of a round share and <see cref="Prepare"/> makes.</summary>
    public virtual bool HasShared => false;

    /// <summary>Whether leaves take their values from their rows, by <see cref="Refit"/>, instead of a Newton step.</summary>
    public virtual bool Refits => false;

    /// <summary>Whether leaves take the steps of <see cref="EvidenceSteps"/> instead of their own Newton steps.</summary>
    public virtual bool StepsByEvidence => false;

    /// <summary>Refuses a label that it can't learn.</summary>
    /// <param name="target">[rows], finite.</param>
    /// <param name="rows">[rows]: their numbers, for the message.</param>
    /// <exception cref="InputException">There is one.</exception>
    public virtual void Check(double[] target, int[] rows)
    {
    }

    /// <summary>The best constant scores.</summary>
    /// <param name="target">[rows].</param>
    /// <param name="weights">[rows] above 0, or null.</param>
    public abstract double[] Initial(double[] target, double[]? weights);

    /// <summary>Looks at all rows before a round.</summary>
    /// <param name="target">[rows].</param>
    /// <param name="weights">[rows] above 0, or null.</param>
    /// <param name="scores">[scores x rows].</param>
    public virtual void BeginRound(double[] target, double[]? weights, double[] scores)
    {
    }

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

    /// <summary>What becomes of a leaf's Newton step before the learning rate: the same unless steps can go much too far. Grows with the step and keeps its sign.</summary>
    public virtual double Damp(double step) => step;

    /// <summary>The value of a leaf before the learning rate, where <see cref="Refits"/>.</summary>
    /// <param name="residuals">Label minus score of its rows; rearranged.</param>
    /// <param name="weights">Of the same rows, above 0; empty: all 1; rearranged.</param>
    public virtual double Refit(Span<double> residuals, Span<double> weights) => throw new NotSupportedException();

    /// <summary>Turns the raw scores of one row into its predictions, in place.</summary>
    public virtual void Link(Span<double> row)
    {
    }

    /// <summary>What <c>auto</c> is for a task.</summary>
    /// <param name="task">What is learned.</param>
    /// <param name="outputs">Numbers per row that a model gives.</param>
    public static Objective Of(LearningTask task, int outputs) => Of(task switch
    {
        LearningTask.Binary => ObjectiveKind.Logistic,
        LearningTask.Multiclass => ObjectiveKind.Softmax,
        _ => ObjectiveKind.Squared,
    }, 0, outputs);

    /// <summary>An objective by kind.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="parameter">As <see cref="Parameter"/>.</param>
    /// <param name="outputs">Numbers per row that a model gives.</param>
    /// <exception cref="InvalidDataException">There is no such kind.</exception>
    public static Objective Of(ObjectiveKind kind, double parameter, int outputs) => kind switch
    {
        ObjectiveKind.Logistic => new LogisticObjective(),
        ObjectiveKind.Softmax => new SoftmaxObjective(outputs),
        ObjectiveKind.Squared => new SquaredObjective(),
        ObjectiveKind.Absolute => QuantileObjective.Absolute(),
        ObjectiveKind.Huber => new HuberObjective(parameter),
        ObjectiveKind.Quantile => new QuantileObjective(parameter),
        ObjectiveKind.Poisson => new PoissonObjective(),
        _ => throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The 'boosting' model has the objective {(int)kind}, which this version doesn't know; it was made by a newer one, or is damaged.")),
    };
}
