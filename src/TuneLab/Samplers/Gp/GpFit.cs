using TuneLab.Numerics;

namespace TuneLab.Samplers.Gp;

/// <summary>
/// Finds the parameters that make what was seen likeliest, times their priors (maximum a posteriori; Rasmussen and Williams 2006, Gaussian Processes for Machine Learning, section 5.4), by
/// <see cref="Rprop"/>. The function's mean and variance are not among them: the best for given parameters are known in closed form and put in, with weak priors.
/// </summary>
internal sealed class GpFit
{
    /// <summary>How many trials' worth the prior of the function's variance has; its mean is 1.</summary>
    public const double VarianceTrials = 2;

    /// <summary>The prior precision of the function's mean, over the function's variance.</summary>
    public const double MeanPrecision = 0.1;

    private const int Iterations = 40;

    private readonly BoxSpace _space;
    private readonly BoxPoint[] _points;
    private readonly double[] _targets;
    private readonly double[] _middle;
    private readonly double[] _spread;

    /// <inheritdoc cref="Of"/>
    public GpFit(BoxSpace space, BoxPoint[] points, double[] targets)
        => (_space, _points, _targets, _middle, _spread) = (space, points, targets, GpParameters.Middle(space), GpParameters.Spread(space));

    /// <summary>The parameters.</summary>
    /// <param name="space">Where the points lie.</param>
    /// <param name="points">What was seen.</param>
    /// <param name="targets">Its losses, of mean 0 and deviation 1.</param>
    public static double[] Of(BoxSpace space, BoxPoint[] points, double[] targets)
        => Rprop.Minimize(GpParameters.Middle(space), GpParameters.Low(space), GpParameters.High(space), GpParameters.Steps(space), Iterations, new GpFit(space, points, targets).Slope).Point;

    /// <summary>Minus the logarithm of the posterior, up to a constant, and its gradient.</summary>
    public double Slope(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        var n = _points.Length;
        var kernel = new GpKernel(_space, parameters.ToArray());
        var features = Features(kernel);
        var (squared, factor) = Factor(kernel, features);

        // alpha = K^-1 (y - mean), with the likeliest mean
        var (alpha, ones) = ((double[])_targets.Clone(), new double[n]);
        Array.Fill(ones, 1);
        factor.Forward(alpha);
        factor.Forward(ones);
        var mean = Rows.Dot(alpha, ones) / (Rows.Dot(ones, ones) + MeanPrecision);
        Rows.AddTimes(alpha, ones, -mean);
        var spread = Rows.Dot(alpha, alpha) + (mean * mean * MeanPrecision) + VarianceTrials;
        factor.Backward(alpha);

        // the derivative of the value by each entry of K, twice, and from it by each squared distance
        var weights = factor.Inverse();
        var (variance, trace) = (spread / (n + VarianceTrials), 0.0);
        for (var i = 0; i < n; i++)
        {
            var row = weights.AsSpan(i * n, n);
            Rows.AddTimes(row, alpha, -alpha[i] / variance);
            trace += row[i];
            for (var j = 0; j < n; j++)
            {
                row[j] *= squared[(i * n) + j];
            }
        }

        gradient.Clear();
        AddFeatureSlopes(kernel, features, weights, gradient);
        gradient[^1] = 0.5 * kernel.Noise * trace;
        var value = (0.5 * (n + VarianceTrials) * Math.Log(spread)) + factor.LogDiagonal;
        for (var i = 0; i < gradient.Length; i++)
        {
            var away = (parameters[i] - _middle[i]) / _spread[i];
            value += 0.5 * away * away;
            gradient[i] += away / _spread[i];
        }

        return value;
    }

    // [features x points]
    private double[] Features(GpKernel kernel)
    {
        var n = _points.Length;
        var features = new double[_space.Features * n];
        var one = new double[_space.Features];
        for (var i = 0; i < n; i++)
        {
            kernel.Write(_points[i], one);
            for (var f = 0; f < one.Length; f++)
            {
                features[(f * n) + i] = one[f];
            }
        }

        return features;
    }

    // the factor of K, and [points x points] the kernel's slopes by the squared distance, times -2
    private (double[] Slopes, Cholesky Factor) Factor(GpKernel kernel, double[] features)
    {
        var n = _points.Length;
        var (slopes, row, factor) = (new double[n * n], new double[n], new Cholesky(n));
        for (var i = 0; i < n; i++)
        {
            var distances = row.AsSpan(0, i + 1);
            distances.Clear();
            for (var f = 0; f < _space.Features; f++)
            {
                Rows.AddSquares(distances, features.AsSpan(f * n, i + 1), features[(f * n) + i]);
            }

            for (var j = 0; j < i; j++)
            {
                slopes[(i * n) + j] = slopes[(j * n) + i] = GpKernel.Slope(distances[j]);
                distances[j] = GpKernel.Of(distances[j]);
            }

            distances[i] = 1 + kernel.Noise;
            factor.Add(distances);
        }

        return (slopes, factor);
    }

    private void AddFeatureSlopes(GpKernel kernel, double[] features, double[] weights, Span<double> gradient)
    {
        var n = _points.Length;
        var (numbers, coordinate) = (_space.Numbers, 0);
        var left = Width(0);
        double[] sums = [.. Enumerable.Range(0, n).Select(i => Sum(weights.AsSpan(i * n, n)))];
        for (var f = 0; f < _space.Features; f++)
        {
            var feature = features.AsSpan(f * n, n);
            for (var i = 0; i < n; i++)
            {
                // minus the derivative by this feature of this point
                var pull = (sums[i] * feature[i]) - Rows.Dot(weights.AsSpan(i * n, n), feature);
                gradient[coordinate] += feature[i] * pull;
                if (f < numbers)
                {
                    var (_, byA, byB) = kernel.Slopes(f, BoxSpace.Known(_points[i].Numbers[f]));
                    gradient[_space.Dimensions + f] -= pull * byA;
                    gradient[_space.Dimensions + numbers + f] -= pull * byB;
                }
            }

            if (--left == 0)
            {
                coordinate++;
                left = Width(coordinate);
            }
        }
    }

    // how many features a coordinate has
    private int Width(int coordinate) => coordinate < _space.Numbers || coordinate == _space.Dimensions ? 1 : _space.Counts[coordinate - _space.Numbers];

    private static double Sum(ReadOnlySpan<double> row)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            sum += value;
        }

        return sum;
    }
}
