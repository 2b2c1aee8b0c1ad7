namespace TuneLab.MLNet.Engine.Runs;

/// <summary>Row weights as ML.NET gets them.</summary>
internal static class RowWeights
{
    /// <summary>The same weights with mean 1, whatever their unit: in single precision, and beside penalties that are made for such.</summary>
    /// <param name="weights">[rows] above 0, or null: all 1.</param>
    /// <returns>[rows], or null.</returns>
    public static double[]? Normalised(double[]? weights)
    {
        if (weights is null)
        {
            return null;
        }

        // by the largest first: a sum of large ones would overflow
        var largest = weights.Max();
        var mean = weights.Average(w => w / largest);
        return Array.ConvertAll(weights, w => w / largest / mean);
    }
}
