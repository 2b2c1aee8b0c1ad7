using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>Uniform and independent points (Bergstra and Bengio 2012, Random search for hyper-parameter optimization). Never ends.</summary>
public sealed class RandomSampler : ISampler
{
    /// <inheritdoc/>
    public string Id => "random";

    /// <inheritdoc/>
    public int Lag => int.MaxValue;

    /// <inheritdoc/>
    public double[]? Propose(SamplerRequest request)
    {
        var random = request.Seed.Child("random").Child(request.Index).Random();
        var relative = new double[request.Space.Dimensions];
        for (var i = 0; i < relative.Length; i++)
        {
            relative[i] = random.NextDouble();
        }

        return request.Box.Place(relative);
    }
}
