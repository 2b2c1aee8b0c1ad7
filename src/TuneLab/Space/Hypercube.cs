namespace TuneLab.Space;

/// <summary>Bounds inside a search space, in unit-cube coordinates; choice parameters keep a set of allowed choices instead of an interval. Immutable.</summary>
public sealed class Hypercube
{
    /// <param name="space">The space that it lies in.</param>
    /// <param name="low">[dimensions] lower bounds in [0, 1].</param>
    /// <param name="high">[dimensions] upper bounds, not below the lower ones.</param>
    /// <param name="choices">[dimensions] for a choice parameter the indexes of the allowed choices (ascending, at least one); null for numbers.</param>
    /// <exception cref="ArgumentException">A bound lies outside [0, 1] or above its partner, or the choices don't fit the parameters.</exception>
    public Hypercube(SearchSpace space, double[] low, double[] high, IReadOnlyList<IReadOnlyList<int>?> choices)
    {
        if (low.Length != space.Dimensions || high.Length != space.Dimensions || choices.Count != space.Dimensions)
        {
            throw new ArgumentException($"A hypercube needs {space.Dimensions} bounds and choice lists, one for each parameter; given are {low.Length}, {high.Length} and {choices.Count}.");
        }

        for (var i = 0; i < low.Length; i++)
        {
            var name = space.Parameters[i].Name;
            if (!(low[i] >= 0 && low[i] <= high[i] && high[i] <= 1))
            {
                throw new ArgumentException($"Parameter '{name}': {NumberRange.Show(low[i])} to {NumberRange.Show(high[i])} is no part of the unit interval.");
            }

            if (choices[i] is { } allowed ? space.Parameters[i] is not ChoiceParameter c || allowed.Count == 0 || !Ascending(allowed, c.Choices.Count) : space.Parameters[i] is ChoiceParameter)
            {
                throw new ArgumentException($"Parameter '{name}': a choice parameter, and no other, needs the ascending indexes of at least one of its choices.");
            }
        }

        (Space, Low, High, Choices) = (space, low, high, choices);
    }

    /// <summary>The space that it lies in.</summary>
    public SearchSpace Space { get; }

    /// <summary>[dimensions] lower bounds in [0, 1]; 0 for choices.</summary>
    public IReadOnlyList<double> Low { get; }

    /// <summary>[dimensions] upper bounds in [0, 1]; 1 for choices.</summary>
    public IReadOnlyList<double> High { get; }

    /// <summary>[dimensions] allowed choices by index, or null for numbers.</summary>
    public IReadOnlyList<IReadOnlyList<int>?> Choices { get; }

    /// <summary>The whole space.</summary>
    public static Hypercube Whole(SearchSpace space)
    {
        var high = new double[space.Dimensions];
        Array.Fill(high, 1);
        return new Hypercube(space, new double[space.Dimensions], high,
            [.. space.Parameters.Select(p => p is ChoiceParameter c ? (IReadOnlyList<int>)[.. Enumerable.Range(0, c.Choices.Count)] : null)]);
    }

    /// <summary>Maps a point of the whole unit cube onto this hypercube: numbers linearly into their interval, choices onto the allowed ones in equal cells.</summary>
    /// <param name="relative">[dimensions] in [0, 1].</param>
    /// <returns>A new array, coordinates of the space's unit cube.</returns>
    public double[] Place(ReadOnlySpan<double> relative)
    {
        var point = new double[Space.Dimensions];
        for (var i = 0; i < point.Length; i++)
        {
            var unit = Math.Clamp(relative[i], 0, 1);
            point[i] = Choices[i] is { } allowed
                ? (allowed[Math.Min((int)(unit * allowed.Count), allowed.Count - 1)] + 0.5) / ((ChoiceParameter)Space.Parameters[i]).Choices.Count
                : Math.Min(Low[i] + unit * (High[i] - Low[i]), High[i]);
        }

        return point;
    }

    /// <summary>Whether the point lies inside.</summary>
    public bool Contains(ReadOnlySpan<double> point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            if (Choices[i] is { } allowed)
            {
                if (!allowed.Contains(((ChoiceParameter)Space.Parameters[i]).IndexOf(point[i])))
                {
                    return false;
                }
            }
            else if (point[i] < Low[i] - 1e-12 || point[i] > High[i] + 1e-12)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The reverse of <see cref="Place"/>: where a point lies within this hypercube. Points outside come to its edge, dropped choices to the middle.</summary>
    /// <param name="point">[dimensions] coordinates of the space's unit cube.</param>
    /// <returns>A new array in [0, 1]; 0.5 on a side of no length.</returns>
    public double[] Relative(ReadOnlySpan<double> point)
    {
        var relative = new double[Space.Dimensions];
        for (var i = 0; i < relative.Length; i++)
        {
            if (Choices[i] is { } allowed)
            {
                var index = allowed.ToList().IndexOf(((ChoiceParameter)Space.Parameters[i]).IndexOf(point[i]));
                relative[i] = index < 0 ? 0.5 : (index + 0.5) / allowed.Count;
            }
            else
            {
                relative[i] = High[i] > Low[i] ? Math.Clamp((point[i] - Low[i]) / (High[i] - Low[i]), 0, 1) : 0.5;
            }
        }

        return relative;
    }

    private static bool Ascending(IReadOnlyList<int> indexes, int count)
    {
        for (var i = 0; i < indexes.Count; i++)
        {
            if (indexes[i] < (i == 0 ? 0 : indexes[i - 1] + 1) || indexes[i] >= count)
            {
                return false;
            }
        }

        return true;
    }
}
