namespace TuneLab.Samplers.Gp;

/// <summary>
/// The Matern kernel with nu = 5/2 and a length for each coordinate (automatic relevance determination) on warped numbers and one-hot choices, with variance 1. Immutable.
/// </summary>
internal sealed class GpKernel
{
    private readonly BoxSpace _space;
    private readonly double[] _parameters;

    // [coordinates] 1 / length; for choices over the root of 2, so that two of them are 1 / length apart
    private readonly double[] _scales;
    private readonly double[] _a;
    private readonly double[] _b;

    public GpKernel(BoxSpace space, double[] parameters)
    {
        (_space, _parameters) = (space, parameters);
        _scales = [.. Enumerable.Range(0, space.Dimensions).Select(i => Math.Exp(-parameters[i]) / (i < space.Numbers ? 1 : Math.Sqrt(2)))];
        _a = [.. Enumerable.Range(0, space.Numbers).Select(i => Math.Exp(parameters[space.Dimensions + i]))];
        _b = [.. Enumerable.Range(0, space.Numbers).Select(i => Math.Exp(parameters[space.Dimensions + space.Numbers + i]))];
        Noise = Math.Exp(parameters[^1]);
    }

    /// <summary>The noise's variance; the function's is 1.</summary>
    public double Noise { get; }

    /// <summary>The length of a coordinate.</summary>
    public double Length(int coordinate) => Math.Exp(_parameters[coordinate]);

    /// <summary>The kernel of two points whose features are that far apart, squared.</summary>
    public static double Of(double squared)
    {
        var s = Math.Sqrt(5 * squared);
        return (1 + s + (s * s / 3)) * Math.Exp(-s);
    }

    /// <summary>Its derivative by the squared distance, times -2.</summary>
    public static double Slope(double squared)
    {
        var s = Math.Sqrt(5 * squared);
        return 5 / 3.0 * (1 + s) * Math.Exp(-s);
    }

    /// <summary>Writes the features of a point.</summary>
    public void Write(BoxPoint point, Span<double> features)
    {
        for (var i = 0; i < point.Numbers.Length; i++)
        {
            features[i] = InputWarp.Of(BoxSpace.Known(point.Numbers[i]), _a[i], _b[i]) * _scales[i];
        }

        var at = point.Numbers.Length;
        for (var c = 0; c < point.Choices.Length; c++)
        {
            features.Slice(at, _space.Counts[c]).Clear();
            if (point.Choices[c] >= 0)
            {
                features[at + point.Choices[c]] = _scales[point.Numbers.Length + c];
            }

            at += _space.Counts[c];
        }
    }

    /// <summary>The derivatives of a number's feature by the number, by ln a and by ln b.</summary>
    public (double X, double A, double B) Slopes(int number, double x)
    {
        var (byX, byA, byB) = InputWarp.Slopes(x, _a[number], _b[number]);
        return (byX * _scales[number], byA * _scales[number], byB * _scales[number]);
    }
}
