using TuneLab.Data;
using TuneLab.Data.Splitting;
using TuneLab.Randomness;
using TuneLab.Testing;

namespace TuneLab.Tests.Splitting;

public sealed class RowSampleTests
{
    private static readonly double[] Fractions = [0.001, 0.03, 0.1, 0.25, 0.5, 0.77, 0.999, 1];

    [Fact]
    public void Take_GrowingFractions_LieInsideEachOtherInTheirOrder()
    {
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var (table, rows) = Make(seed);
            int[] smaller = [];
            foreach (var fraction in Fractions)
            {
                var sample = RowSample.Take(table, rows, fraction, new Seed(seed));
                Assert.Equal(sample.Order(), sample);
                Assert.Empty(sample.Except(rows));
                Assert.True(smaller.All(sample.Contains), $"seed {seed}: a row of a smaller sample is missing at {fraction}");
                smaller = sample;
            }
        }
    }

    [Fact]
    public void Take_AnyFraction_HoldsEachClassToWithinOneRowAndAtLeastOne()
    {
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var table = LabelTable.Classes([300, 41, 6, 1], seed);
            int[] rows = [.. Enumerable.Range(0, table.RowCount)];
            foreach (var fraction in Fractions)
            {
                var sample = RowSample.Take(table, rows, fraction, new Seed(seed));
                for (var c = 0; c < 4; c++)
                {
                    var share = fraction * table.Target.Count(t => t == c);
                    Assert.InRange(sample.Count(r => table.Target[r] == c), Math.Max(1, Math.Floor(share)), Math.Max(1, Math.Ceiling(share)));
                }
            }
        }
    }

    [Fact]
    public void Take_ManySmallClasses_KeepsTheTotalNearTheFraction()
    {
        var table = LabelTable.Classes([.. Enumerable.Repeat(10, 40)], 1);
        Assert.InRange(RowSample.Take(table, [.. Enumerable.Range(0, 400)], 0.25, new Seed(1)).Length, 98, 102);
    }

    [Fact]
    public void Take_Regression_HasTheMeanOfTheWhole()
    {
        var table = LabelTable.Numbers(2000, 1);
        int[] rows = [.. Enumerable.Range(0, 2000)];
        var error = Enumerable.Range(0, 20).Average(s => Math.Abs(RowSample.Take(table, rows, 0.1, new Seed((ulong)s)).Average(r => table.Target[r]) - table.Target.Average()));
        Assert.True(error < 0.35, $"mean error {error}; plain random samples of 200 would miss by 0.54");
    }

    [Fact]
    public void Take_All_IsTheSameArray()
    {
        var (table, rows) = Make(1);
        Assert.Same(rows, RowSample.Take(table, rows, 1, new Seed(1)));
    }

    [Fact]
    public void Take_SeedAndFeatures_OnlyTheSeedMatters()
    {
        var (table, rows) = Make(1);
        var sample = RowSample.Take(table, rows, 0.3, new Seed(4));
        Assert.Equal(sample, RowSample.Take(Make(1, features: 2).Table, rows, 0.3, new Seed(4)));
        Assert.NotEqual(sample, RowSample.Take(table, rows, 0.3, new Seed(5)));
    }

    [Fact]
    public void Take_RepeatedRows_CountAsRowsOfTheirOwn()
    {
        var table = LabelTable.Classes([50, 50], 1);
        int[] rows = [.. Enumerable.Range(0, 100).SelectMany(r => Enumerable.Repeat(r, r % 3))];
        var sample = RowSample.Take(table, rows, 0.5, new Seed(1));
        Assert.InRange(sample.Length, rows.Length / 2 - 1, rows.Length / 2 + 1);
        Assert.All(sample.GroupBy(r => r), g => Assert.True(g.Count() <= g.Key % 3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Take_FractionOutOfRange_Throws(double fraction)
        => Assert.Throws<ArgumentOutOfRangeException>(() => RowSample.Take(Make(1).Table, [0, 1, 2], fraction, new Seed(1)));

    private static (TaskTable Table, int[] Rows) Make(ulong seed, ulong features = 1)
    {
        var table = seed % 2 == 0 ? LabelTable.Numbers(150, seed, features: features) : LabelTable.Classes([100, 40, 10], seed, features: features);
        return (table, [.. Enumerable.Range(0, 150).Where(r => r % 5 != 2)]);
    }
}
