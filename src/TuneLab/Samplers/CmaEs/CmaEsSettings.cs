namespace TuneLab.Samplers.CmaEs;

/// <summary>
/// The constants of the strategy for a number of dimensions and a population, as in table 1 of Hansen 2016, The CMA Evolution Strategy: A Tutorial (arXiv:1604.00772).
/// Symbols: n dimensions, lambda population, mu parents, w weights, mu_eff, c_sigma, d_sigma, c_c, c_1, c_mu, chi_n the expected length of a standard normal vector.
/// </summary>
internal sealed class CmaEsSettings
{
    public CmaEsSettings(int dimensions, int population)
    {
        Population = population;
        Dimensions = dimensions;
        var n = (double)dimensions;
        var raw = new double[population];
        for (var i = 0; i < population; i++)
        {
            raw[i] = Math.Log((population + 1) / 2.0) - Math.Log(i + 1);
        }

        Parents = population / 2;
        var positive = raw.Take(Parents).Sum();
        var negative = raw.Skip(Parents).Sum();
        ParentMass = Square(positive) / raw.Take(Parents).Sum(Square);
        var negativeMass = Square(negative) / raw.Skip(Parents).Sum(Square);

        PathRateC = (4 + ParentMass / n) / (n + 4 + 2 * ParentMass / n);
        RankOneRate = 2 / (Square(n + 1.3) + ParentMass);
        RankMuRate = Math.Min(1 - RankOneRate, 2 * (0.25 + ParentMass + 1 / ParentMass - 2) / (Square(n + 2) + ParentMass));
        PathRateSigma = (ParentMass + 2) / (n + ParentMass + 5);
        Damping = 1 + 2 * Math.Max(0, Math.Sqrt((ParentMass - 1) / (n + 1)) - 1) + PathRateSigma;
        ExpectedNorm = Math.Sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));

        // negative weights: as large as keeps the covariance positive definite (equations 50 to 53 of the tutorial)
        var limit = Math.Min(1 + RankOneRate / RankMuRate, Math.Min(1 + 2 * negativeMass / (ParentMass + 2), (1 - RankOneRate - RankMuRate) / (n * RankMuRate)));
        Weights = [.. raw.Select((w, i) => i < Parents ? w / positive : w / -negative * limit)];
        LongestStep = Math.Sqrt(n) + 2 * n / (n + 2);
    }

    /// <summary>The weights when only the first <paramref name="scored"/> ranks have a score: a point without one never attracts.</summary>
    public double[] WeightsFor(int scored)
    {
        if (scored >= Parents)
        {
            return Weights;
        }

        var sum = Weights.Take(scored).Sum();
        return [.. Weights.Select((w, i) => i < scored ? w / sum : Math.Min(w, 0))];
    }

    public int Dimensions { get; }

    public int Population { get; }

    public int Parents { get; }

    /// <summary>[population] for ranks best to worst; the first <see cref="Parents"/> add up to 1, the others are not positive.</summary>
    public double[] Weights { get; }

    public double ParentMass { get; }

    public double PathRateC { get; }

    public double PathRateSigma { get; }

    public double RankOneRate { get; }

    public double RankMuRate { get; }

    public double Damping { get; }

    public double ExpectedNorm { get; }

    /// <summary>The length, in standard deviations, to which a step from an older generation is cut (c_y of Hansen 2011, Injecting external solutions into CMA-ES).</summary>
    public double LongestStep { get; }

    private static double Square(double x) => x * x;
}
