using TuneLab.Data;

namespace TuneLab.Learners.Linear;

/// <summary>What a row costs as a function of its margins (the weighted sums, one per output), and how margins become predictions. Stateless.</summary>
internal abstract class LinearLoss
{
    public static LinearLoss For(LearningTask task) => task switch
    {
        LearningTask.Binary => new LogisticLoss(),
        LearningTask.Multiclass => new SoftmaxLoss(),
        _ => new SquaredLoss(),
    };

    /// <summary>Whether the second derivatives are the same everywhere.</summary>
    public virtual bool IsQuadratic => false;

    /// <param name="margins">[outputs].</param>
    /// <param name="target">Class index or number.</param>
    public abstract double Value(ReadOnlySpan<double> margins, double target);

    /// <summary>The first derivatives by the margins.</summary>
    /// <param name="margins">[outputs].</param>
    /// <param name="target">Class index or number.</param>
    /// <param name="slopes">[outputs], overwritten.</param>
    public abstract void Slopes(ReadOnlySpan<double> margins, double target, Span<double> slopes);

    /// <summary>The second derivatives by the margins; no loss needs the target for them.</summary>
    /// <param name="margins">[outputs].</param>
    /// <param name="curvature">[outputs x outputs], overwritten.</param>
    public abstract void Curvature(ReadOnlySpan<double> margins, Span<double> curvature);

    /// <summary>Turns margins into predictions, in place.</summary>
    public abstract void Predict(Span<double> margins);
}
