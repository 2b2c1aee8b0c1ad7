using System.Runtime.CompilerServices;
using System.Text.Json;
using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Samplers.Local;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Samplers;

public sealed class NelderMeadSamplerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Simplex_FunctionsOfScipy_EvaluatesTheSamePoints(int which)
    {
        var reference = JsonSerializer.Deserialize<Trace[]>(File.ReadAllBytes(Reference("nelder-mead.json")), JsonSerializerOptions.Web)![which];
        ILocalSearch search = Simplex.Begin(reference.Simplex);
        var evaluated = new List<double[]>();
        while (search.Wanted.Count > 0 && evaluated.Count < reference.Points.Length)
        {
            evaluated.AddRange(search.Wanted);
            search = search.After([.. search.Wanted.Select(x => new LocalScore(0, Value(reference.Name, x)))]);
        }

        Assert.Equal(reference.Points.Length, evaluated.Count);
        for (var i = 0; i < evaluated.Count; i++)
        {
            Assert.All(evaluated[i].Zip(reference.Points[i]), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
            Assert.Equal(reference.Values[i], Value(reference.Name, evaluated[i]), 1e-6);
        }

        // scipy had not converged where it stopped at its limit of evaluations
        Assert.Equal(reference.Points.Length is 300, search.Wanted.Count > 0);
    }

    [Theory]
    [InlineData("sphere")]
    [InlineData("hartmann6")]
    [InlineData("rosenbrock")]
    public void Function_AgainstRandom_IsBetterByASignTest(string name)
    {
        // under the hypothesis that neither is better, 12 wins of 15 or more have probability 0.018
        var function = name switch { "sphere" => TestFunctions.Sphere(5), "hartmann6" => TestFunctions.Hartmann6, _ => TestFunctions.Rosenbrock(4) };
        var wins = Enumerable.Range(0, 15).Count(seed => Losses(function, new NelderMeadSampler(), 120, seed, LocalRuns.Start(function.Space, seed)).Min() < Losses(function, new RandomSampler(), 120, seed, []).Min());
        Assert.True(wins >= 12, $"{wins} of 15");
    }

    [Fact]
    public void Run_LongAfterItConverged_HasStartedAgainElsewhere()
    {
        var losses = Losses(TestFunctions.Sphere(2), new NelderMeadSampler(), 400, 3, []);
        Assert.InRange(losses.Min(), 0, 1e-3);
        Assert.True(losses.Skip(150).Max() > 10, "it never left the optimum");
    }

    [Fact]
    public void Start_Given_IsTriedFirstAndCornersLieAFifthFromIt()
    {
        var space = TestFunctions.Sphere(3).Space;
        double[] start = [0.9, 0.5, 0.1];
        var search = new AskTell(space, new NelderMeadSampler(), true, new Seed(1), start: [start]);
        var points = new List<double[]>();
        while (points.Count < 4)
        {
            points.Add(search.Ask()!.Point);
            search.Tell(points.Count - 1, points.Count);
        }

        double[][] expected = [start, [0.7, 0.5, 0.1], [0.9, 0.7, 0.1], [0.9, 0.5, 0.3]];
        Assert.Equal(expected.SelectMany(p => p).Select(x => Math.Round(x, 12)), points.SelectMany(p => p).Select(x => Math.Round(x, 12)));
    }

    [Fact]
    public void Propose_FailedAndPrunedCorners_AreLeftBehind()
        => LocalRuns.FindsTheOptimumBesideFailures(new NelderMeadSampler(), 400, 1e-3);

    [Fact]
    public void MixedConditionalSpace_OptimumUnderAnotherChoice_IsFound()
        => LocalRuns.FindsAnotherChoice(() => new NelderMeadSampler(), 250);

    [Fact]
    public void Propose_SpaceOfFewConfigurations_TriesThemAllBeforeOneAgain()
        => LocalRuns.TriesAllBeforeOneAgain(new NelderMeadSampler());

    private static double Value(string function, double[] x) => function switch
    {
        "valley" => Enumerable.Range(0, x.Length - 1).Sum(i => (100 * Math.Pow(x[i + 1] - (x[i] * x[i]), 2)) + Math.Pow(x[i] - 1, 2)),
        "corner" => x.Select((v, i) => (i + 1) * Math.Pow(v - 1.2 + (0.9 * i), 2)).Sum(),
        _ => x.Sum(v => Math.Sqrt(Math.Abs(v - 0.3))) + Math.Abs(x[0] - x[^1]),
    };

    private static string Reference(string file, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Reference", file);

    private static List<double> Losses(TestFunction function, ISampler sampler, int evaluations, int seed, double[][] start) => SamplerRun.Losses(function.Space, function.Evaluate, sampler, evaluations, seed, start);

    private sealed record Trace(string Name, double[][] Simplex, double[][] Points, double[] Values);
}
