namespace TuneLab.Data;

/// <summary>Histogram and box of sorted numbers.</summary>
internal static class NumberSpread
{
    private const int Bins = 20;
    private const double Fence = 1.5;
    private const double FarFence = 3;

    /// <summary>The histogram; null when no number is finite.</summary>
    /// <param name="sorted">Rising, without NaN.</param>
    /// <param name="numbers">Where they lie.</param>
    public static Histogram? Histogram(double[] sorted, NumberSummary numbers)
    {
        // where half of the rows have one value, the others are what there is to see
        if (Middle(sorted, numbers, numbers.Upper > numbers.Lower ? FarFence : double.PositiveInfinity) is not (var begin, var end))
        {
            return null;
        }

        var shown = sorted.AsSpan(begin, end - begin);
        var (low, high) = (shown[0], shown[^1]);
        var bins = low == high ? 1 : Bins;
        if (AllWhole(shown) && high - low < int.MaxValue)
        {
            // a bin holds equally many whole numbers as any other, which stand in its middle
            var width = Math.Ceiling((high - low + 1) / Bins);
            bins = (int)Math.Ceiling((high - low + 1) / width);
            (low, high) = (low - 0.5, low - 0.5 + bins * width);
        }

        var counts = new int[bins];
        foreach (var value in shown)
        {
            counts[high > low ? Math.Clamp((int)((value - low) / (high - low) * bins), 0, bins - 1) : 0]++;
        }

        return new Histogram(low, high, counts, begin, sorted.Length - end);
    }

    /// <summary>Whiskers and outliers; null when no number is finite.</summary>
    /// <inheritdoc cref="Histogram"/>
    public static BoxSummary? Box(double[] sorted, NumberSummary numbers)
        => Middle(sorted, numbers, Fence) is (var begin, var end) ? new BoxSummary(sorted[begin], sorted[end - 1], begin, sorted.Length - end) : null;

    // which of the sorted numbers lie within so many box widths of the box
    private static (int Begin, int End)? Middle(double[] sorted, NumberSummary numbers, double widths)
    {
        var reach = widths * (numbers.Upper - numbers.Lower);
        var (low, high) = double.IsFinite(reach) ? (numbers.Lower - reach, numbers.Upper + reach) : (double.MinValue, double.MaxValue);
        var begin = Array.FindIndex(sorted, v => v >= low && double.IsFinite(v));
        var end = Array.FindLastIndex(sorted, v => v <= high && double.IsFinite(v)) + 1;
        return begin >= 0 && begin < end ? (begin, end) : null;
    }

    private static bool AllWhole(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsInteger(value))
            {
                return false;
            }
        }

        return true;
    }
}
