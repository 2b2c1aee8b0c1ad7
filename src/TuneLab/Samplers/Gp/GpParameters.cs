namespace TuneLab.Samplers.Gp;

/// <summary>
/// What is fitted of a Gaussian process, as one row of logarithms: [coordinates] lengths over which the function varies (in sides of the box; of a choice: how far apart its values are, reversed),
/// [numbers] a and [numbers] b of <see cref="InputWarp"/>, and the noise's variance over the function's.
/// <para>Priors are normal distributions of the logarithms: a length is about half a side of the box where there are two coordinates, and grows with the fourth root of their number (with the root in
/// Hvarfner et al. 2024, Vanilla Bayesian optimization performs great in high dimensions), a warp is about none, noise about 1e-4.</para>
/// </summary>
internal static class GpParameters
{
    private const double LeastLength = 0.01;
    private const double MostLength = 100;
    private const double LeastNoise = 1e-6;
    private const double MostNoise = 1;
    private const double MostWarp = 4;

    /// <summary>How many there are.</summary>
    public static int Count(BoxSpace space) => space.Dimensions + (2 * space.Numbers) + 1;

    /// <summary>The mean of each prior, where a fit begins.</summary>
    public static double[] Middle(BoxSpace space) => Make(space, Math.Log(0.42 * Math.Pow(space.Dimensions, 0.25)), 0, Math.Log(1e-4));

    /// <summary>The deviation of each prior.</summary>
    public static double[] Spread(BoxSpace space) => Make(space, 1, 0.2, 2.5);

    /// <summary>The lower bounds.</summary>
    public static double[] Low(BoxSpace space) => Make(space, Math.Log(LeastLength), -Math.Log(MostWarp), Math.Log(LeastNoise));

    /// <summary>The upper bounds.</summary>
    public static double[] High(BoxSpace space) => Make(space, Math.Log(MostLength), Math.Log(MostWarp), Math.Log(MostNoise));

    /// <summary>The first steps of a fit.</summary>
    public static double[] Steps(BoxSpace space) => Make(space, 0.2, 0.05, 0.5);

    private static double[] Make(BoxSpace space, double length, double warp, double noise)
    {
        var row = new double[Count(space)];
        Array.Fill(row, length, 0, space.Dimensions);
        Array.Fill(row, warp, space.Dimensions, 2 * space.Numbers);
        row[^1] = noise;
        return row;
    }
}
