using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>One side of <see cref="HypercubeShrinker"/>: the interval of a number.</summary>
internal static class SideShrinker
{
    /// <param name="parameter">The number.</param>
    /// <param name="old">The side before.</param>
    /// <param name="kept">Coordinates of the best trials, best first; at least one.</param>
    /// <param name="factor">New length over old length.</param>
    /// <param name="notes">Takes the sentence when the side changes.</param>
    public static (double Low, double High) Shrink(Parameter parameter, (double Low, double High) old, double[] kept, double factor, List<string> notes)
    {
        if (parameter.Cardinality is not null)
        {
            kept = [.. kept.Select(x => parameter.ToUnit(parameter.FromUnit(x)))];
        }

        var best = kept[0];
        var length = old.High - old.Low;
        var moves = LiesOnEdge(parameter, old, best);
        var next = moves
            ? Slide(best, length, (0, 1), best)
            : Slide(Centre(kept), Math.Min(length, Math.Max(length * factor, HypercubeShrinker.ShortestSide)), old, Math.Clamp(best, old.Low, old.High));
        if (parameter.Cardinality is not null)
        {
            next = WholeCells(parameter, next, best, moves ? (0, 1) : old);
        }

        Note(parameter, old, next, moves ? best : null, notes);
        return next;
    }

    /// <summary>A side of no length at the best trial's value.</summary>
    /// <param name="parameter">The number.</param>
    /// <param name="old">The side before.</param>
    /// <param name="best">The best trial's coordinate.</param>
    /// <param name="importance">Why; null where it was fixed before.</param>
    /// <param name="axis">Its coordinate's index.</param>
    /// <param name="notes">Takes the sentence when the side changes.</param>
    public static (double Low, double High) Fix(Parameter parameter, (double Low, double High) old, double best, AxisImportance? importance, int axis, List<string> notes)
    {
        var at = parameter.Cardinality is null ? best : parameter.ToUnit(parameter.FromUnit(best));
        if (old.Low < old.High && importance is not null)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{parameter.Name}: fixed at {Text(parameter, at, 3)}, the best trial's; it makes {Percent(importance.Share(axis))} of the variance among the better half of {importance.Trials} trials"));
        }
        else if (at != old.Low)
        {
            notes.Add($"{parameter.Name}: fixed at {Text(parameter, at, 3)}, the new best trial's (was {Text(parameter, old.Low, 3)})");
        }

        return (at, at);
    }

    // whether the optimum may lie past an end of the side that is no end of the declared range
    private static bool LiesOnEdge(Parameter parameter, (double Low, double High) side, double best)
    {
        var reach = HypercubeShrinker.EdgeShare * (side.High - side.Low);
        var (down, up) = parameter.Cardinality is null ? (best, best) : (BoxAxis.LowerEdge(parameter, best), BoxAxis.UpperEdge(parameter, best));
        return (side.Low > 0 && down < side.Low + reach) || (side.High < 1 && up > side.High - reach);
    }

    // weights of the ranks as in CMA-ES: log(k + 1) - log(rank)
    private static double Centre(double[] kept)
    {
        var (sum, mass) = (0.0, 0.0);
        for (var i = 0; i < kept.Length; i++)
        {
            var weight = Math.Log(kept.Length + 1) - Math.Log(i + 1);
            sum += weight * kept[i];
            mass += weight;
        }

        return sum / mass;
    }

    // an interval of this length around the centre, moved as little as needed to hold the inner point and to lie within the bounds
    private static (double Low, double High) Slide(double centre, double length, (double Low, double High) bounds, double inner)
    {
        var low = Math.Clamp(centre - length / 2, inner - length, inner);
        low = Math.Clamp(low, bounds.Low, Math.Max(bounds.Low, bounds.High - length));
        return (Math.Min(low, inner), Math.Min(Math.Max(low + length, inner), bounds.High));
    }

    // the cells whose middle lies inside, and always the best's; edges a hair inside, so that the end of the interval is not yet the next cell
    private static (double Low, double High) WholeCells(Parameter parameter, (double Low, double High) side, double best, (double Low, double High) bounds)
    {
        var (first, last) = (BoxAxis.MiddleFrom(parameter, side.Low), BoxAxis.MiddleUpTo(parameter, side.High));
        var low = BoxAxis.LowerEdge(parameter, Math.Min(first, best));
        var high = BoxAxis.UpperEdge(parameter, Math.Max(last, best));
        var hair = 1e-9 * (high - low);
        return (Math.Max(low == 0 ? 0 : low + hair, bounds.Low), Math.Min(high == 1 ? 1 : high - hair, bounds.High));
    }

    private static string Percent(double share) => share < 0.001 ? "less than 0.1 %" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    private static void Note(Parameter parameter, (double Low, double High) old, (double Low, double High) next, double? movedTo, List<string> notes)
    {
        if (next == old)
        {
            return;
        }

        foreach (var digits in (int[])[3, 6, 12])
        {
            var (was, now) = (Text(parameter, old, digits), Text(parameter, next, digits));
            if (was != now)
            {
                notes.Add(movedTo is { } best
                    ? $"{parameter.Name}: {now}, moved because the best, {Text(parameter, best, digits)}, lies on the edge of {was}"
                    : $"{parameter.Name}: {now} (was {was})");
                return;
            }
        }
    }

    private static string Text(Parameter parameter, (double Low, double High) side, int digits)
    {
        var (low, high) = (Text(parameter, side.Low, digits), Text(parameter, side.High, digits));
        return low == high ? low : low + " to " + high;
    }

    private static string Text(Parameter parameter, double unit, int digits)
    {
        var value = parameter.FromUnit(unit).Number;
        return NumberRange.Show(parameter is IntParameter ? value : double.Parse(value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }
}
