using TuneLab.Learners.Boosting;
using TuneLab.Randomness;

namespace TuneLab.Learners.Tests.Boosting;

public sealed class GradientPairsTests
{
    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(1000, 1e-30)]
    [InlineData(1000, 1e30)]
    [InlineData(70_000, 0.25)]
    public void Fill_AnyScale_SumsToTheSameNumbers(int rows, double scale)
    {
        var random = new SeededRandom(5);
        var (gradients, hessians) = (new double[rows], new double[rows]);
        for (var i = 0; i < rows; i++)
        {
            (gradients[i], hessians[i]) = (scale * random.NextNormal(), scale * random.NextDouble());
        }

        var pairs = new GradientPairs(rows);
        pairs.Fill(gradients, hessians);
        long first = 0, second = 0;
        for (var i = 0; i < rows; i++)
        {
            first += pairs.Values[2 * i];
            second += pairs.Values[2 * i + 1];
        }

        Assert.Equal(rows, pairs.Units(second));
        Assert.Equal(gradients.Sum(), pairs.Gradient(first), 1e-9 * scale * rows);
        Assert.Equal(hessians.Sum(), pairs.Hessian(second), 1e-6 * scale * rows);
    }

    [Fact]
    public void Fill_AllZero_SumsToZero()
    {
        var pairs = new GradientPairs(2);
        pairs.Fill([0, 0], [0, 0]);
        Assert.Equal(0, pairs.Gradient(pairs.Values[0] + pairs.Values[2]));
        Assert.Equal(0, pairs.Hessian(pairs.Values[1] + pairs.Values[3]));
        Assert.Equal(2, pairs.Units(pairs.Values[1] + pairs.Values[3]));
    }
}
