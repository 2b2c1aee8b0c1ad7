namespace TuneLab.Samplers.Local;

/// <summary>The part of a box that a local method moves in: the numbers that are active while the choices stay as they are.</summary>
internal sealed class LocalFrame
{
    private readonly BoxCoordinates _box;
    private readonly int[] _choices;
    private readonly int[] _active;
    private readonly double[]?[] _edges;

    /// <param name="box">The box.</param>
    /// <param name="point">[dimensions] in the unit cube of the space: its choices stay.</param>
    public LocalFrame(BoxCoordinates box, double[] point)
    {
        _box = box;
        _choices = [.. box.ChoicesOf(point).Select(c => Math.Max(0, c))];
        var numbers = box.Relative(box.Place(new double[box.Numbers.Length], _choices));
        _active = [.. Enumerable.Range(0, numbers.Length).Where(i => !double.IsNaN(numbers[i]))];
        _edges = [.. _active.Select(i => box.Edges[i])];
        Start = At(point);
    }

    /// <summary>How many numbers it moves.</summary>
    public int Dimensions => _active.Length;

    /// <summary>[dimensions] where its point lies.</summary>
    public double[] Start { get; }

    /// <summary>The smallest move of a coordinate that is sure to change a value; 0 for a continuous one.</summary>
    public double Cell(int axis) => _edges[axis] is { } edges ? 1.0 / (edges.Length + 1) : 0;

    /// <summary>The nearest point inside whose discrete coordinates are in the middle of their cells.</summary>
    public double[] Snap(double[] x) => [.. x.Select((v, i) => Snap(Math.Clamp(v, 0, 1), _edges[i]))];

    /// <summary>[dimensions of the space] the point that coordinates stand for.</summary>
    public double[] Place(double[] x)
    {
        var numbers = new double[_box.Numbers.Length];
        Array.Fill(numbers, 0.5);
        for (var i = 0; i < x.Length; i++)
        {
            numbers[_active[i]] = x[i];
        }

        return _box.Place(numbers, _choices);
    }

    /// <summary>Whether a point has the choices that stay here.</summary>
    public bool Holds(double[] point) => _box.ChoicesOf(point).SequenceEqual(_box.ChoicesOf(Place(Start)));

    private double[] At(double[] point)
    {
        var numbers = _box.Relative(point);
        return [.. _active.Select(i => double.IsNaN(numbers[i]) ? 0.5 : numbers[i])];
    }

    private static double Snap(double x, double[]? edges)
    {
        if (edges is null)
        {
            return x;
        }

        var above = Array.FindIndex(edges, e => e > x);
        var (low, high) = above < 0 ? (edges.Length == 0 ? 0 : edges[^1], 1.0) : (above == 0 ? 0 : edges[above - 1], edges[above]);
        return (low + high) / 2;
    }
}
