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

    /// <summary>The loss and its first derivatives by the margins.</summary>
    /// <param name="margins">[outputs].</param>
    /// <param name="target">Class index or number.</param>
    /// <param name="slopes">[outputs], overwritten.</param>
    public abstract double Value(ReadOnlySpan<double> margins, double target, Span<double> slopes);

    /// <summary>The second derivative by the margins of two outputs.</summary>
    /// <param name="predictions">[outputs]: what <see cref="Predict"/> makes of the margins.</param>
    /// <param name="output">One output.</param>
    /// <param name="other">Another, or the same.</param>
    public abstract double Curvature(ReadOnlySpan<double> predictions, int output, int other);

    /// <summary>Turns margins into predictions, in place.</summary>
    public abstract void Predict(Span<double> margins);
}
