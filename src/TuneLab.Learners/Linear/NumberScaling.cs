using MathNet.Numerics.Distributions;

namespace TuneLab.Learners.Linear;

/// <summary>Maps a number to one of mean 0 and deviation 1 on the training rows; a missing one takes the place of the median.</summary>
internal sealed class NumberScaling
{
    /// <summary>How many points describe the distribution of a column for <see cref="NumberTransform.Quantile"/>.</summary>
    public const int Knots = 64;

    /// <summary>No scaled value is larger, so that a wild number to predict from gives no NaN; training rows never come near.</summary>
    private const double Limit = 1e6;

    private readonly double _median;
    private readonly double _mean;
    private readonly double _deviation;

    // ascending, distinct; empty for the standard transform
    private readonly double[] _knots;
    private readonly double[] _scores;

    private NumberScaling(double median, double mean, double deviation, double[] knots, double[] scores)
        => (_median, _mean, _deviation, _knots, _scores) = (median, mean, deviation, knots, scores);

    /// <summary>Null when the values are all the same.</summary>
    public static NumberScaling? Fit(WeightedValues values, NumberTransform transform)
    {
        if (values.Count == 0)
        {
            return null;
        }

        double[] knots = [], scores = [];
        if (transform == NumberTransform.Quantile)
        {
            (knots, scores) = FitKnots(values);
        }

        var raw = new NumberScaling(0, 0, 1, knots, scores);
        var (mean, deviation) = values.Moments(raw.Transformed);
        return deviation > 1e-12 * Math.Abs(mean) ? new NumberScaling(values.Quantile(0.5), mean, deviation, knots, scores) : null;
    }

    public float Scale(float value)
    {
        var known = float.IsNaN(value) ? _median : value;
        return (float)Math.Clamp((Transformed(known) - _mean) / _deviation, -Limit, Limit);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_median);
        writer.Write(_mean);
        writer.Write(_deviation);
        writer.Write(_knots.Length);
        for (var i = 0; i < _knots.Length; i++)
        {
            writer.Write(_knots[i]);
            writer.Write(_scores[i]);
        }
    }

    public static NumberScaling Load(BinaryReader reader)
    {
        var (median, mean, deviation) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        var count = reader.ReadInt32();
        if (count is < 0 or > Knots)
        {
            throw new InvalidDataException($"The linear model is damaged: a column of {count} knots.");
        }

        var (knots, scores) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            (knots[i], scores[i]) = (reader.ReadDouble(), reader.ReadDouble());
        }

        return new NumberScaling(median, mean, deviation, knots, scores);
    }

    private static (double[] Knots, double[] Scores) FitKnots(WeightedValues values)
    {
        List<double> knots = [], scores = [];
        for (var i = 0; i < Knots;)
        {
            // equal quantiles are one knot at the middle of their ranks
            var (first, value) = (i, values.Quantile((i + 0.5) / Knots));
            while (i < Knots && values.Quantile((i + 0.5) / Knots) == value)
            {
                i++;
            }

            knots.Add(value);
            scores.Add(Normal.InvCDF(0, 1, (first + i) / 2.0 / Knots));
        }

        return ([.. knots], [.. scores]);
    }

    private double Transformed(double value)
    {
        if (_knots.Length == 0)
        {
            return value;
        }

        var i = Array.BinarySearch(_knots, value);
        if (i >= 0)
        {
            return _scores[i];
        }

        i = ~i;
        if (i == 0 || i == _knots.Length)
        {
            return _scores[i == 0 ? 0 : ^1];
        }

        var share = (value - _knots[i - 1]) / (_knots[i] - _knots[i - 1]);
        return _scores[i - 1] + share * (_scores[i] - _scores[i - 1]);
    }
}
