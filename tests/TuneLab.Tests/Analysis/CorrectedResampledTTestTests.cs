using TuneLab.Analysis;

namespace TuneLab.Tests.Analysis;

public sealed class CorrectedResampledTTestTests
{
    [Fact]
    public void Run_FewerThanTwo_HasNoAnswerButTheMean()
    {
        var one = CorrectedResampledTTest.Run([0.3], 0.25);
        Assert.Equal((0.3, double.NaN, 0, double.NaN, double.NaN, double.NaN), (one.Mean, one.T, one.DegreesOfFreedom, one.P, one.Low, one.High));
        Assert.Equal(double.NaN, CorrectedResampledTTest.Run([], 0.25).Mean);
    }

    [Theory]
    [InlineData(0.1, 0.0, double.PositiveInfinity, 0.0)]
    [InlineData(0.1, 0.1, 0.0, 0.5)]
    [InlineData(0.1, 0.2, double.NegativeInfinity, 1.0)]
    public void Run_EqualDifferences_AreCertain(double difference, double by, double t, double p)
    {
        var test = CorrectedResampledTTest.Run([difference, difference, difference], 0.25, by);
        Assert.Equal((difference, t, 2, p, difference, difference), (test.Mean, test.T, test.DegreesOfFreedom, test.P, test.Low, test.High));
    }

    [Fact]
    public void Run_DifferenceThatIsNaN_HasNoAnswer() => Assert.Equal(double.NaN, CorrectedResampledTTest.Run([0.1, double.NaN, 0.2], 0.25).P);

    [Fact]
    public void Run_LargerTestShare_IsMoreCareful()
        => Assert.True(CorrectedResampledTTest.Run([0.1, 0.2, 0.15], 0.25).P > CorrectedResampledTTest.Run([0.1, 0.2, 0.15], 0.1).P);

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Run_RatioThatIsNone_Throws(double ratio) => Assert.Throws<ArgumentOutOfRangeException>(() => CorrectedResampledTTest.Run([0.1, 0.2], ratio));
}
