using TuneLab.Data.Encoding;
using TuneLab.Learners.Linear;
using TuneLab.Testing.Training;

namespace TuneLab.Learners.Tests.Linear;

public class DesignTests
{
    [Fact]
    public void Matrix_NumberWithMissing_IsScaledImputedByTheMedianAndMarked()
    {
        var matrix = Matrix(NumberTransform.Standard, SampleFold.Numbers("x", 0, 1, 5, float.NaN, float.NaN, float.NaN));

        // mean 2, deviation sqrt(14 / 3), median 1
        Assert.Equal((1, 2), (matrix.Numbers, matrix.Width));
        var deviation = Math.Sqrt(14 / 3.0);
        Assert.Equal(Array.ConvertAll(new[] { -2.0, -1, 3, -1, -1, -1 }, v => (float)(v / deviation)), matrix.Values);
        Assert.Equal([1, 1, 1], matrix.Columns);
        Assert.Equal([0, 0, 0, 0, 1, 2, 3], matrix.Starts);
    }

    [Fact]
    public void Matrix_Categories_OneHotWithRareLevelsPooledAndMissingApart()
    {
        // code 0 and missing three times; 1, 2 and 3 once: together three rows
        var matrix = Matrix(NumberTransform.Standard, SampleFold.Categories("c", 0, 0, 0, 1, 2, 3, -1, -1, -1));

        Assert.Equal(3, matrix.Width);
        Assert.Equal([1, 1, 1, 2, 2, 2, 0, 0, 0], matrix.Columns);
    }

    [Fact]
    public void Matrix_TooFewRareLevels_HaveNoColumn()
    {
        var matrix = Matrix(NumberTransform.Standard, SampleFold.Categories("c", 0, 0, 0, 1, 1, 1, 2, -1));

        Assert.Equal(2, matrix.Width);
        Assert.Equal(0, matrix.ColumnsOf(6).Length + matrix.ColumnsOf(7).Length);
    }

    [Fact]
    public void Matrix_AllLevelsRare_AreNotAColumnOfOnes()
        => Assert.Equal(0, Matrix(NumberTransform.Standard, SampleFold.Categories("id", 0, 1, 2, 3, 4, 5)).Width);

    [Fact]
    public void Matrix_Quantile_IsAlmostNormalWhateverTheDistribution()
    {
        var x = Enumerable.Range(0, 1000).Select(i => (float)Math.Pow(i, 5)).ToArray();
        var values = Matrix(NumberTransform.Quantile, SampleFold.Numbers("x", x)).Values;

        Assert.Equal(0, values.Average(), 1e-4);
        Assert.Equal(1, values.Average(v => v * v), 1e-3);
        Assert.Equal(0, values.Average(v => v * v * v), 0.05); // hardly any skew; that of the column is 1.5
        Assert.Equal(values.Order(), values);
        Assert.Equal(0.6745, values[750], 0.03); // the upper quartile of a normal distribution
    }

    [Fact]
    public void Matrix_WildValueToPredictFrom_StaysFinite()
    {
        var design = Design.Fit(new FeatureTable([SampleFold.Numbers("x", 1e-30f, 2e-30f)], 2), [0, 1], null, NumberTransform.Standard);
        var matrix = design.Matrix(new FeatureTable([SampleFold.Numbers("x", float.MaxValue, -float.MaxValue)], 2));

        Assert.Equal([1e6f, -1e6f], matrix.Values);
    }

    [Fact]
    public void Matrix_FittedOnSomeRows_LooksAtNoOthers()
    {
        var some = Design.Fit(new FeatureTable([SampleFold.Numbers("x", 1, 3, 1000)], 3), [0, 1], null, NumberTransform.Standard);

        Assert.Equal([-1, 1], some.Matrix(new FeatureTable([SampleFold.Numbers("x", 1, 3)], 2)).Values);
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("quantile")]
    public void Matrix_NumberThatIsMostlyTheSame_KeepsTheOthersAsTheyDifferFromIt(string transform)
    {
        float[] x = [7, 7, 7, 9, 7, 7, 7, 7, 3, 7, 7, 7];
        var matrix = Matrix(Enum.Parse<NumberTransform>(transform, ignoreCase: true), SampleFold.Numbers("x", x));

        Assert.Equal((0, 1), (matrix.Numbers, matrix.Width));
        Assert.Equal((1, 1, 0), (matrix.ColumnsOf(3).Length, matrix.ColumnsOf(8).Length, matrix.ColumnsOf(0).Length));
        Assert.Equal(2, matrix.Entries.Length);
        double[] dense = [.. x.Select((_, i) => matrix.EntriesOf(i).Length == 0 ? 0.0 : matrix.EntriesOf(i)[0])];
        var mean = dense.Average();
        Assert.Equal(1, dense.Average(v => (v - mean) * (v - mean)), 1e-6); // moved, but still of deviation 1
        Assert.True(dense[3] > 0 && dense[8] < 0);
    }

    [Fact]
    public void Matrix_MostlyZeroNumberWithMissing_MarksThemApart()
    {
        var matrix = Matrix(NumberTransform.Standard, SampleFold.Numbers("x", 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, float.NaN, float.NaN, float.NaN));

        Assert.Equal((0, 2), (matrix.Numbers, matrix.Width));
        Assert.Equal([0, 1, 1, 1], matrix.Columns);
        Assert.Equal([1, 1, 1], matrix.Entries[1..]);
    }

    [Theory]
    [InlineData(0.75, 2.0)]
    [InlineData(0.8, null)]
    public void UsualValue_ShareOfTheWeight_Counts(double share, double? expected)
        => Assert.Equal(expected, new WeightedValues([2, 1, 3, 2], [0, 1, 2, 3], [2, 1, 1, 4]).UsualValue(share));

    [Theory]
    [InlineData(0.5, 2.5)]
    [InlineData(0.25, 1.5)]
    [InlineData(0.3, 2)]
    public void Quantile_WholeWeights_EqualRepeatedValues(double share, double expected)
    {
        var plain = new WeightedValues([4, 1, 3, 2], [0, 1, 2, 3], null);
        var weighted = new WeightedValues([4, 1, 3, 2, 9], [0, 1, 2, 3, 4], [2, 2, 2, 2, 0]);

        Assert.Equal((expected, expected), (plain.Quantile(share), weighted.Quantile(share)));
    }

    private static DesignMatrix Matrix(NumberTransform transform, FeatureColumn feature)
    {
        var rows = feature is NumericFeature number ? number.Values.Length : ((CategoricalFeature)feature).Codes.Length;
        var table = new FeatureTable([feature], rows);
        return Design.Fit(table, [.. Enumerable.Range(0, rows)], null, transform).Matrix(table);
    }
}
