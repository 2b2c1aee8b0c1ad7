namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>
/// Quantiles of weighted numbers by selection (Hoare 1961), in time that grows with their count. A quantile is the middle of the minimisers of the pinball loss
/// (Koenker and Bassett 1978): the smallest number below or at which the level's share of the weight lies, or half way to the next one where it is just that share.
/// So a number of weight 3 counts as three of weight 1, which LightGBM's interpolation between ranks does not keep.
/// </summary>
internal static class WeightedQuantile
{
    /// <summary>Shares of the weight closer than this are equal but for rounding.</summary>
    private const double Rounding = 1e-12;

    /// <param name="values">At least one, finite; rearranged.</param>
    /// <param name="weights">Above 0, as many; empty: all 1; rearranged alike.</param>
    /// <param name="level">From 0 to 1.</param>
    public static double Of(Span<double> values, Span<double> weights, double level)
    {
        var total = Sum(weights, values.Length);
        var (wanted, slack) = (level * total, Rounding * total);
        var (from, to, before) = (0, values.Length, 0.0);
        for (var step = 0; ; step++)
        {
            var (less, more) = Part(values, weights, from, to, Pivot(values, from, to, step));
            var below = before + Sum(weights.IsEmpty ? default : weights[from..less], less - from);
            var upTo = below + Sum(weights.IsEmpty ? default : weights[less..more], more - less);
            if (wanted < below - slack || (less > from && Math.Abs(wanted - below) <= slack))
            {
                to = less;
            }
            else if (wanted > upTo + slack && more < to)
            {
                (from, before) = (more, upTo);
            }
            else
            {
                // all that is greater stands behind
                return wanted >= upTo - slack && more < values.Length ? Middle(values[less], Least(values[more..])) : values[less];
            }
        }
    }

    /// <summary>Parts a range in three: less than the pivot, equal, greater.</summary>
    private static (int Less, int More) Part(Span<double> values, Span<double> weights, int from, int to, double pivot)
    {
        var (less, more) = (from, to);
        for (var i = from; i < more;)
        {
            var value = values[i];
            if (value == pivot)
            {
                i++;
            }
            else
            {
                var other = value < pivot ? less++ : --more;
                (values[i], values[other]) = (values[other], value);
                if (!weights.IsEmpty)
                {
                    (weights[i], weights[other]) = (weights[other], weights[i]);
                }

                i += value < pivot ? 1 : 0;
            }
        }

        return (less, more);
    }

    /// <summary>The middle one of three; their places change from step to step, so that no order of numbers stays bad.</summary>
    private static double Pivot(Span<double> values, int from, int to, int step)
    {
        var place = (ulong)(step + 1) * 0x9E3779B97F4A7C15;
        var length = (ulong)(to - from);
        var (a, b, c) = (values[from + (int)(place % length)], values[from + (int)((place >> 20) % length)], values[from + (int)((place >> 40) % length)]);
        return Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
    }

    private static double Sum(ReadOnlySpan<double> weights, int count)
    {
        if (weights.IsEmpty)
        {
            return count;
        }

        double sum = 0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        return sum;
    }

    private static double Least(ReadOnlySpan<double> values)
    {
        var least = values[0];
        foreach (var value in values)
        {
            least = Math.Min(least, value);
        }

        return least;
    }

    private static double Middle(double a, double b) => a + (b - a) / 2;
}
