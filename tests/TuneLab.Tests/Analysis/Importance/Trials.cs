using TuneLab.Analysis.Importance;
using TuneLab.Randomness;
using TuneLab.Space;

namespace TuneLab.Tests.Analysis.Importance;

/// <summary>Trials of a function at random configurations.</summary>
internal static class Trials
{
    /// <param name="space">Where.</param>
    /// <param name="count">How many.</param>
    /// <param name="score">The function.</param>
    /// <param name="seed">For the configurations and the noise.</param>
    /// <param name="noise">Standard deviation of what is added.</param>
    public static IReadOnlyList<ScoredConfiguration> Random(SearchSpace space, int count, Func<Configuration, double> score, ulong seed = 1, double noise = 0)
    {
        var random = new Seed(seed).Child("trials").Random();
        return [.. Enumerable.Range(0, count)
            .Select(_ => space.FromUnit("function", [.. space.Parameters.Select(_ => random.NextDouble())]))
            .Select(c => new ScoredConfiguration(c, score(c) + noise * random.NextNormal()))];
    }

    /// <summary>Real numbers x1, x2, ... from low to high.</summary>
    public static SearchSpace Numbers(int count, double low = 0, double high = 1)
        => new([.. Enumerable.Range(1, count).Select(i => new FloatParameter("x" + i, low, high))]);
}
