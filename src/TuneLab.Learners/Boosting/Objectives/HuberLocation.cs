namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>
/// Huber's estimate of the middle of weighted numbers (Huber 1964): the minimiser of a loss that is half the square up to delta and grows in a straight line beyond.
/// Its slope is a rising broken line, whose zero Newton's method, kept between two bounds, finds in a few passes. Where the zero is an interval, it is the point of it that is nearest to the median.
/// </summary>
internal static class HuberLocation
{
    private const int MostPasses = 100;

    /// <param name="values">At least one, finite; rearranged.</param>
    /// <param name="weights">Above 0, as many; empty: all 1; rearranged alike.</param>
    /// <param name="delta">Above 0.</param>
    public static double Of(Span<double> values, Span<double> weights, double delta)
    {
        var at = WeightedQuantile.Of(values, weights, 0.5);
        var (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var (slope, curve, total) = Slope(values, weights, delta, at);
            if (Math.Abs(slope) <= 1e-14 * delta * total)
            {
                break;
            }

            (low, high) = slope > 0 ? (low, at) : (at, high);
            var next = at - slope / (curve > 0 ? curve : total);
            next = next > low && next < high ? next : low + (high - low) / 2;
            if (next == at || !double.IsFinite(next))
            {
                break;
            }

            at = next;
        }

        return at;
    }

    /// <summary>First and second derivative of the loss at a point, and the sum of the weights.</summary>
    private static (double Slope, double Curve, double Total) Slope(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, double delta, double at)
    {
        double slope = 0, curve = 0, total = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            var distance = at - values[i];
            slope += weight * Math.Clamp(distance, -delta, delta);
            curve += Math.Abs(distance) <= delta ? weight : 0;
            total += weight;
        }

        return (slope, curve, total);
    }
}
