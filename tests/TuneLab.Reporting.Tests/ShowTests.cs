using TuneLab.Experiments;
using TuneLab.Reporting.Plots;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Tests;

public class ShowTests
{
    [Theory]
    [InlineData(0.845123, "0.8451")]
    [InlineData(0.85, "0.8500")]
    [InlineData(12.3456, "12.35")]
    [InlineData(1234.5, "1234")]
    [InlineData(123456.7, "123457")]
    [InlineData(0, "0")]
    [InlineData(-0.00123456, "-0.001235")]
    [InlineData(0.0000123456, "1.235e-5")]
    [InlineData(1.5e12, "1.5e+12")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.NegativeInfinity, "-∞")]
    public void Number_AnyValue_HasFourDigits(double value, string expected) => Assert.Equal(expected, Show.Number(value));

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(300, "300")]
    [InlineData(0.0123456, "0.01235")]
    public void Short_AnyValue_HasNoZerosAtItsEnd(double value, string expected) => Assert.Equal(expected, Show.Short(value));

    [Theory]
    [InlineData(0.42, "0.42 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(7500, "2 h 5 min")]
    public void Seconds_AnySpan_HasItsUnit(double seconds, string expected) => Assert.Equal(expected, Show.Seconds(seconds));

    [Theory]
    [InlineData(0.0205, 0.845, "+0.0205")]
    [InlineData(-0.3, 12.25, "-0.30")]
    [InlineData(0.00001, 0.845, "+1e-5")]
    [InlineData(0, 0.845, "0")]
    [InlineData(double.NaN, 0.845, "–")]
    public void Signed_DifferenceOfScores_HasTheirDecimals(double value, double score, string expected) => Assert.Equal(expected, Show.Signed(value, score));

    [Fact]
    public void Score_OneFold_HasNoSpread() => Assert.Equal("0.8000 (1 fold)", Show.Score(new ScoreSummary(0.8, null, 1), "fold"));

    [Theory]
    [InlineData(0.79, 0.87, 5, "0.80 0.82 0.84 0.86")]
    [InlineData(0, 47, 6, "0 10 20 30 40")]
    [InlineData(0, 1, 4, "0.00 0.25 0.50 0.75 1.00")]
    [InlineData(-3, 1200, 4, "0 500 1000")]
    public void Ticks_OfARange_AreRoundAndInside(double low, double high, int count, string expected)
        => Assert.Equal(expected, string.Join(" ", new PlotAxis(low, high, 0, 100, count).Ticks.Select(t => t.Label)));

    [Fact]
    public void At_ValueOutside_LiesOnTheEdge()
    {
        var axis = new PlotAxis(0, 10, 100, 0, 5);

        Assert.Equal((100, 50, 0), (axis.At(-5), axis.At(5), axis.At(50)));
        Assert.True(axis.IsOutside(50));
    }

    [Fact]
    public void At_RangeOfOneValue_LiesInTheMiddle() => Assert.Equal(50, new PlotAxis(0.8, 0.8, 0, 100, 5).At(0.8), 6);
}
