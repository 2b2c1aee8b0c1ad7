namespace TuneLab.Reporting.Plots;

/// <summary>A linear axis: a range of values laid over a range of the drawing, with round ticks.</summary>
internal sealed class PlotAxis
{
    private readonly double _low, _high, _from, _to;

    /// <param name="low">The lowest value; widened a little when it equals <paramref name="high"/>.</param>
    /// <param name="high">The highest value.</param>
    /// <param name="from">Where the lowest value lies, in drawing units.</param>
    /// <param name="to">Where the highest value lies.</param>
    /// <param name="ticks">About how many ticks are wanted.</param>
    /// <param name="whole">Whether ticks must be whole numbers.</param>
    public PlotAxis(double low, double high, double from, double to, int ticks, bool whole = false)
    {
        if (!(high > low))
        {
            var margin = Math.Max(Math.Abs(low) * 0.01, 1e-3);
            (low, high) = (low - margin, low + margin);
        }

        (_low, _high, _from, _to) = (low, high, from, to);
        var step = Step((high - low) / ticks);
        step = whole ? Math.Max(1, Math.Round(step)) : step;
        var decimals = Decimals(step);
        for (var i = (long)Math.Ceiling(low / step - 1e-9); i * step <= high + 1e-9 * step; i++)
        {
            Ticks.Add((i * step, (i * step).ToString(step >= 1e6 ? "0.##e+0" : "F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Values and their labels.</summary>
    public List<(double Value, string Label)> Ticks { get; } = [];

    /// <summary>Where a value lies; values outside lie on the edge.</summary>
    public double At(double value) => _from + (Math.Clamp(value, _low, _high) - _low) / (_high - _low) * (_to - _from);

    /// <summary>Whether a value lies outside the range.</summary>
    public bool IsOutside(double value) => value < _low || value > _high;

    /// <summary>How many decimals it takes to write the step: 2 for 0.25.</summary>
    private static int Decimals(double step)
    {
        var decimals = 0;
        for (var scaled = step; decimals < 12 && Math.Abs(scaled - Math.Round(scaled)) > 1e-6 * scaled; scaled *= 10)
        {
            decimals++;
        }

        return decimals;
    }

    /// <summary>The next round number (1, 2, 2.5 or 5 times a power of ten) that is not below.</summary>
    private static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (var factor in (double[])[1, 2, 2.5, 5])
        {
            if (factor * power >= least * (1 - 1e-9))
            {
                return factor * power;
            }
        }

        return 10 * power;
    }
}
