namespace TuneLab.Learners.Linear;

/// <summary>The known values of a numeric feature on the training rows, sorted, with weights: whole weights count like repeated rows.</summary>
internal sealed class WeightedValues
{
    private readonly double[] _values;
    private readonly double[] _cumulative;

    /// <param name="feature">[table rows]; NaN is left out.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="weights">[table rows] or null; rows of weight 0 are left out.</param>
    public WeightedValues(float[] feature, int[] rows, double[]? weights)
    {
        var values = new List<double>(rows.Length);
        var kept = new List<double>(weights is null ? 0 : rows.Length);
        foreach (var row in rows)
        {
            if (float.IsNaN(feature[row]) || weights?[row] == 0)
            {
                continue;
            }

            values.Add(feature[row]);
            if (weights is not null)
            {
                kept.Add(weights[row]);
            }
        }

        _values = [.. values];
        _cumulative = weights is null ? [] : [.. kept];
        if (weights is null)
        {
            Array.Sort(_values);
            return;
        }

        Array.Sort(_values, _cumulative);
        for (var i = 1; i < _cumulative.Length; i++)
        {
            _cumulative[i] += _cumulative[i - 1];
        }
    }

    /// <summary>The number of known values.</summary>
    public int Count => _values.Length;

    private double Total => _cumulative.Length > 0 ? _cumulative[^1] : _values.Length;

    /// <summary>The value below which that share of the weight lies; between two values their middle.</summary>
    /// <param name="share">0 to 1.</param>
    public double Quantile(double share)
    {
        var target = share * Total;
        var i = _cumulative.Length > 0 ? FirstAtLeast(target) : Math.Clamp((int)Math.Ceiling(target) - 1, 0, _values.Length - 1);
        var reached = _cumulative.Length > 0 ? _cumulative[i] : i + 1;
        return reached == target && i + 1 < _values.Length ? _values[i] + (_values[i + 1] - _values[i]) / 2 : _values[i];
    }

    /// <summary>The value that has at least that share of the weight, above one half; null when none has.</summary>
    public double? UsualValue(double share)
    {
        if (_values.Length == 0)
        {
            return null;
        }

        var middle = Quantile(0.5); // such a value can't but stand there
        double weight = 0;
        var first = Array.BinarySearch(_values, middle);
        while (first > 0 && _values[first - 1] == middle)
        {
            first--;
        }

        for (var i = first; i >= 0 && i < _values.Length && _values[i] == middle; i++)
        {
            weight += Weight(i);
        }

        return weight >= share * Total ? middle : null;
    }

    /// <summary>Mean and standard deviation (dividing by the weight) of a function of the values.</summary>
    public (double Mean, double Deviation) Moments(Func<double, double> of)
    {
        double mean = 0, square = 0;
        for (var i = 0; i < _values.Length; i++)
        {
            mean += Weight(i) * of(_values[i]);
        }

        mean /= Total;
        for (var i = 0; i < _values.Length; i++)
        {
            var distance = of(_values[i]) - mean;
            square += Weight(i) * distance * distance;
        }

        return (mean, Math.Sqrt(square / Total));
    }

    private double Weight(int i) => _cumulative.Length == 0 ? 1 : i == 0 ? _cumulative[0] : _cumulative[i] - _cumulative[i - 1];

    private int FirstAtLeast(double target)
    {
        var i = Array.BinarySearch(_cumulative, target);
        return Math.Min(i < 0 ? ~i : i, _cumulative.Length - 1);
    }
}
