using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>
/// A box as a model sees it: a feature for each number, and one for each value of each choice (one-hot: points with different choices are a fixed distance apart). Discrete numbers lie in the
/// middle of their cell; an inactive number is in the middle of its side, an inactive choice has none of its values, so that points that differ only there are the same; the features are those of <see cref="Gp.GpKernel"/>.
/// </summary>
internal sealed class BoxSpace
{
    private readonly int[] _parents;
    private readonly bool[]?[] _allowed;
    private readonly int[] _choiceAt;

    public BoxSpace(BoxCoordinates coordinates)
    {
        Coordinates = coordinates;
        Counts = [.. Enumerable.Range(0, coordinates.Choices.Length).Select(coordinates.CountOf)];
        Features = Numbers + Counts.Sum();
        Steps = Array.ConvertAll(coordinates.Edges, edges => edges is { Length: > 0 } ? 1.0 / (edges.Length + 1) : 0);

        var space = coordinates.Box.Space;
        _parents = [.. space.Parameters.Select(p => p.Condition is { } condition ? space.IndexOf(condition.Parameter) : -1)];
        _allowed = [.. space.Parameters.Select((p, i) => p.Condition is { } condition
            ? ((ChoiceParameter)space.Parameters[_parents[i]]).Choices.Select(c => condition.Values.Contains(c)).ToArray()
            : null)];
        _choiceAt = [.. Enumerable.Range(0, space.Dimensions).Select(i => Array.IndexOf(coordinates.Choices, i))];
    }

    /// <summary>Which coordinates are numbers and which choices.</summary>
    public BoxCoordinates Coordinates { get; }

    /// <summary>How many numbers there are.</summary>
    public int Numbers => Coordinates.Numbers.Length;

    /// <summary>[choices] how many values each has.</summary>
    public int[] Counts { get; }

    /// <summary>How many coordinates there are, each with a length of its own.</summary>
    public int Dimensions => Numbers + Counts.Length;

    /// <summary>How many features there are.</summary>
    public int Features { get; }

    /// <summary>[numbers] the width of a cell of a discrete number, about; 0 for a continuous one.</summary>
    public double[] Steps { get; }

    /// <summary>The number, or where an inactive one is taken to be.</summary>
    public static double Known(double number) => double.IsNaN(number) ? 0.5 : number;

    /// <summary>A point of the unit cube of the whole space.</summary>
    public BoxPoint Of(double[] point) => Settle(Coordinates.Relative(point), Coordinates.ChoicesOf(point));

    /// <summary>Numbers to the middle of their cells, NaN and -1 where a condition makes a parameter inactive. Writes the arrays that it is given.</summary>
    public BoxPoint Settle(double[] numbers, int[] choices)
    {
        var active = Active(choices);
        for (var k = 0; k < numbers.Length; k++)
        {
            numbers[k] = active[Coordinates.Numbers[k]] ? Middle(k, Known(numbers[k])) : double.NaN;
        }

        for (var k = 0; k < choices.Length; k++)
        {
            choices[k] = active[Coordinates.Choices[k]] ? choices[k] : -1;
        }

        return new BoxPoint(numbers, choices);
    }

    /// <summary>The point of the unit cube; inactive parameters are in the middle or have the first choice.</summary>
    public double[] Place(BoxPoint point) => Coordinates.Place(Array.ConvertAll(point.Numbers, Known), Array.ConvertAll(point.Choices, c => Math.Max(0, c)));

    // the middle of the cell that holds a number
    private double Middle(int number, double x)
    {
        if (Coordinates.Edges[number] is not { Length: > 0 } edges)
        {
            return x;
        }

        var cell = 0;
        while (cell < edges.Length && x >= edges[cell])
        {
            cell++;
        }

        return ((cell == 0 ? 0 : edges[cell - 1]) + (cell == edges.Length ? 1 : edges[cell])) / 2;
    }

    // [parameters]; a condition's parameter stands before what depends on it
    private bool[] Active(int[] choices)
    {
        var box = Coordinates.Box;
        var active = new bool[_parents.Length];
        for (var i = 0; i < active.Length; i++)
        {
            var parent = _parents[i];
            if (parent < 0)
            {
                active[i] = true;
            }
            else if (active[parent])
            {
                var choice = _choiceAt[parent] < 0 ? 0 : choices[_choiceAt[parent]];
                active[i] = choice >= 0 && _allowed[i]![box.Choices[parent]![choice]];
            }
        }

        return active;
    }
}
