using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Testing;

namespace TuneLab.Tests.Samplers;

public sealed class TestFunctionsTests
{
    public static TheoryData<string> Names => [.. All().Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Optimum_AtTheBestConfiguration_IsTheLeastOfManyPoints(string name)
    {
        var function = All().Single(f => f.Name == name);
        Assert.True(function.Space.Contains(function.Best));
        Assert.Equal(function.Optimum, function.Evaluate(function.Best), 4);
        var search = new AskTell(function.Space, new SobolSampler(), true, new Seed(1), planned: 2048);
        while (search.Ask() is { } proposal)
        {
            Assert.True(function.Evaluate(proposal.Configuration) >= function.Optimum - 1e-9);
        }
    }

    private static IEnumerable<TestFunction> All()
        => [TestFunctions.Branin, TestFunctions.Hartmann6, TestFunctions.Ackley(4), TestFunctions.Rosenbrock(4), TestFunctions.Levy(4), TestFunctions.Sphere(4), TestFunctions.RotatedEllipsoid(4, 1000, new Seed(1)),
            TestFunctions.StyblinskiTang(4), TestFunctions.Mixed(new Seed(1)), TestFunctions.Conditional(new Seed(1)), TestFunctions.Levy(4).Shifted(new Seed(2)) with { Name = "levy, shifted" }];
}
