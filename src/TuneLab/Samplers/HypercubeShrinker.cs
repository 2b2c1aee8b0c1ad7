using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>
/// Makes the next pass's hypercube around what worked. Each number's side becomes <c>factor</c> times the old one around the rank-weighted centre of the best share (log scales are linear in
/// unit coordinates), always with the best point inside. When the best lies on an edge that the declared space goes beyond, the side keeps its length and moves there instead.
/// Choices that lost are dropped. Trials in which a condition makes a parameter inactive say nothing about it.
/// <para>Where it is known what matters (<see cref="AxisImportance"/>), sides that matter shrink faster than the others, and a number that does not matter is fixed at the best trial's value: a side of no length.</para>
/// </summary>
public static class HypercubeShrinker
{
    /// <summary>The shortest side of a continuous parameter, as a part of the declared range; a discrete one keeps at least one cell.</summary>
    public const double ShortestSide = 0.01;

    /// <summary>How near the best must lie to an edge, as a part of the side, for the side to move.</summary>
    public const double EdgeShare = 0.05;

    /// <summary>How many trials a choice needs before it can lose.</summary>
    public const int TrialsToDrop = 3;

    /// <param name="box">The hypercube that was searched.</param>
    /// <param name="ranked">Finished trials of one trainer inside or near the box at one fidelity, best first, none failed.</param>
    /// <param name="keep">The best share that decides, in (0, 1]; at least two trials.</param>
    /// <param name="factor">New side over old side, in (0, 1).</param>
    /// <param name="score">Turns a loss back into the score that the notes show. <value>Null: the loss itself.</value></param>
    /// <param name="importance">What matters. <value>Null: not known; all sides shrink alike and none is fixed.</value></param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="keep"/> or <paramref name="factor"/> is out of range.</exception>
    public static ShrinkResult Shrink(Hypercube box, IReadOnlyList<Observation> ranked, double keep, double factor, Func<double, double>? score = null, AxisImportance? importance = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(keep);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keep, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(factor, 1);

        var space = box.Space;
        var notes = new List<string>();
        var (low, high) = (box.Low.ToArray(), box.High.ToArray());
        var choices = box.Choices.ToArray();
        var active = ranked.Select(o => space.FromUnit("", o.Point).Values).ToArray();
        for (var axis = 0; axis < space.Dimensions; axis++)
        {
            var parameter = space.Parameters[axis];
            Observation[] seen = [.. ranked.Where((_, i) => active[i].ContainsKey(parameter.Name))];
            if (seen.Length == 0)
            {
                continue;
            }

            var kept = Math.Min(seen.Length, Math.Max(2, (int)Math.Ceiling(keep * seen.Length)));
            if (parameter is ChoiceParameter choice)
            {
                choices[axis] = ChoiceDropper.Drop(choice, choices[axis]!, seen, axis, kept, score ?? (loss => loss), notes);
            }
            else
            {
                double[] coordinates = [.. seen.Take(kept).Select(o => Coordinate(o.Point, axis))];
                (low[axis], high[axis]) = low[axis] == high[axis] || (importance?.IsNegligible(axis) == true && !Limits(parameter))
                    ? SideShrinker.Fix(parameter, (low[axis], high[axis]), coordinates[0], importance, axis, notes)
                    : SideShrinker.Shrink(parameter, (low[axis], high[axis]), coordinates, Math.Pow(factor, importance?.Pace(axis) ?? 1), notes);
            }
        }

        return new ShrinkResult(new Hypercube(space, low, high, choices), notes);

        // what holds another number down matters through it
        bool Limits(Parameter parameter) => space.Parameters.Any(p => p is IntParameter { AtMostTwoTo: { } limit } && limit == parameter.Name);

        // where another number limits this one, the coordinate of what was tried
        double Coordinate(double[] point, int axis)
            => space.Parameters[axis] is IntParameter { AtMostTwoTo: not null } ? space.ToUnit(space.FromUnit("", point))[axis] : point[axis];
    }
}
