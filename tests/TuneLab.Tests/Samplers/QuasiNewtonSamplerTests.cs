using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Samplers.Local;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Samplers;

public sealed class QuasiNewtonSamplerTests
{
    [Fact]
    public void Fitted_AsManyPointsAsAQuadraticHasTerms_IsTheQuadratic()
    {
        // 1 + 2x - 3y + 4xx + xy + 2yy by hand
        static double F(double[] p) => 1 + (2 * p[0]) - (3 * p[1]) + (4 * p[0] * p[0]) + (p[0] * p[1]) + (2 * p[1] * p[1]);
        double[][] points = [[0.5, 0.5], [0.6, 0.5], [0.4, 0.5], [0.5, 0.6], [0.5, 0.4], [0.6, 0.6]];
        var model = QuadraticModel.Flat([0.5, 0.5], 0);
        for (var i = 0; i < 30; i++)
        {
            model = model.Fitted([0.5, 0.5], [.. points.Select(p => (p, F(p)))], 0.1); // each fit takes off what the slack left
        }

        foreach (double[] x in (double[][])[[0.1, 0.9], [0.7, 0.2], [1, 1], [0, 0]])
        {
            Assert.Equal(F(x), model.At(x), 1e-6);
            Assert.Equal(2 + (8 * x[0]) + x[1], model.Slope(x, 0), 1e-5);
            Assert.Equal(-3 + x[0] + (4 * x[1]), model.Slope(x, 1), 1e-5);
        }
    }

    [Fact]
    public void Fitted_FewerPoints_ChangesTheCurvatureLeast()
    {
        // of all quadratics through -1, 0 and 1 on each axis the one without a mixed term has the smallest curvature matrix
        double[][] points = [[0.5, 0.5], [0.6, 0.5], [0.4, 0.5], [0.5, 0.6], [0.5, 0.4]];
        var model = QuadraticModel.Flat([0.5, 0.5], 0);
        for (var i = 0; i < 30; i++)
        {
            model = model.Fitted([0.5, 0.5], [.. points.Select(p => (p, (3 * Math.Pow(p[0] - 0.5, 2)) + Math.Pow(p[1] - 0.5, 2)))], 0.1);
        }

        Assert.Equal((3 * 0.16) + 0.09, model.At([0.9, 0.8]), 1e-6);
    }

    [Fact]
    public void Least_InsideABoxThatCutsTheMinimum_LiesOnItsEdge()
    {
        double[][] points = [[0.5, 0.5], [0.6, 0.5], [0.4, 0.5], [0.5, 0.6], [0.5, 0.4]];
        var model = QuadraticModel.Flat([0.5, 0.5], 0);
        for (var i = 0; i < 30; i++)
        {
            model = model.Fitted([0.5, 0.5], [.. points.Select(p => (p, Math.Pow(p[0] - 0.9, 2) - Math.Pow(p[1] - 0.52, 2)))], 0.1);
        }

        // to the minimum along the first axis as far as the box goes, down the hill along the second to the lower end
        Assert.Equal([0.8, 0.2], model.Least(0.3).Select(x => Math.Round(x, 6)));
        Assert.Equal([0.9, 0], model.Least(0.5).Select(x => Math.Round(x, 6)));
    }

    [Theory]
    [InlineData(2, 12)]
    [InlineData(5, 18)]
    [InlineData(10, 28)]
    public void Sphere_Dimensions_TakesAFewEvaluationsEach(int dimensions, int evaluations)
    {
        // differences to both sides are 2 d + 1 points, and then the model is the function: what is left is steps of growing radius
        var function = TestFunctions.Sphere(dimensions);
        for (var seed = 0; seed < 5; seed++)
        {
            Assert.InRange(Losses(function, new QuasiNewtonSampler(), evaluations, seed, LocalRuns.Start(function.Space, seed)).Min(), 0, 1e-3 * dimensions);
        }
    }

    [Fact]
    public void RotatedEllipsoid_SixDimensions_IsLearned()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var function = TestFunctions.RotatedEllipsoid(6, 100, new Seed((ulong)seed));
            var losses = Losses(function, new QuasiNewtonSampler(), 250, seed, LocalRuns.Start(function.Space, seed));
            Assert.InRange(losses.Min(), 0, 1e-2 * losses[0]);
        }
    }

    [Theory]
    [InlineData("noisy sphere")]
    [InlineData("hartmann6")]
    [InlineData("rosenbrock")]
    public void Function_AgainstRandom_IsBetterByASignTest(string name)
    {
        // under the hypothesis that neither is better, 12 wins of 15 or more have probability 0.018
        var function = name switch { "noisy sphere" => TestFunctions.Sphere(5), "hartmann6" => TestFunctions.Hartmann6, _ => TestFunctions.Rosenbrock(4) };
        var noise = name == "noisy sphere" ? 0.5 : 0;
        var wins = Enumerable.Range(0, 15).Count(seed => True(new QuasiNewtonSampler(), seed, LocalRuns.Start(function.Space, seed)) < True(new RandomSampler(), seed, []));
        Assert.True(wins >= 12, $"{wins} of 15");

        // what the function is without noise where it looked best with it
        double True(ISampler sampler, int seed, double[][] start)
        {
            var random = new Seed((ulong)seed).Child("noise").Random();
            var search = new AskTell(function.Space, sampler, true, new Seed((ulong)seed), 120, start: start);
            while (search.Ask() is { } proposal)
            {
                search.Tell(proposal.Number, function.Evaluate(proposal.Configuration) + (noise * random.NextNormal()));
            }

            return function.Evaluate(search.Best!.Proposal.Configuration);
        }
    }

    [Fact]
    public void Optimum_OutsideABox_IsApproachedAtItsCorner()
    {
        var space = TestFunctions.Sphere(3).Space;
        var box = new Hypercube(space, [0.6, 0.1, 0.3], [0.9, 0.4, 0.8], [null, null, null]);
        var search = new AskTell(space, new QuasiNewtonSampler(), true, new Seed(1), 40, box);
        while (search.Ask() is { } proposal)
        {
            Assert.True(box.Contains(proposal.Point));
            search.Tell(proposal.Number, TestFunctions.Sphere(3).Evaluate(proposal.Configuration));
        }

        // 0.1 of 10.24 from the middle along two axes
        Assert.Equal(2 * 1.024 * 1.024, search.Best!.Score, 1e-3);
    }

    [Fact]
    public void Differences_OfWholeNumbers_AreACellWide()
    {
        var space = new SearchSpace(new IntParameter("depth", 1, 5), new FloatParameter("x", 0, 1));
        var search = new AskTell(space, new QuasiNewtonSampler(), true, new Seed(1), 5, start: [[0.5, 0.5]]);
        var asked = new List<Configuration>();
        while (search.Ask() is { } proposal)
        {
            asked.Add(proposal.Configuration);
            search.Tell(proposal.Number, 1);
        }

        Assert.Equal([(3, 0.5), (4, 0.5), (2, 0.5), (3, 0.55), (3, 0.45)], asked.Select(c => (c.Number("depth", 0), Math.Round(c.Number("x", 0), 12))));
    }

    [Fact]
    public void Propose_FailedAndPrunedPoints_AreLeftBehind()
        => LocalRuns.FindsTheOptimumBesideFailures(new QuasiNewtonSampler(), 400, 1e-3);

    [Fact]
    public void MixedConditionalSpace_OptimumUnderAnotherChoice_IsFound()
        => LocalRuns.FindsAnotherChoice(() => new QuasiNewtonSampler(), 250);

    [Fact]
    public void Propose_SpaceOfFewConfigurations_TriesThemAllBeforeOneAgain()
        => LocalRuns.TriesAllBeforeOneAgain(new QuasiNewtonSampler());

    private static List<double> Losses(TestFunction function, ISampler sampler, int evaluations, int seed, double[][] start) => SamplerRun.Losses(function.Space, function.Evaluate, sampler, evaluations, seed, start);
}
