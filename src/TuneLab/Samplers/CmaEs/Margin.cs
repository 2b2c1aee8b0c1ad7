using MathNet.Numerics.Distributions;

namespace TuneLab.Samplers.CmaEs;

/// <summary>
/// Keeps a discrete coordinate from freezing: mean and scale are corrected so that leaving the cell of the mean has at least the probability alpha (Hamano, Saito, Nomura, Shirakawa 2022,
/// CMA-ES with Margin, GECCO; equations 6 to 14; we clamp where their correction is written for sums of probabilities below 1).
/// </summary>
internal static class Margin
{
    /// <param name="state">The distribution.</param>
    /// <param name="edges">[dimensions] null for a continuous coordinate, else the borders between cells, ascending, inside (0, 1).</param>
    /// <param name="alpha">The least probability, below 0.5.</param>
    public static CmaEsState Apply(CmaEsState state, IReadOnlyList<double[]?> edges, double alpha)
    {
        var mean = (double[])state.Mean.Clone();
        var scale = (double[])state.Scale.Clone();
        for (var i = 0; i < mean.Length; i++)
        {
            if (edges[i] is { Length: > 0 } borders)
            {
                var deviation = state.Deviation(i);
                var above = Array.FindIndex(borders, b => b > mean[i]);
                if (above is 0 or -1)
                {
                    Outer(ref mean[i], above == 0 ? borders[0] : borders[^1], deviation, alpha);
                }
                else
                {
                    Inner(ref mean[i], ref scale[i], borders[above - 1], borders[above], deviation, alpha);
                }
            }
        }

        return state.With(mean, scale);
    }

    // the first or the last cell: bring the mean near enough to the only border
    private static void Outer(ref double mean, double border, double deviation, double alpha)
    {
        var reach = Normal.InvCDF(0, 1, 1 - alpha) * deviation;
        mean = mean < border ? Math.Max(mean, border - reach) : Math.Min(mean, border + reach);
    }

    // a cell with neighbours on both sides: mean and scale follow from the two probabilities wanted
    private static void Inner(ref double mean, ref double scale, double low, double high, double deviation, double alpha)
    {
        var below = Normal.CDF(mean, deviation, low);
        var above = 1 - Normal.CDF(mean, deviation, high);
        var (p, q) = (Math.Max(alpha / 2, below), Math.Max(alpha / 2, above));
        if (p == below && q == above)
        {
            return;
        }

        var inside = Math.Max(1 - below - above, 0);
        var share = (1 - p - q - inside) / (p + q + inside - 1.5 * alpha);
        p = Math.Clamp(p + share * (p - alpha / 2), alpha / 2, 0.5 - 1e-9);
        q = Math.Clamp(q + share * (q - alpha / 2), alpha / 2, 0.5 - 1e-9);
        var (down, up) = (Normal.InvCDF(0, 1, 1 - p), Normal.InvCDF(0, 1, 1 - q));
        mean = (low * up + high * down) / (down + up);
        scale *= (high - low) / (deviation * (down + up));
    }
}
