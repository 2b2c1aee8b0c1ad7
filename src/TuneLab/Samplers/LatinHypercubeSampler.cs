using TuneLab.Randomness;

namespace TuneLab.Samplers;

/// <summary>
/// Latin hypercube (McKay, Beckman, Conover 1979): of the n points planned, each n-th of each coordinate holds exactly one. When the number is not planned, every block of
/// <see cref="BlockWithoutPlan"/> proposals is such a design; proposals beyond the planned number begin a new one.
/// </summary>
public sealed class LatinHypercubeSampler : ISampler
{
    /// <summary>The size of a design when only time limits the pass.</summary>
    public const int BlockWithoutPlan = 32;

    /// <inheritdoc/>
    public string Id => "lhs";

    /// <inheritdoc/>
    public int Lag => int.MaxValue;

    /// <inheritdoc/>
    public double[]? Propose(SamplerRequest request)
    {
        var size = Math.Max(1, request.Planned ?? BlockWithoutPlan);
        var (block, within) = Math.DivRem(request.Index, size);
        var seed = request.Seed.Child("lhs").Child(block);
        var relative = new double[request.Space.Dimensions];
        for (var i = 0; i < relative.Length; i++)
        {
            relative[i] = Coordinate(seed.Child(i), size, within);
        }

        return request.Box.Place(relative);
    }

    private static double Coordinate(Seed seed, int size, int within)
    {
        var strata = new int[size];
        for (var i = 0; i < size; i++)
        {
            strata[i] = i;
        }

        seed.Child("strata").Random().Shuffle<int>(strata);
        return (strata[within] + seed.Child(within).Random().NextDouble()) / size;
    }
}
