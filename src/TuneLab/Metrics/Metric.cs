using TuneLab.Data;

namespace TuneLab.Metrics;

/// <summary>
/// A score of predictions against the truth. Instances are stateless, thread-safe and registered in <c>MetricCatalog</c>.
/// <para><b>Contract.</b> <see cref="Score"/> is a pure function; it never throws on values that a model can give: where the metric is not defined (one class only
/// for <c>auc</c>, a prediction that is NaN or infinite, no row or no weight at all) it is NaN, and a NaN score counts as worse than any number. Weights of zero are as if the
/// row were not there, a whole weight as if the row occurred that often, and only the ratios of weights matter.</para>
/// </summary>
public abstract class Metric : Objective
{
    /// <summary>The task it belongs to; an id may exist for several tasks (<c>logloss</c>), each with its own instance.</summary>
    public abstract LearningTask Task { get; }

    /// <summary>The smallest and the largest value that it can take; infinite where unbounded.</summary>
    public abstract (double Low, double High) Range { get; }

    /// <summary>Whether it judges labels at a threshold (<c>f1</c>) and not probabilities (<c>auc</c>).</summary>
    public virtual bool UsesThreshold => false;

    /// <summary>Raised when the same predictions score otherwise than before; part of the cache key.</summary>
    public virtual int Version => 1;

    /// <summary>Why it is not defined for a label with these values, whatever the model, in words to end a sentence with; null when it is.</summary>
    /// <param name="truth">[rows], as in <see cref="TaskTable.Target"/>.</param>
    public virtual string? Objection(double[] truth) => null;

    /// <summary>The score, or NaN where it is not defined.</summary>
    /// <exception cref="ArgumentException">The predictions are of another task.</exception>
    public double Score(Predictions predictions)
    {
        RequireTask(predictions);
        return predictions.Counted is { } counted ? Compute(counted) : double.NaN;
    }

    /// <summary>
    /// The score of the same predictions as a function of the weights: what does not depend on weights is worked out once, so that a bootstrap
    /// that re-weights them thousands of times is quick. The function takes [rows] weights of at least 0 in place of <see cref="Predictions.Weights"/>, does not
    /// keep them, and is thread-safe.
    /// </summary>
    /// <exception cref="ArgumentException">The predictions are of another task.</exception>
    public Func<double[], double> Reweighted(Predictions predictions)
    {
        RequireTask(predictions);
        if (!predictions.AllFinite)
        {
            return weights => Score(predictions.WithWeights(weights));
        }

        var compute = Prepare(predictions);
        return weights => Predictions.AnyPositive(weights) ? compute(weights) : double.NaN;
    }

    /// <summary>The score, or NaN where it is not defined.</summary>
    /// <param name="predictions">At least one row of positive weight; every number is finite.</param>
    protected abstract double Compute(Predictions predictions);

    /// <summary><see cref="Compute"/> as a function of the weights.</summary>
    /// <param name="predictions">Every number is finite.</param>
    /// <returns>Takes [rows] weights, at least one of them positive; thread-safe.</returns>
    protected virtual Func<double[], double> Prepare(Predictions predictions) => weights => Compute(predictions.WithWeights(weights));

    private void RequireTask(Predictions predictions)
    {
        if (predictions.Task != Task)
        {
            throw new ArgumentException($"The metric '{Id}' scores {Task} predictions, not {predictions.Task} ones.", nameof(predictions));
        }
    }
}
