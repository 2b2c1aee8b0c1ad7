using System.Runtime.Intrinsics;
using TuneLab.Learners.Boosting.Objectives;
using TuneLab.Numerics;
using TuneLab.Randomness;

namespace TuneLab.Learners.Tests.Boosting;

public sealed class VectorFunctionsTests
{
    [Fact]
    public void Exp_WholeRange_IsThatOfTheRuntime()
    {
        var random = new SeededRandom(1);
        double[] special = [0, -0.0, 1, -1, 0.34657359, -0.34657359, 708, -708, 1e-300, double.Epsilon];
        foreach (var x in special.Concat(Enumerable.Range(0, 20_000).Select(i => (2 * random.NextDouble() - 1) * (i % 2 == 0 ? 708 : 2))))
        {
            Assert.Equal(1, VectorFunctions.Exp(Vector256.Create(x))[1] / Math.Exp(x), 4e-16);
        }
    }

    [Theory]
    [InlineData(double.PositiveInfinity, 708)]
    [InlineData(1e5, 708)]
    [InlineData(double.NegativeInfinity, -708)]
    public void Exp_BeyondTheRange_IsThatOfItsEnd(double x, double end)
        => Assert.Equal(VectorFunctions.Exp(Vector256.Create(end)), VectorFunctions.Exp(Vector256.Create(x)));

    [Fact]
    public void Log_WholeRange_IsThatOfTheRuntime()
    {
        var random = new SeededRandom(2);
        double[] special = [1, 2, 0.5, Math.Sqrt(2), Math.Sqrt(0.5), Math.BitIncrement(1), Math.BitDecrement(1), double.MaxValue, 3e-308];
        foreach (var x in special.Concat(Enumerable.Range(0, 20_000).Select(i => i % 2 == 0 ? 1 + 9 * random.NextDouble() : Math.Exp(1400 * random.NextDouble() - 700))))
        {
            var expected = Math.Log(x);
            Assert.Equal(expected, VectorFunctions.Log(Vector256.Create(x))[3], 5e-16 * Math.Abs(expected));
        }
    }

    [Fact]
    public void Functions_FourNumbers_EachOnItsOwn()
    {
        var values = Vector256.Create(0.25, 3, 7.5, 100);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(VectorFunctions.Exp(Vector256.Create(values[i]))[0], VectorFunctions.Exp(values)[i]);
            Assert.Equal(VectorFunctions.Log(Vector256.Create(values[i]))[0], VectorFunctions.Log(values)[i]);
        }
    }
}
