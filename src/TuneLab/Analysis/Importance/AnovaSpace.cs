using TuneLab.Space;

namespace TuneLab.Analysis.Importance;

/// <summary>What the decomposition needs to know of a space: which axes are choices, and where a conditional one is active.</summary>
internal sealed class AnovaSpace
{
    private readonly int[] _choices;
    private readonly int[] _parents;
    private readonly bool[]?[] _meets;

    public AnovaSpace(SearchSpace space)
    {
        Space = space;
        _choices = [.. space.Parameters.Select(p => p is ChoiceParameter c ? c.Choices.Count : 0)];
        _parents = [.. space.Parameters.Select(p => p.Condition is { } condition ? space.IndexOf(condition.Parameter) : -1)];
        _meets = [.. space.Parameters.Select((p, i) => p.Condition is { } condition ? ((ChoiceParameter)space.Parameters[_parents[i]]).Choices.Select(c => condition.Values.Contains(c)).ToArray() : null)];
    }

    public SearchSpace Space { get; }

    public int Dimensions => _choices.Length;

    /// <summary>The number of choices; 0 for a number.</summary>
    public int Choices(int axis) => _choices[axis];

    /// <summary>The axis of the choice that decides whether this one is active; -1: always active.</summary>
    public int Parent(int axis) => _parents[axis];

    /// <summary>[choices of the parent] under which a conditional axis is active.</summary>
    public bool[] Meets(int axis) => _meets[axis]!;

    /// <summary>How much of the cube some choices leave.</summary>
    /// <param name="allowed">[axes] the choices left; null for numbers.</param>
    public static double Volume(bool[]?[] allowed) => allowed.Aggregate(1.0, (product, choices) => choices is null ? product : product * choices.Count(c => c) / choices.Length);

    /// <summary>All choices of each choice axis; null for numbers.</summary>
    public bool[]?[] Everything() => [.. _choices.Select(count => count == 0 ? null : Enumerable.Repeat(true, count).ToArray())];

    /// <summary>Whether an axis is active wherever its choices are among these.</summary>
    public bool IsActive(int axis, bool[]?[] allowed)
        => _parents[axis] is var parent && (parent < 0 || (IsActive(parent, allowed) && !allowed[parent]!.Where((a, i) => a && !_meets[axis]![i]).Any()));

    /// <summary>The choices left where all of some axes are active; null where they never are together.</summary>
    public bool[]?[]? WhereActive(params ReadOnlySpan<int> axes)
    {
        var allowed = Everything();
        foreach (var axis in axes)
        {
            for (var child = axis; _parents[child] is >= 0 and var parent; child = parent)
            {
                for (var i = 0; i < _choices[parent]; i++)
                {
                    allowed[parent]![i] &= _meets[child]![i];
                }

                if (!allowed[parent]!.Contains(true))
                {
                    return null;
                }
            }
        }

        return allowed;
    }
}
