namespace TuneLab.Metrics;

/// <summary>A metric that is made from the weighted mean of a loss per row.</summary>
internal abstract class PointwiseMetric : Metric
{
    /// <summary>The weighted mean of the rows' losses.</summary>
    public double Mean(Predictions predictions)
    {
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < predictions.Count; i++)
        {
            var weight = predictions.Weight(i);
            sum += weight * Loss(predictions, i);
            total += weight;
        }

        return sum / total;
    }

    /// <summary>The loss of one row; finite for finite predictions.</summary>
    protected abstract double Loss(Predictions predictions, int row);

    /// <summary>The score that belongs to a mean loss.</summary>
    protected virtual double FromMean(double mean) => mean;

    protected override double Compute(Predictions predictions) => FromMean(Mean(predictions));

    protected sealed override Func<double[], double> Prepare(Predictions predictions)
    {
        var losses = new double[predictions.Count];
        for (var i = 0; i < losses.Length; i++)
        {
            losses[i] = Loss(predictions, i);
        }

        return weights =>
        {
            var (sum, total) = (0.0, 0.0);
            for (var i = 0; i < losses.Length; i++)
            {
                sum += weights[i] * losses[i];
                total += weights[i];
            }

            return FromMean(sum / total);
        };
    }
}
