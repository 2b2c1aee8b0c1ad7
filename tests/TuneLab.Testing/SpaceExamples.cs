using TuneLab.Randomness;
using TuneLab.Space;

namespace TuneLab.Testing;

/// <summary>Search spaces for tests: of every kind, and random ones.</summary>
public static class SpaceExamples
{
    /// <summary>One of each kind of parameter, two of them conditional.</summary>
    public static SearchSpace Mixed { get; } = new(
        new FloatParameter("rate", 0.001, 1, Scale.Log),
        new IntParameter("leaves", 2, 1024, Scale.Log),
        new ChoiceParameter("kind", "plain", "extra", "dart"),
        new FloatParameter("drop", 0, 0.5) { Condition = new Condition("kind", ["dart"]) },
        new IntParameter("depth", 1, 6),
        new ChoiceParameter("split", "gini", "entropy") { Condition = new Condition("kind", ["plain", "extra"]) },
        new FloatParameter("share", 0.1, 1, step: 0.1));

    /// <summary>No parameter: one configuration.</summary>
    public static SearchSpace Empty { get; } = new();

    /// <summary>Parameters that can take one value only.</summary>
    public static SearchSpace Single { get; } = new(new ChoiceParameter("kind", "plain"), new FloatParameter("rate", 0.1, 0.1), new IntParameter("depth", 3, 3));

    /// <summary>A number that another one limits, and more.</summary>
    public static SearchSpace Limited { get; } = new(
        new IntParameter("leaves", 4, 256, Scale.Log) { AtMostTwoTo = "depth" },
        new FloatParameter("rate", 0.001, 1, Scale.Log),
        new ChoiceParameter("kind", "plain", "dart"),
        new IntParameter("depth", 0, 12),
        new IntParameter("bins", 3, 99, step: 4) { AtMostTwoTo = "depth", Condition = new Condition("kind", ["dart"]) });

    /// <summary>A parameter of a random kind and range.</summary>
    public static Parameter RandomParameter(string name, SeededRandom random)
    {
        var low = Math.Round(100 * random.NextDouble(), 3) + 0.001;
        var whole = 1 + random.NextInt(50);
        return random.NextInt(6) switch
        {
            0 => new FloatParameter(name, -low, low * 2),
            1 => new FloatParameter(name, low, low * (1 + 1000 * random.NextDouble()), Scale.Log),
            2 => new FloatParameter(name, low, low + 0.05 * (1 + random.NextInt(40)), step: 0.05),
            3 => new IntParameter(name, -whole, whole + random.NextInt(100), step: 1 + random.NextInt(3)),
            4 => new IntParameter(name, whole, whole + random.NextInt(500), Scale.Log),
            _ => new ChoiceParameter(name, [.. Enumerable.Range(0, 1 + random.NextInt(6)).Select(i => "c" + i)]),
        };
    }

    /// <summary>One to seven parameters of random kinds, some of them under a condition.</summary>
    public static SearchSpace Random(Seed seed)
    {
        var random = seed.Random();
        var parameters = new List<Parameter>();
        for (var i = random.NextInt(7); i >= 0; i--)
        {
            var next = RandomParameter("p" + parameters.Count, random);
            var parents = parameters.OfType<ChoiceParameter>().ToArray();
            parameters.Add(parents.Length > 0 && random.NextInt(3) == 0
                ? next with { Condition = new Condition(parents[^1].Name, [parents[^1].Choices[random.NextInt(parents[^1].Choices.Count)]]) }
                : next);
        }

        return new SearchSpace(parameters);
    }

    /// <summary>A random part of a space; one side in five has no length.</summary>
    public static Hypercube RandomBox(SearchSpace space, Seed seed)
    {
        var random = seed.Random();
        var (low, high) = (new double[space.Dimensions], new double[space.Dimensions]);
        var choices = new IReadOnlyList<int>?[space.Dimensions];
        for (var i = 0; i < space.Dimensions; i++)
        {
            if (space.Parameters[i] is ChoiceParameter choice)
            {
                int[] left = [.. Enumerable.Range(0, choice.Choices.Count).Where(_ => random.NextInt(2) == 0)];
                (high[i], choices[i]) = (1, left.Length > 0 ? left : [0]);
            }
            else
            {
                var (a, b) = (random.NextDouble(), random.NextDouble());
                (low[i], high[i]) = random.NextInt(5) == 0 ? (a, a) : (Math.Min(a, b), Math.Max(a, b));
            }
        }

        return new Hypercube(space, low, high, choices);
    }

    /// <summary>A point of the unit cube.</summary>
    public static double[] RandomPoint(SearchSpace space, SeededRandom random) => [.. space.Parameters.Select(_ => random.NextDouble())];
}
