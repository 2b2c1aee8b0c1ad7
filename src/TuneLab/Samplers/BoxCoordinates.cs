using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>Which coordinates of a box are numbers that can vary, and which are choices.</summary>
internal sealed class BoxCoordinates
{
    // a number with more cells than this behaves as a continuous one
    private const int MostCells = 64;

    public BoxCoordinates(Hypercube box)
    {
        Box = box;
        var axes = Enumerable.Range(0, box.Space.Dimensions);
        Numbers = [.. axes.Where(i => box.Choices[i] is null && box.High[i] > box.Low[i] && BoxAxis.Count(box, i) != 1)];
        Choices = [.. axes.Where(i => box.Choices[i] is { Count: > 1 })];
        Edges = [.. Numbers.Select(Borders)];
    }

    /// <summary>The box.</summary>
    public Hypercube Box { get; }

    /// <summary>The coordinates that are numbers and can vary.</summary>
    public int[] Numbers { get; }

    /// <summary>The choice coordinates with more than one choice left.</summary>
    public int[] Choices { get; }

    /// <summary>[numbers] the borders between cells relative to the box, or null for a continuous one.</summary>
    public double[]?[] Edges { get; }

    /// <summary>Whether a trial at the point says something of the box: it lies inside, sides of no length aside, since what is fixed was found not to matter.</summary>
    public bool Concerns(double[] point) => Box.Contains([.. point.Select((x, i) => Box.Choices[i] is null && Box.Low[i] == Box.High[i] ? Box.Low[i] : x)]);

    /// <summary>How many coordinates need a margin.</summary>
    public int Discrete => Edges.Count(e => e is not null) + Choices.Length;

    /// <summary>The numbers of a point, relative to the box; NaN where a condition makes the parameter inactive.</summary>
    public double[] Relative(double[] point)
    {
        var relative = Box.Relative(point);
        var active = Active(point);
        return [.. Numbers.Select(i => active[i] ? relative[i] : double.NaN)];
    }

    /// <summary>[choices] which of the allowed choices a point has; -1 where it is inactive or no longer allowed.</summary>
    public int[] ChoicesOf(double[] point)
    {
        var active = Active(point);
        return [.. Choices.Select(i => active[i] ? Box.Choices[i]!.ToList().IndexOf(((ChoiceParameter)Box.Space.Parameters[i]).IndexOf(point[i])) : -1)];
    }

    /// <summary>The point of numbers and choices; coordinates that can't vary are in the middle.</summary>
    public double[] Place(double[] numbers, int[] choices)
    {
        var relative = new double[Box.Space.Dimensions];
        Array.Fill(relative, 0.5);
        for (var k = 0; k < Numbers.Length; k++)
        {
            relative[Numbers[k]] = numbers[k];
        }

        for (var k = 0; k < Choices.Length; k++)
        {
            relative[Choices[k]] = (choices[k] + 0.5) / Box.Choices[Choices[k]]!.Count;
        }

        return Box.Place(relative);
    }

    /// <summary>How many choices of a choice coordinate are left.</summary>
    public int CountOf(int choice) => Box.Choices[Choices[choice]]!.Count;

    private bool[] Active(double[] point)
    {
        var values = Box.Space.FromUnit("", point).Values;
        return [.. Box.Space.Parameters.Select(p => values.ContainsKey(p.Name))];
    }

    private double[]? Borders(int axis)
    {
        if (BoxAxis.Count(Box, axis) is not { } count || count > MostCells)
        {
            return null;
        }

        var parameter = Box.Space.Parameters[axis];
        var side = Box.High[axis] - Box.Low[axis];
        var borders = new double[count - 1];
        for (var k = 0; k < borders.Length; k++)
        {
            borders[k] = (BoxAxis.UpperEdge(parameter, BoxAxis.Level(Box, axis, k, (int)count)) - Box.Low[axis]) / side;
        }

        return borders;
    }
}
