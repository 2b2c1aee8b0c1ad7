using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics;
using TuneLab.Numerics;
using TuneLab.Randomness;

namespace TuneLab.Samplers.Tpe;

/// <summary>
/// A density over the points of a box: a kernel around each point seen (a product of truncated normals over the numbers, and of discrete kernels over the choices), and the uniform density with the
/// weight of one point (Watanabe 2023, Tree-structured Parzen estimator, sections 3.2 and 3.3). Where a parameter is inactive in the point seen, its factor is uniform; where it is inactive in the
/// point asked about, it has none. Not thread-safe.
/// </summary>
internal sealed class ParzenEstimator
{
    // of the box's side, for one point; it narrows with the number of points as Scott's rule has it, but not below the side over two more than the points
    private const double Width = 0.1;
    private const int TableSteps = 128;

    // further below the largest one a kernel adds nothing
    private const double Negligible = -40;

    private readonly BoxPoint[] _points;
    private readonly double[] _deviations;
    private readonly int _stride;

    // [numbers x stride]: the middles of the kernels over their deviations (NaN where inactive), and the logarithms of their factors before the exponential
    private readonly double[] _middles;
    private readonly double[] _factors;

    // [choices x points]
    private readonly int[] _choices;
    private readonly double[] _spread;
    private readonly int[] _counts;

    // of one question; those beyond the points stay at minus infinity
    private readonly double[] _logs;

    /// <param name="points">What was seen; may be empty.</param>
    /// <param name="cells">[numbers] the width of a cell of a discrete number, 0 for a continuous one.</param>
    /// <param name="counts">[choices] how many there are.</param>
    public ParzenEstimator(BoxPoint[] points, double[] cells, int[] counts)
    {
        (_points, _counts) = (points, counts);
        var n = Math.Max(1, points.Length);
        var width = Math.Max(Width * Math.Pow(n, -1.0 / (cells.Length + counts.Length + 4)), 1.0 / Math.Min(100, n + 2));
        _deviations = Array.ConvertAll(cells, cell => Math.Max(width, cell / 2));
        _stride = (points.Length + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count;
        (_middles, _factors, _logs) = (new double[_stride * cells.Length], new double[_stride * cells.Length], new double[_stride]);
        _logs.AsSpan(points.Length).Fill(double.NegativeInfinity);
        var masses = new Dictionary<double, double[]>();
        for (var i = 0; i < cells.Length; i++)
        {
            if (!masses.TryGetValue(_deviations[i], out var logMass))
            {
                masses.Add(_deviations[i], logMass = LogMass(_deviations[i]));
            }

            var constant = Math.Log(_deviations[i] * Constants.Sqrt2Pi);
            for (var k = 0; k < points.Length; k++)
            {
                var middle = points[k].Numbers[i];
                _middles[(i * _stride) + k] = middle / _deviations[i];
                _factors[(i * _stride) + k] = double.IsNaN(middle) ? 0 : -constant - Mass(logMass, middle);
            }
        }

        _choices = [.. Enumerable.Range(0, counts.Length).SelectMany(c => points.Select(p => p.Choices[c]))];
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
        var logs = MemoryMarshal.Cast<double, Vector256<double>>(_logs.AsSpan());
        _logs.AsSpan(0, _points.Length).Clear();
        for (var i = 0; i < _deviations.Length; i++)
        {
            if (!double.IsNaN(point.Numbers[i]))
            {
                AddNumber(i, point.Numbers[i] / _deviations[i], logs);
            }
        }

        for (var c = 0; c < _counts.Length; c++)
        {
            if (point.Choices[c] >= 0)
            {
                AddChoice(c, point.Choices[c]);
            }
        }

        // the uniform density is 1; relative to the largest one the sums neither overflow nor vanish
        var most = Vector256<double>.Zero;
        foreach (var log in logs)
        {
            most = Vector256.Max(most, log);
        }

        var largest = Math.Max(Math.Max(most[0], most[1]), Math.Max(most[2], most[3]));
        var (sums, least, from) = (Vector256<double>.Zero, Vector256.Create(Negligible), Vector256.Create(largest));
        foreach (var log in logs)
        {
            var relative = log - from;
            var counts = Vector256.GreaterThan(relative, least);
            if (counts != Vector256<double>.Zero)
            {
                sums += Vector256.ConditionalSelect(counts, VectorFunctions.Exp(relative), Vector256<double>.Zero);
            }
        }

        return largest + Math.Log((Vector256.Sum(sums) + Math.Exp(-largest)) / (_points.Length + 1));
    }

    private void AddNumber(int number, double x, Span<Vector256<double>> logs)
    {
        var middles = MemoryMarshal.Cast<double, Vector256<double>>(_middles.AsSpan(number * _stride, _stride));
        var factors = MemoryMarshal.Cast<double, Vector256<double>>(_factors.AsSpan(number * _stride, _stride));
        var (at, half) = (Vector256.Create(x), Vector256.Create(0.5));
        for (var k = 0; k < logs.Length; k++)
        {
            var difference = middles[k] - at;
            var log = factors[k] - (half * difference * difference);
            logs[k] += Vector256.ConditionalSelect(Vector256.Equals(log, log), log, Vector256<double>.Zero);
        }
    }

    // relative to the uniform odds of 1 / count, as the numbers' densities are to 1
    private void AddChoice(int choice, int value)
    {
        var (same, other) = (Math.Log(((1 - _spread[choice]) * _counts[choice]) + _spread[choice]), Math.Log(_spread[choice]));
        var seen = _choices.AsSpan(choice * _points.Length, _points.Length);
        for (var k = 0; k < seen.Length; k++)
        {
            _logs[k] += seen[k] < 0 ? 0 : seen[k] == value ? same : other;
        }
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
