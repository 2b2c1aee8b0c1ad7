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

    /// <summary>Two valleys along every coordinate, one of them deeper.</summary>
    public static TestFunction StyblinskiTang(int dimensions) => Make("styblinski-tang", Same(dimensions, -5, 5), -39.16616570377142 * dimensions, Fill(dimensions, -2.903534018185960), x =>
        x.Sum(v => (v * v * v * v) - (16 * v * v) + (5 * v)) / 2);

    /// <summary>Real, whole and stepped numbers, two of them on a log scale, and two choices; where the best depth is depends on the kind.</summary>
    /// <param name="seed">Of the optimum's place.</param>
    public static TestFunction Mixed(Seed seed)
    {
        string[] kinds = ["plain", "extra", "dart", "goss"];
        var space = new SearchSpace(
            new FloatParameter("rate", 0.001, 1, Scale.Log), new FloatParameter("l2", 0, 10), new IntParameter("depth", 1, 16), new IntParameter("leaves", 2, 1024, Scale.Log),
            new FloatParameter("share", 0.1, 1, step: 0.05), new ChoiceParameter("kind", kinds), new ChoiceParameter("split", "gini", "entropy"));
        var best = Drawn("mixed", space, seed);
        var kind = Array.IndexOf(kinds, best.Choice("kind", ""));
        return new TestFunction("mixed", space, 0, best, c =>
        {
            var wrong = (Array.IndexOf(kinds, c.Choice("kind", "")) - kind + kinds.Length) % kinds.Length;
            return Square(Math.Log10(c.Number("rate", 0) / best.Number("rate", 0))) + (Square(c.Number("l2", 0) - best.Number("l2", 0)) / 25) + (Square(c.Number("depth", 0) - best.Number("depth", 0) + (2 * wrong)) / 16)
                + (Square(Math.Log2(c.Number("leaves", 0) / best.Number("leaves", 0))) / 9) + (4 * Square(c.Number("share", 0) - best.Number("share", 0))) + (0.2 * wrong) + (c.Choice("split", "") == best.Choice("split", "") ? 0 : 0.3);
        });
    }

    /// <summary>A choice of three kinds, each with two numbers of its own, besides two that all have.</summary>
    /// <param name="seed">Of the optimum's place.</param>
    public static TestFunction Conditional(Seed seed)
    {
        string[] kinds = ["a", "b", "c"];
        var space = new SearchSpace([new ChoiceParameter("kind", kinds), new FloatParameter("rate", 0.001, 1, Scale.Log), new FloatParameter("share", 0, 1),
            .. kinds.SelectMany(k => (Parameter[])[new FloatParameter(k + "1", -5, 5) { Condition = new Condition("kind", [k]) }, new FloatParameter(k + "2", -5, 5) { Condition = new Condition("kind", [k]) }])]);
        var best = Drawn("conditional", space, seed);
        double[] middle = [.. Enumerable.Range(0, 2 * kinds.Length).Select(i => -3 + (6 * seed.Child("middle").Child(i).Random().NextDouble()))];
        return new TestFunction("conditional", space, 0, best, c =>
        {
            var kind = c.Choice("kind", "");
            var own = 0.0;
            for (var i = 1; i <= 2; i++)
            {
                var name = kind + i.ToString(CultureInfo.InvariantCulture);
                own += Square(c.Number(name, 0) - best.Number(name, middle[(2 * Array.IndexOf(kinds, kind)) + i - 1])) / 9;
            }

            return own + Square(Math.Log10(c.Number("rate", 0) / best.Number("rate", 0))) + Square(c.Number("share", 0) - best.Number("share", 0)) + (kind == best.Choice("kind", "") ? 0 : 0.5);
        });
    }

    /// <summary>The same function moved along each coordinate by up to a quarter of its side, so that its optimum is not where it is known to be; it stays inside.</summary>
    /// <param name="function">Of real numbers on linear scales, defined outside its domain too.</param>
    /// <param name="seed">Of the shift.</param>
    public static TestFunction Shifted(this TestFunction function, Seed seed)
    {
        var random = seed.Child("shift").Random();
        var shift = function.Space.Parameters.Cast<FloatParameter>().ToDictionary(p => p.Name, p =>
        {
            var (best, by) = (function.Best.Number(p.Name, 0), (random.NextDouble() - 0.5) * 0.5 * (p.High - p.Low));
            return Math.Clamp(best + by, p.Low, p.High) - best;
        });
        Configuration Moved(Configuration c, int sign) => new(c.Trainer, c.Values.Select(v => KeyValuePair.Create(v.Key, (ParameterValue)(v.Value.Number + (sign * shift[v.Key])))));
        return function with { Best = Moved(function.Best, 1), Evaluate = c => function.Evaluate(Moved(c, -1)) };
    }

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

    private static Configuration Drawn(string name, SearchSpace space, Seed seed)
    {
        var random = seed.Child("best").Random();
        return space.FromUnit(name, [.. space.Parameters.Select(_ => 0.1 + (0.8 * random.NextDouble()))]);
    }

    private static string Coordinate(int i) => "x" + (i + 1).ToString(CultureInfo.InvariantCulture);

    private static (double, double)[] Same(int dimensions, double low, double high) => [.. Enumerable.Repeat((low, high), dimensions)];

    private static double[] Fill(int dimensions, double value) => [.. Enumerable.Repeat(value, dimensions)];

    private static double Square(double x) => x * x;
}
