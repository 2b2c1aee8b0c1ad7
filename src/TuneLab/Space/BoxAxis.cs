namespace TuneLab.Space;

/// <summary>The values that one parameter can take inside a hypercube, as a list of levels.</summary>
internal static class BoxAxis
{
    /// <summary>How many distinct values there are inside; null when continuous.</summary>
    public static long? Count(Hypercube box, int axis)
        => box.Choices[axis] is { } allowed ? allowed.Count
            : box.Low[axis] == box.High[axis] ? 1
            : Step(box.Space.Parameters[axis]) is { } step ? (long)Math.Round((Last(box, axis) - First(box, axis)) / step) + 1
            : box.Space.Parameters[axis].Cardinality;

    /// <summary>The coordinate of level <paramref name="level"/> of <paramref name="levels"/> evenly spread ones; it lies inside the box. A single level is the middle.</summary>
    public static double Level(Hypercube box, int axis, int level, int levels)
    {
        var share = levels == 1 ? 0.5 : level / (levels - 1.0);
        if (Count(box, axis) is not { } count)
        {
            return Math.Min(box.Low[axis] + share * (box.High[axis] - box.Low[axis]), box.High[axis]);
        }

        var index = (long)Math.Round(share * (count - 1), MidpointRounding.AwayFromZero);
        var parameter = box.Space.Parameters[axis];
        if (box.Choices[axis] is { } allowed)
        {
            return (allowed[(int)index] + 0.5) / ((ChoiceParameter)parameter).Choices.Count;
        }

        if (count == 1)
        {
            return (box.Low[axis] + box.High[axis]) / 2;
        }

        // the middle of a cell that the box cuts may lie outside; clamped it is still in the same cell
        var value = First(box, axis) + index * Step(parameter)!.Value;
        return Math.Clamp(parameter.ToUnit(parameter is FloatParameter f ? f.Snap(value) : value), box.Low[axis], box.High[axis]);
    }

    /// <summary>The distance between neighbouring values of a discrete number; null for a continuous one and for a choice.</summary>
    public static double? Step(Parameter parameter) => parameter switch
    {
        FloatParameter f => f.Step,
        IntParameter i => i.Step,
        _ => null,
    };

    /// <summary>The coordinate at which the cell of a discrete number that holds <paramref name="unit"/> ends.</summary>
    public static double UpperEdge(Parameter parameter, double unit) => Edge(parameter, parameter.FromUnit(unit).Number, 0.5);

    /// <summary>The coordinate at which that cell begins.</summary>
    public static double LowerEdge(Parameter parameter, double unit) => Edge(parameter, parameter.FromUnit(unit).Number, -0.5);

    /// <summary>The middle of the first cell of a discrete number whose middle is not below <paramref name="unit"/>, or of the last cell.</summary>
    public static double MiddleFrom(Parameter parameter, double unit)
    {
        var middle = parameter.ToUnit(parameter.FromUnit(unit));
        return middle < unit - 1e-9 ? parameter.ToUnit(parameter.FromUnit(Math.Min(1, UpperEdge(parameter, unit) + 1e-9))) : middle;
    }

    /// <summary>The middle of the last cell of a discrete number whose middle is not above <paramref name="unit"/>, or of the first cell.</summary>
    public static double MiddleUpTo(Parameter parameter, double unit)
    {
        var middle = parameter.ToUnit(parameter.FromUnit(unit));
        return middle > unit + 1e-9 ? parameter.ToUnit(parameter.FromUnit(Math.Max(0, LowerEdge(parameter, unit) - 1e-9))) : middle;
    }

    private static double Edge(Parameter parameter, double value, double side)
    {
        if (parameter is IntParameter { Scale: Scale.Log } i)
        {
            var (a, b) = (Math.Log(i.Low - 0.5), Math.Log(i.High + 0.5));
            return Math.Clamp((Math.Log(value + side) - a) / (b - a), 0, 1);
        }

        return Math.Clamp(parameter.ToUnit(value) + side / parameter.Cardinality!.Value, 0, 1);
    }

    private static double First(Hypercube box, int axis) => box.Space.Parameters[axis].FromUnit(box.Low[axis]).Number;

    private static double Last(Hypercube box, int axis) => box.Space.Parameters[axis].FromUnit(box.High[axis]).Number;
}
