namespace TuneLab.Samplers.Gp;

/// <summary>
/// Turns losses into numbers of mean 0 and deviation 1 that are about normal, in the same order: of the loss itself and of the logarithms ln(loss - least + offset * (median - least)) the one under which
/// the losses are likeliest, as independent normal numbers (the choice of the power in Box and Cox 1964; HEBO, Cowen-Rivers et al. 2022, does the same with its family). So that a few huge losses
/// do not hide what differs among the good ones.
/// </summary>
internal static class OutputWarp
{
    // of what is larger only the order against the others is lost
    private const double Largest = 1e9;

    // smaller ones magnify what tells the best few apart
    private static readonly double[] _offsets = [0.3, 1, 3];

    /// <summary>The warped losses, in place of the losses.</summary>
    /// <param name="losses">All finite.</param>
    public static double[] Of(double[] losses)
    {
        double[] sorted = [.. losses.Order()];
        var (least, scale) = (sorted.Length == 0 ? 0 : sorted[0], 0.0);
        if (sorted.Length > 0)
        {
            scale = sorted[sorted.Length / 2] - least;
            scale = scale > 0 ? scale : sorted[^1] - least;
        }

        if (!(scale > 0) || !double.IsFinite(scale))
        {
            return new double[losses.Length];
        }

        var (best, likeliest) = (Standard(losses, least, scale, null), double.NegativeInfinity);
        foreach (var offset in (double?[])[null, .. _offsets])
        {
            var warped = Standard(losses, least, scale, offset);
            if (warped.LogLikelihood > likeliest)
            {
                (best, likeliest) = (warped, warped.LogLikelihood);
            }
        }

        return best.Values;
    }

    private static (double[] Values, double LogLikelihood) Standard(double[] losses, double least, double scale, double? offset)
    {
        var values = new double[losses.Length];
        var (mean, slopes) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            var relative = Math.Min((losses[i] - least) / scale, Largest);
            values[i] = offset is { } o ? Math.Log(relative + o) : relative;
            slopes -= offset is null ? 0 : values[i];
            mean += values[i] / values.Length;
        }

        var variance = values.Sum(v => (v - mean) * (v - mean)) / values.Length;
        var deviation = Math.Sqrt(variance);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (values[i] - mean) / deviation;
        }

        return (values, slopes - (0.5 * values.Length * Math.Log(variance)));
    }
}
