using System.Globalization;
using TuneLab.Randomness;
using TuneLab.Space;

namespace TuneLab.Testing;

/// <summary>Functions to minimise with known optima (definitions and optima: Surjanovic and Bingham, Virtual Library of Simulation Experiments). Coordinates are named x1, x2, ...</summary>
public static class TestFunctions
{
    private static readonly double[,] _hartmannA =
    {
        { 10, 3, 17, 3.5, 1.7, 8 }, { 0.05, 10, 17, 0.1, 8, 14 }, { 3, 3.5, 1.7, 10, 17, 8 }, { 17, 8, 0.05, 10, 0.1, 14 },
    };

    private static readonly double[,] _hartmannP =
    {
        { 0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886 }, { 0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991 },
        { 0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650 }, { 0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381 },
    };

    private static readonly double[] _hartmannAlpha = [1.0, 1.2, 3.0, 3.2];

    /// <summary>Two dimensions, three equal optima.</summary>
    public static TestFunction Branin { get; } = Make("branin", [(-5, 10), (0, 15)], 0.39788735772973816, [Math.PI, 2.275], x =>
    {
        var a = x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
        return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x[0]) + 10;
    });

    /// <summary>Six dimensions, six local optima.</summary>
    public static TestFunction Hartmann6 { get; } = Make("hartmann6", Same(6, 0, 1), -3.32237, [0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573], x =>
    {
        var sum = 0.0;
        for (var i = 0; i < 4; i++)
        {
            var inner = 0.0;
            for (var j = 0; j < 6; j++)
            {
                var d = x[j] - _hartmannP[i, j];
                inner += _hartmannA[i, j] * d * d;
            }

            sum -= _hartmannAlpha[i] * Math.Exp(-inner);
        }

        return sum;
    });

    /// <summary>Many local optima on a slope towards the middle.</summary>
    public static TestFunction Ackley(int dimensions) => Make("ackley", Same(dimensions, -32.768, 32.768), 0, new double[dimensions], x =>
        -20 * Math.Exp(-0.2 * Math.Sqrt(x.Average(v => v * v))) - Math.Exp(x.Average(v => Math.Cos(2 * Math.PI * v))) + 20 + Math.E);

    /// <summary>A bent valley.</summary>
    public static TestFunction Rosenbrock(int dimensions) => Make("rosenbrock", Same(dimensions, -5, 10), 0, Fill(dimensions, 1), x =>
        Enumerable.Range(0, x.Length - 1).Sum(i => 100 * Square(x[i + 1] - x[i] * x[i]) + Square(x[i] - 1)));

    /// <summary>Waves along every coordinate.</summary>
    public static TestFunction Levy(int dimensions) => Make("levy", Same(dimensions, -10, 10), 0, Fill(dimensions, 1), x =>
    {
        var w = x.Select(v => 1 + (v - 1) / 4).ToArray();
        var last = w[^1];
        return Square(Math.Sin(Math.PI * w[0]))
            + w.SkipLast(1).Sum(v => Square(v - 1) * (1 + 10 * Square(Math.Sin(Math.PI * v + 1))))
            + Square(last - 1) * (1 + Square(Math.Sin(2 * Math.PI * last)));
    });

    /// <summary>The sum of squares.</summary>
    public static TestFunction Sphere(int dimensions) => Make("sphere", Same(dimensions, -5.12, 5.12), 0, new double[dimensions], x => x.Sum(Square));

    /// <summary>A sum of squares whose axes differ by <paramref name="condition"/> in curvature and point in random directions.</summary>
    /// <param name="dimensions">At least two.</param>
    /// <param name="condition">The largest curvature over the smallest.</param>
    /// <param name="seed">Of the directions and of the optimum's place.</param>
    public static TestFunction RotatedEllipsoid(int dimensions, double condition, Seed seed)
    {
        var axes = RandomAxes(dimensions, seed.Child("axes").Random());
        var random = seed.Child("optimum").Random();
        var best = Enumerable.Range(0, dimensions).Select(_ => -2 + 4 * random.NextDouble()).ToArray();
        return Make("rotated ellipsoid", Same(dimensions, -5, 5), 0, best, x => axes.Select((axis, k) =>
            Math.Pow(condition, k / (dimensions - 1.0)) * Square(axis.Select((a, i) => a * (x[i] - best[i])).Sum())).Sum());
    }

    // orthonormal: normal vectors, each made perpendicular to those before (Gram and Schmidt)
    private static double[][] RandomAxes(int dimensions, SeededRandom random)
    {
        var axes = new double[dimensions][];
        for (var k = 0; k < dimensions; k++)
        {
            var axis = Enumerable.Range(0, dimensions).Select(_ => random.NextNormal()).ToArray();
            foreach (var other in axes.Take(k))
            {
                var along = axis.Zip(other, (a, b) => a * b).Sum();
                axis = [.. axis.Zip(other, (a, b) => a - along * b)];
            }

            var length = Math.Sqrt(axis.Sum(Square));
            axes[k] = [.. axis.Select(a => a / length)];
        }

        return axes;
    }

    private static TestFunction Make(string name, (double Low, double High)[] domain, double optimum, double[] best, Func<double[], double> function)
    {
        var space = new SearchSpace([.. domain.Select((d, i) => new FloatParameter(Coordinate(i), d.Low, d.High))]);
        return new TestFunction(name, space, optimum, new Configuration(name, best.Select((v, i) => KeyValuePair.Create(Coordinate(i), (ParameterValue)v))),
            configuration => function([.. domain.Select((_, i) => configuration.Number(Coordinate(i), double.NaN))]));
    }

    private static string Coordinate(int i) => "x" + (i + 1).ToString(CultureInfo.InvariantCulture);

    private static (double, double)[] Same(int dimensions, double low, double high) => [.. Enumerable.Repeat((low, high), dimensions)];

    private static double[] Fill(int dimensions, double value) => [.. Enumerable.Repeat(value, dimensions)];

    private static double Square(double x) => x * x;
}
