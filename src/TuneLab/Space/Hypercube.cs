namespace TuneLab.Space;

/// <summary>Bounds inside a search space, in unit-cube coordinates; choice parameters keep a set of allowed choices instead of an interval. Immutable.</summary>
public sealed class Hypercube
{
    /// <param name="space">The space that it lies in.</param>
    /// <param name="low">[dimensions] lower bounds in [0, 1].</param>
    /// <param name="high">[dimensions] upper bounds, not below the lower ones.</param>
    /// <param name="choices">[dimensions] for a choice parameter the indexes of the allowed choices (ascending, at least one); null for numbers.</param>
    public Hypercube(SearchSpace space, double[] low, double[] high, IReadOnlyList<IReadOnlyList<int>?> choices)
        => (Space, Low, High, Choices) = (space, low, high, choices);

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
                : Low[i] + unit * (High[i] - Low[i]);
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
}
