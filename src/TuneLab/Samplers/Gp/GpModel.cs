using TuneLab.Numerics;

namespace TuneLab.Samplers.Gp;

/// <summary>
/// A Gaussian process given some points and losses (Rasmussen and Williams 2006, algorithm 2.1) and points whose losses are not known yet: these are taken to be what the others predict (the kriging
/// believer of Ginsbourger et al. 2010), which leaves the mean as it is and narrows the deviation around them.
/// </summary>
internal sealed class GpModel
{
    private const double LeastVariance = 1e-12;
    private const double NoNoise = 1e-6;

    private readonly BoxSpace _space;
    private readonly GpKernel _kernel;
    private readonly int _capacity;
    private readonly Cholesky _factor;

    // [features x capacity]
    private readonly double[] _features;
    private readonly double[] _one;
    private readonly double[] _distances;
    private readonly double[] _slopes;
    private readonly double[] _solved;
    private double[] _alpha = [];
    private double _mean;
    private double _variance = 1;

    public GpModel(BoxSpace space, GpKernel kernel, int capacity)
    {
        (_space, _kernel, _capacity, _factor) = (space, kernel, capacity, new Cholesky(capacity));
        _features = new double[space.Features * capacity];
        _one = new double[space.Features];
        (_distances, _slopes, _solved) = (new double[capacity], new double[capacity], new double[capacity]);
    }

    /// <summary>How many points it has.</summary>
    public int Count => _factor.Count;

    /// <summary>How many it has room for.</summary>
    public int Capacity => _capacity;

    /// <summary>Adds a point.</summary>
    public void Add(BoxPoint point) => Add(point, _kernel.Noise);

    /// <summary>Adds a point whose loss is not known yet: taken to be what the model predicts, without noise. After <see cref="Learn"/>.</summary>
    public void AddUnderWay(BoxPoint point) => Add(point, NoNoise);

    private void Add(BoxPoint point, double noise)
    {
        Distances(point);
        var n = Count;
        for (var f = 0; f < _one.Length; f++)
        {
            _features[(f * _capacity) + n] = _one[f];
        }

        for (var i = 0; i < n; i++)
        {
            _distances[i] = GpKernel.Of(_distances[i]);
        }

        _distances[n] = 1 + noise;
        _factor.Add(_distances.AsSpan(0, n + 1));
    }

    /// <summary>Forgets all points but the first <paramref name="count"/>.</summary>
    public void Cut(int count) => _factor.Cut(count);

    /// <summary>Takes the losses of all points so far.</summary>
    /// <returns>[points] the means at the points.</returns>
    public double[] Learn(double[] targets)
    {
        var (alpha, ones) = ((double[])targets.Clone(), new double[Count]);
        Array.Fill(ones, 1);
        _factor.Forward(alpha);
        _factor.Forward(ones);
        _mean = Rows.Dot(alpha, ones) / (Rows.Dot(ones, ones) + GpFit.MeanPrecision);
        Rows.AddTimes(alpha, ones, -_mean);
        _variance = (Rows.Dot(alpha, alpha) + (_mean * _mean * GpFit.MeanPrecision) + GpFit.VarianceTrials) / (Count + GpFit.VarianceTrials);
        _factor.Backward(alpha);
        _alpha = alpha;
        return [.. targets.Select((y, i) => y - (_kernel.Noise * alpha[i]))];
    }

    /// <summary>The mean and the deviation at a point, without noise.</summary>
    public (double Mean, double Deviation) At(BoxPoint point)
    {
        Distances(point);
        for (var i = 0; i < Count; i++)
        {
            _solved[i] = GpKernel.Of(_distances[i]);
        }

        return Solve();
    }

    /// <summary>The same, and the derivatives by each number.</summary>
    /// <param name="point">Where.</param>
    /// <param name="byMean">[numbers] of the mean.</param>
    /// <param name="byDeviation">[numbers] of the deviation.</param>
    public (double Mean, double Deviation) At(BoxPoint point, Span<double> byMean, Span<double> byDeviation)
    {
        var (mean, deviation) = At(point);
        var n = Count;
        var solved = _solved.AsSpan(0, n);
        _factor.Backward(solved);
        var (meanSum, deviationSum) = (0.0, 0.0);
        var meanWeights = _slopes.AsSpan(0, _alpha.Length);
        for (var i = 0; i < n; i++)
        {
            var slope = GpKernel.Slope(_distances[i]);
            deviationSum += solved[i] *= slope;
            if (i < meanWeights.Length)
            {
                meanSum += meanWeights[i] = _alpha[i] * slope;
            }
        }

        for (var f = 0; f < _space.Numbers; f++)
        {
            var feature = _features.AsSpan(f * _capacity, n);
            var byX = double.IsNaN(point.Numbers[f]) ? 0 : _kernel.Slopes(f, point.Numbers[f]).X;
            byMean[f] = -byX * ((_one[f] * meanSum) - Rows.Dot(meanWeights, feature[..meanWeights.Length]));
            byDeviation[f] = byX * ((_one[f] * deviationSum) - Rows.Dot(solved, feature)) * _variance / deviation;
        }

        return (mean, deviation);
    }

    // from the kernels in _solved, which become L^-1 k
    private (double Mean, double Deviation) Solve()
    {
        var solved = _solved.AsSpan(0, Count);
        var mean = _mean + Rows.Dot(solved[.._alpha.Length], _alpha);
        _factor.Forward(solved);
        return (mean, Math.Sqrt(Math.Max(1 - Rows.Dot(solved, solved), LeastVariance) * _variance));
    }

    // squared, of the features
    private void Distances(BoxPoint point)
    {
        _kernel.Write(point, _one);
        var distances = _distances.AsSpan(0, Count);
        distances.Clear();
        for (var f = 0; f < _one.Length; f++)
        {
            Rows.AddSquares(distances, _features.AsSpan(f * _capacity, Count), _one[f]);
        }
    }
}
