namespace TuneLab.Analysis;

/// <summary>Adjusts the p-values of several tests, so that the chance of any false finding among them stays below the level (Holm 1979): the smallest is multiplied by their number, the next by one less, and none becomes smaller than one before it.</summary>
public static class HolmCorrection
{
    /// <summary>The adjusted p-values, in the order given; NaN stays NaN and counts as no test.</summary>
    /// <param name="p">[tests] in [0, 1], or NaN.</param>
    public static double[] Adjust(IReadOnlyList<double> p)
    {
        var adjusted = new double[p.Count];
        Array.Fill(adjusted, double.NaN);
        int[] order = [.. Enumerable.Range(0, p.Count).Where(i => !double.IsNaN(p[i])).OrderBy(i => p[i])];
        var largest = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, p[order[rank]] * (order.Length - rank)));
            adjusted[order[rank]] = largest;
        }

        return adjusted;
    }
}
