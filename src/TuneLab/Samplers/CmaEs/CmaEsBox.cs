using TuneLab.Space;

namespace TuneLab.Samplers.CmaEs;

/// <summary>Which coordinates of a box are numbers that can vary (the normal distribution's), and which are choices (a probability each).</summary>
internal sealed class CmaEsBox
{
    // a number with more cells than this behaves as a continuous one
    private const int MostCells = 64;

    private readonly Hypercube _box;

    public CmaEsBox(Hypercube box)
    {
        _box = box;
        var axes = Enumerable.Range(0, box.Space.Dimensions);
        Numbers = [.. axes.Where(i => box.Choices[i] is null && box.High[i] > box.Low[i] && BoxAxis.Count(box, i) != 1)];
        Choices = [.. axes.Where(i => box.Choices[i] is { Count: > 1 })];
        Edges = [.. Numbers.Select(Borders)];
    }

    /// <summary>The coordinates of the normal distribution.</summary>
    public int[] Numbers { get; }

    /// <summary>The choice coordinates with more than one choice left.</summary>
    public int[] Choices { get; }

    /// <summary>[numbers] the borders between cells relative to the box, or null for a continuous one.</summary>
    public double[]?[] Edges { get; }

    /// <summary>How many coordinates need a margin.</summary>
    public int Discrete => Edges.Count(e => e is not null) + Choices.Length;

    /// <summary>A point as the coordinates of the normal distribution; NaN where a condition makes the parameter inactive.</summary>
    public double[] Relative(double[] point)
    {
        var relative = _box.Relative(point);
        var active = Active(point);
        return [.. Numbers.Select(i => active[i] ? relative[i] : double.NaN)];
    }

    /// <summary>[choices] which of the allowed choices a point has; -1 where it is inactive or no longer allowed.</summary>
    public int[] ChoicesOf(double[] point)
    {
        var active = Active(point);
        return [.. Choices.Select(i => active[i] ? _box.Choices[i]!.ToList().IndexOf(((ChoiceParameter)_box.Space.Parameters[i]).IndexOf(point[i])) : -1)];
    }

    /// <summary>The point of numbers and choices; coordinates that can't vary are in the middle.</summary>
    public double[] Place(double[] numbers, int[] choices)
    {
        var relative = new double[_box.Space.Dimensions];
        Array.Fill(relative, 0.5);
        for (var k = 0; k < Numbers.Length; k++)
        {
            relative[Numbers[k]] = numbers[k];
        }

        for (var k = 0; k < Choices.Length; k++)
        {
            relative[Choices[k]] = (choices[k] + 0.5) / _box.Choices[Choices[k]]!.Count;
        }

        return _box.Place(relative);
    }

    /// <summary>How many choices of a choice coordinate are left.</summary>
    public int CountOf(int choice) => _box.Choices[Choices[choice]]!.Count;

    private bool[] Active(double[] point)
    {
        var values = _box.Space.FromUnit("", point).Values;
        return [.. _box.Space.Parameters.Select(p => values.ContainsKey(p.Name))];
    }

    private double[]? Borders(int axis)
    {
        if (BoxAxis.Count(_box, axis) is not { } count || count > MostCells)
        {
            return null;
        }

        var parameter = _box.Space.Parameters[axis];
        var side = _box.High[axis] - _box.Low[axis];
        var borders = new double[count - 1];
        for (var k = 0; k < borders.Length; k++)
        {
            borders[k] = (BoxAxis.UpperEdge(parameter, BoxAxis.Level(_box, axis, k, (int)count)) - _box.Low[axis]) / side;
        }

        return borders;
    }
}
