using MathNet.Numerics.LinearAlgebra;

namespace TuneLab.Samplers.Local;

/// <summary>
/// A quadratic model of a function around a centre: value + slope'd + d'curvature d / 2. Fitted by the least change (Frobenius norm) of the curvature that explains the points near by, a quasi-Newton update
/// with function values in place of gradients (Powell 2004, Least Frobenius norm updating of quadratic models that satisfy interpolation conditions). We let the values be missed a little, for noise. Immutable.
/// </summary>
internal sealed class QuadraticModel
{
    // of the fit, in units of the radius: how much a value may be missed, and how little holds value and slope to the model before
    private const double Slack = 1e-6;
    private const double Hold = 1e-8;

    private const int Sweeps = 60;

    private readonly double[] _centre;
    private readonly double _value;
    private readonly double[] _slope;
    private readonly double[,] _curvature;

    private QuadraticModel(double[] centre, double value, double[] slope, double[,] curvature) => (_centre, _value, _slope, _curvature) = (centre, value, slope, curvature);

    /// <summary>A model that is the same everywhere.</summary>
    public static QuadraticModel Flat(double[] centre, double value) => new(centre, value, new double[centre.Length], new double[centre.Length, centre.Length]);

    /// <summary>The model's value at a point.</summary>
    public double At(double[] x)
    {
        var sum = _value;
        for (var i = 0; i < x.Length; i++)
        {
            var d = x[i] - _centre[i];
            sum += _slope[i] * d;
            for (var j = 0; j < x.Length; j++)
            {
                sum += 0.5 * d * _curvature[i, j] * (x[j] - _centre[j]);
            }
        }

        return sum;
    }

    /// <summary>The slope along one coordinate at a point.</summary>
    public double Slope(double[] x, int axis)
    {
        var sum = _slope[axis];
        for (var j = 0; j < x.Length; j++)
        {
            sum += _curvature[axis, j] * (x[j] - _centre[j]);
        }

        return sum;
    }

    /// <summary>The model that explains points near a centre.</summary>
    /// <param name="centre">The new centre.</param>
    /// <param name="points">[points] with their losses.</param>
    /// <param name="radius">How far away they are, about; above 0.</param>
    public QuadraticModel Fitted(double[] centre, IReadOnlyList<(double[] X, double Loss)> points, double radius)
    {
        var (m, n) = (points.Count, centre.Length);
        double[][] steps = [.. points.Select(p => p.X.Zip(centre, (x, c) => (x - c) / radius).ToArray())];

        // the multipliers of the points, then the changes of value and slope: a symmetric quasi-definite system
        var system = Matrix<double>.Build.Dense(m + n + 1, m + n + 1);
        var right = Vector<double>.Build.Dense(m + n + 1);
        for (var k = 0; k < m; k++)
        {
            right[k] = points[k].Loss - At(points[k].X);
            for (var l = 0; l < m; l++)
            {
                var dot = steps[k].Zip(steps[l], (a, b) => a * b).Sum();
                system[k, l] = (0.5 * dot * dot) + (k == l ? Slack : 0);
            }

            for (var i = 0; i <= n; i++)
            {
                system[k, m + i] = system[m + i, k] = i == 0 ? 1 : steps[k][i - 1];
            }
        }

        for (var i = 0; i <= n; i++)
        {
            system[m + i, m + i] = -Hold;
        }

        var solved = system.Solve(right);
        if (!solved.All(double.IsFinite))
        {
            return Flat(centre, At(centre));
        }

        var (slope, curvature) = (new double[n], (double[,])_curvature.Clone());
        for (var i = 0; i < n; i++)
        {
            slope[i] = Slope(centre, i) + (solved[m + 1 + i] / radius);
            for (var j = 0; j < n; j++)
            {
                for (var k = 0; k < m; k++)
                {
                    curvature[i, j] += solved[k] * steps[k][i] * steps[k][j] / (radius * radius);
                }
            }
        }

        return new QuadraticModel(centre, At(centre) + solved[m], slope, curvature);
    }

    /// <summary>Where the model is least inside a box around its centre, by one coordinate after another: a local minimum.</summary>
    /// <param name="radius">Half the side; the unit cube cuts it.</param>
    public double[] Least(double radius)
    {
        var x = (double[])_centre.Clone();
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var moved = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                var (low, high) = (Math.Max(0, _centre[i] - radius), Math.Min(1, _centre[i] + radius));
                var (slope, curve) = (Slope(x, i), _curvature[i, i]);
                var to = curve > 0 ? Math.Clamp(x[i] - (slope / curve), low, high) : Rise(low - x[i]) < Rise(high - x[i]) ? low : Rise(high - x[i]) < 0 ? high : x[i];
                moved = Math.Max(moved, Math.Abs(to - x[i]));
                x[i] = to;
                double Rise(double d) => (slope * d) + (0.5 * curve * d * d);
            }

            if (moved < 1e-4 * radius)
            {
                break;
            }
        }

        return x;
    }
}
