using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Benchmarks.Samplers;

/// <summary>A function to search, another one for each seed.</summary>
/// <param name="Name">With its dimensions.</param>
/// <param name="Make">The function of a seed: its optimum lies elsewhere.</param>
/// <param name="Noise">The deviation of the noise in what a sampler is told.</param>
internal sealed record Problem(string Name, Func<Seed, TestFunction> Make, double Noise = 0)
{
    public static IReadOnlyList<Problem> All { get; } =
    [
        Of(TestFunctions.Branin), Of(TestFunctions.Hartmann6), Of(TestFunctions.Ackley(4)), Of(TestFunctions.Ackley(10)), Of(TestFunctions.Ackley(20)), Of(TestFunctions.Rosenbrock(5)),
        Of(TestFunctions.Rosenbrock(20)), Of(TestFunctions.Levy(4)), Of(TestFunctions.Levy(10)), Of(TestFunctions.Levy(20)), Of(TestFunctions.StyblinskiTang(5)), Of(TestFunctions.StyblinskiTang(20)),
        Of(TestFunctions.Sphere(8)), Of(TestFunctions.Hartmann6, 0.2), Of(TestFunctions.Levy(4), 5), new Problem("mixed 7", TestFunctions.Mixed), new Problem("conditional 9", TestFunctions.Conditional),
    ];

    private static Problem Of(TestFunction function, double noise = 0) => new(function.Name + " " + function.Space.Dimensions + (noise > 0 ? ", noisy" : ""), seed => function.Shifted(seed), noise);

    /// <summary>One search of it.</summary>
    public ProblemRun Run(int seed) => new(Make(new Seed((ulong)seed)), Noise, new Seed((ulong)seed).Child("noise"));
}

/// <summary>What a search has come to.</summary>
internal sealed class ProblemRun(TestFunction function, double noise, Seed seed)
{
    private double _told = double.PositiveInfinity;

    /// <summary>The space.</summary>
    public SearchSpace Space => function.Space;

    /// <summary>How many configurations were tried.</summary>
    public int Count { get; private set; }

    /// <summary>The loss, without noise, of the configuration that looks best.</summary>
    public double Best { get; private set; } = double.PositiveInfinity;

    /// <summary>What is told about a configuration.</summary>
    public double Tell(Configuration configuration)
    {
        var loss = function.Evaluate(configuration);
        var told = loss + (noise * seed.Child(Count++).Random().NextNormal());
        if (told < _told)
        {
            (_told, Best) = (told, loss);
        }

        return told;
    }
}
