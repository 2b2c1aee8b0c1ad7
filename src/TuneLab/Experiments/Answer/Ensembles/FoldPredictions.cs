using TuneLab.Data;
using TuneLab.Metrics;

namespace TuneLab.Experiments.Answer.Ensembles;

/// <summary>What the candidates predict on one fold's validation rows. Immutable.</summary>
/// <param name="Task">What was learned.</param>
/// <param name="Truth">[rows]</param>
/// <param name="Weights">[rows], or null.</param>
/// <param name="Outputs">Numbers per row.</param>
/// <param name="Candidates">[candidates][rows x outputs], row-major.</param>
internal sealed record FoldPredictions(LearningTask Task, double[] Truth, double[]? Weights, int Outputs, float[][] Candidates)
{
    /// <summary>The weighted average of the candidates.</summary>
    /// <param name="weights">[candidates], together 1; those of weight 0 are left out.</param>
    public Predictions Blend(double[] weights)
    {
        var values = new double[Truth.Length * Outputs];
        for (var c = 0; c < weights.Length; c++)
        {
            for (var i = 0; weights[c] > 0 && i < values.Length; i++)
            {
                values[i] += weights[c] * Candidates[c][i];
            }
        }

        return Of(values);
    }

    /// <summary>Other values on the same rows.</summary>
    public Predictions Of(double[] values) => new(Task, Truth, values, Outputs, Weights);
}

/// <summary>The sum of some candidates' predictions on one fold, to which one more is added at a time. Not thread-safe.</summary>
internal sealed class PredictionSum
{
    private readonly FoldPredictions _fold;
    private readonly double[] _sum;
    private int _count;

    /// <param name="fold">The fold.</param>
    /// <param name="counts">[candidates] how often each is in. <value>Null: the sum is empty.</value></param>
    public PredictionSum(FoldPredictions fold, int[]? counts = null)
    {
        (_fold, _sum) = (fold, new double[fold.Truth.Length * fold.Outputs]);
        for (var c = 0; c < counts?.Length; c++)
        {
            for (var n = 0; n < counts[c]; n++)
            {
                Add(c);
            }
        }
    }

    /// <summary>Adds a candidate.</summary>
    public void Add(int candidate)
    {
        var values = _fold.Candidates[candidate];
        for (var i = 0; i < _sum.Length; i++)
        {
            _sum[i] += values[i];
        }

        _count++;
    }

    /// <summary>The average's score.</summary>
    public double Score(Metric metric) => metric.Score(_fold.Of(Array.ConvertAll(_sum, s => s / _count)));

    /// <summary>The score of the average with one more candidate.</summary>
    public double ScoreWith(Metric metric, int candidate)
    {
        var (values, more) = (_fold.Candidates[candidate], new double[_sum.Length]);
        for (var i = 0; i < more.Length; i++)
        {
            more[i] = (_sum[i] + values[i]) / (_count + 1);
        }

        return metric.Score(_fold.Of(more));
    }
}
