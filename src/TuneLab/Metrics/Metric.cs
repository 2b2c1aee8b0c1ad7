using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>
/// A score of predictions against the truth. Instances are stateless, thread-safe and registered in <c>MetricCatalog</c>.
/// <para><b>Contract.</b> <see cref="Score"/> is a pure function; it never throws on values that a model can give: where the metric is not defined (one class only
/// for <c>auc</c>, NaN predictions) it is NaN, and a NaN score counts as worse than any number. Weights of zero are as if the row were not there.</para>
/// </summary>
public abstract class Metric
{
    /// <summary>The name in the experiment file, lower case with underscores.</summary>
    public abstract string Id { get; }

    /// <summary>The task it belongs to; an id may exist for several tasks (<c>logloss</c>), each with its own instance.</summary>
    public abstract LearningTask Task { get; }

    /// <summary>Whether more is better.</summary>
    public abstract bool HigherIsBetter { get; }

    /// <summary>The smallest and the largest value that it can take; infinite where unbounded.</summary>
    public abstract (double Low, double High) Range { get; }

    /// <summary>Whether it judges labels at a threshold (<c>f1</c>) and not probabilities (<c>auc</c>).</summary>
    public virtual bool UsesThreshold => false;

    /// <summary>Raised when the same predictions score otherwise than before; part of the cache key.</summary>
    public virtual int Version => 1;

    /// <summary>The score, or NaN where it is not defined.</summary>
    public abstract double Score(Predictions predictions);

    /// <summary>Positive when <paramref name="a"/> is better than <paramref name="b"/>, in the metric's unit; NaN when either is.</summary>
    public double Gain(double a, double b) => HigherIsBetter ? a - b : b - a;

    /// <summary>Compares so that better comes first; NaN comes last.</summary>
    public int Compare(double a, double b)
        => double.IsNaN(a) ? (double.IsNaN(b) ? 0 : 1) : double.IsNaN(b) ? -1 : HigherIsBetter ? b.CompareTo(a) : a.CompareTo(b);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
