namespace TuneLab.MLNet.Engine.Runs;

/// <summary>
/// The unit in which a number is learned: ML.NET holds labels in single precision, and its step sizes and penalties are made for labels near 1. A label y is learned as (y - shift) / unit.
/// </summary>
/// <param name="Shift">The label that is learned as 0.</param>
/// <param name="Unit">The difference that is learned as 1; above 0.</param>
internal sealed record TargetScale(double Shift, double Unit)
{
    /// <summary>Beyond this a score is cut off.</summary>
    private const double Largest = 1e30;

    /// <summary>Labels as they are: classes.</summary>
    public static TargetScale None { get; } = new(0, 1);

    /// <summary>Mean 0 and deviation 1.</summary>
    /// <param name="labels">[rows].</param>
    /// <param name="weights">[rows] with mean 1, or null: all 1.</param>
    public static TargetScale Standard(double[] labels, double[]? weights)
    {
        var mean = Mean(labels, weights);
        var largest = labels.Max(y => Math.Abs(y - mean));

        // against the largest difference, so that squares neither overflow nor vanish
        var squares = largest == 0 ? [] : Array.ConvertAll(labels, y => Math.Pow((y - mean) / largest, 2));
        return new(mean, largest == 0 ? 1 : Usable(largest * Math.Sqrt(Mean(squares, weights))));
    }

    /// <summary>At least 0, with mean 1: for counts and amounts. Labels below 0 move all of them up.</summary>
    /// <param name="labels">[rows].</param>
    /// <param name="weights">[rows] with mean 1, or null: all 1.</param>
    public static TargetScale Positive(double[] labels, double[]? weights)
    {
        var least = Math.Min(0, labels.Min());
        return new(least, Usable(Mean(labels, weights) - least));
    }

    /// <summary>What is learned for a label.</summary>
    public float Of(double label) => (float)((label - Shift) / Unit);

    /// <summary>The label that a score stands for; the shift where it is no number.</summary>
    public double Back(float score) => float.IsNaN(score) ? Shift : Shift + Math.Clamp(score, -Largest, Largest) * Unit;

    private static double Mean(double[] values, double[]? weights)
    {
        var mean = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            mean += (weights?[i] ?? 1) * values[i] / values.Length;
        }

        return mean;
    }

    private static double Usable(double unit) => unit > 0 && double.IsFinite(1 / unit) ? unit : 1;
}
