using MathNet.Numerics;
using TuneLab.Randomness;

namespace TuneLab.Samplers.Tpe;

/// <summary>
/// A density over the points of a box: a kernel around each point seen (a product of truncated normals over the numbers, and of discrete kernels over the choices), and the uniform density with the
/// weight of one point (Watanabe 2023, Tree-structured Parzen estimator, sections 3.2 and 3.3). Where a parameter is inactive in the point seen, its factor is uniform; where it is inactive in the
/// point asked about, it has none. Immutable.
/// </summary>
internal sealed class ParzenEstimator
{
    // of the box's side, for one point; it narrows with the number of points as Scott's rule has it, but not below the side over two more than the points
    private const double Width = 0.1;
    private const int TableSteps = 128;

    private readonly BoxPoint[] _points;
    private readonly double[] _deviations;
    private readonly double[] _precisions;

    // [points x numbers]: the middles of the kernels, and the logarithms of their factors before the exponential
    private readonly double[] _middles;
    private readonly double[] _factors;
    private readonly double[] _spread;
    private readonly int[] _counts;

    /// <param name="points">What was seen; may be empty.</param>
    /// <param name="cells">[numbers] the width of a cell of a discrete number, 0 for a continuous one.</param>
    /// <param name="counts">[choices] how many there are.</param>
    public ParzenEstimator(BoxPoint[] points, double[] cells, int[] counts)
    {
        (_points, _counts) = (points, counts);
        var n = Math.Max(1, points.Length);
        var width = Math.Max(Width * Math.Pow(n, -1.0 / (cells.Length + counts.Length + 4)), 1.0 / Math.Min(100, n + 2));
        _deviations = Array.ConvertAll(cells, cell => Math.Max(width, cell / 2));
        _precisions = Array.ConvertAll(_deviations, d => 1 / d);
        (_middles, _factors) = (new double[points.Length * cells.Length], new double[points.Length * cells.Length]);
        for (var i = 0; i < cells.Length; i++)
        {
            var (logMass, constant) = (LogMass(_deviations[i]), Math.Log(_deviations[i] * Constants.Sqrt2Pi));
            for (var k = 0; k < points.Length; k++)
            {
                var middle = points[k].Numbers[i];
                _middles[(k * cells.Length) + i] = middle;
                _factors[(k * cells.Length) + i] = double.IsNaN(middle) ? 0 : -constant - Mass(logMass, middle);
            }
        }

        _spread = Array.ConvertAll(counts, count => (double)count / (n + count));
    }

    /// <summary>Draws a point.</summary>
    /// <param name="random">Any.</param>
    public BoxPoint Draw(SeededRandom random)
    {
        var at = random.NextInt(_points.Length + 1);
        var around = at < _points.Length ? _points[at] : null;
        var numbers = new double[_deviations.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = around is null || double.IsNaN(around.Numbers[i]) ? random.NextDouble() : Near(around.Numbers[i], _deviations[i], random);
        }

        var choices = new int[_counts.Length];
        for (var i = 0; i < choices.Length; i++)
        {
            choices[i] = around is null || around.Choices[i] < 0 || random.NextDouble() < _spread[i] ? random.NextInt(_counts[i]) : around.Choices[i];
        }

        return new BoxPoint(numbers, choices);
    }

    /// <summary>The logarithm of the density at a point.</summary>
    /// <param name="point">With NaN and -1 where a parameter is inactive.</param>
    public double LogDensity(BoxPoint point)
    {
        // the uniform density is 1; sums are kept below it in steps, so that they neither overflow nor vanish
        var (largest, sum) = (0.0, 1.0);
        for (var k = 0; k < _points.Length; k++)
        {
            var log = Kernel(k, point);
            if (log > largest)
            {
                (sum, largest) = ((sum * Math.Exp(largest - log)) + 1, log);
            }
            else if (log > largest - 40)
            {
                sum += Math.Exp(log - largest);
            }
        }

        return largest + Math.Log(sum / (_points.Length + 1));
    }

    private double Kernel(int which, BoxPoint point)
    {
        var (log, numbers) = (0.0, point.Numbers);
        var middles = _middles.AsSpan(which * numbers.Length, numbers.Length);
        var factors = _factors.AsSpan(which * numbers.Length, numbers.Length);
        for (var i = 0; i < numbers.Length; i++)
        {
            var difference = (middles[i] - numbers[i]) * _precisions[i];
            if (!double.IsNaN(difference))
            {
                log += factors[i] - (0.5 * difference * difference);
            }
        }

        var seen = _points[which];
        for (var i = 0; i < _counts.Length; i++)
        {
            if (seen.Choices[i] >= 0 && point.Choices[i] >= 0)
            {
                // relative to the uniform odds of 1 / count, as the numbers' densities are to 1
                log += Math.Log((seen.Choices[i] == point.Choices[i] ? (1 - _spread[i]) * _counts[i] : 0) + _spread[i]);
            }
        }

        return log;
    }

    private static double Mass(double[] table, double middle)
    {
        var at = middle * TableSteps;
        var k = Math.Min((int)at, TableSteps - 1);
        return table[k] + ((at - k) * (table[k + 1] - table[k]));
    }

    // the logarithm of the share of a normal distribution that lies in the unit interval, by where its middle is
    private static double[] LogMass(double deviation)
        => [.. Enumerable.Range(0, TableSteps + 1).Select(k => (double)k / TableSteps).Select(middle => Math.Log(0.5 * (SpecialFunctions.Erf((1 - middle) / (deviation * Constants.Sqrt2)) + SpecialFunctions.Erf(middle / (deviation * Constants.Sqrt2)))))];

    // truncated to the unit interval by drawing again; at least about half of each kernel lies inside
    private static double Near(double middle, double deviation, SeededRandom random)
    {
        while (true)
        {
            var value = middle + (deviation * random.NextNormal());
            if (value is >= 0 and <= 1)
            {
                return value;
            }
        }
    }
}
