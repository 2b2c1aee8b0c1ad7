using System.Text.Json;
using TuneLab.Learners.Binning;
using TuneLab.Randomness;
using TuneLab.Testing;
using TuneLab.Testing.Training;

namespace TuneLab.Learners.Tests.Binning;

public sealed class NumericBinsTests
{
    [Fact]
    public void Fit_FewValues_GivesEachABinWithEdgesMidway()
    {
        var bins = Fit([3, 1, 2, 1, float.NaN, 8], 255);
        Assert.Equal([1.5f, 2.5f, 5.5f, float.PositiveInfinity], bins.Edges);
        Assert.True(bins.MissingSeen);
        Assert.Equal(4, bins.MissingBin);
        Assert.Equal([2, 0, 1, 0, 4, 3], Bins(bins, [3, 1, 2, 1, float.NaN, 8]));
    }

    [Theory]
    [InlineData(0, 3, 0.0, 0)]
    [InlineData(0, 3, 0.2, 1)]
    [InlineData(0, 3, 0.3, 2)]
    [InlineData(0, 3, 0.99, 2)]
    [InlineData(1, 3, 0.0, 1)]
    [InlineData(1, 3, 0.01, 2)]
    [InlineData(1, 2, 0.99, 1)]
    public void BoundaryAt_IsTheNextOneAboveThatPartOfTheValuesBetween(int from, int to, double share, int expected)
        => Assert.Equal(expected, Fit([3, 1, 2, 8], 255).BoundaryAt(from, to, share)); // edges at 1.5, 2.5, 5.5

    [Fact]
    public void BoundaryAt_InfiniteValues_IsEvenOverTheBins()
        => Assert.Equal([0, 1], new[] { 0.4, 0.6 }.Select(share => new NumericBins([float.NegativeInfinity, 1, 2], [1, 1, 1, 0]).BoundaryAt(0, 2, share)));

    [Fact]
    public void Bin_ValueOnAnEdge_IsBelowIt()
    {
        var bins = Fit([1, 2], 255);
        Assert.Equal(0, bins.BinOf(1.5f));
        Assert.Equal(1, bins.BinOf(float.BitIncrement(1.5f)));
    }

    [Fact]
    public void Fit_NeighbouringFloats_KeepsThemApart()
    {
        var (low, high) = (1f, float.BitIncrement(1f));
        var bins = Fit([low, high], 255);
        Assert.Equal(0, bins.BinOf(low));
        Assert.Equal(1, bins.BinOf(high));
    }

    [Fact]
    public void Fit_SignedZeros_ShareABin()
    {
        var bins = Fit([-0f, 0f, 1f], 255);
        Assert.Equal(2, bins.ValueBins);
        Assert.Equal(bins.BinOf(0f), bins.BinOf(-0f));
    }

    [Fact]
    public void Fit_InfiniteAndLargestValues_KeepsThemApart()
    {
        float[] values = [float.NegativeInfinity, float.MinValue, 0, float.MaxValue, float.PositiveInfinity];
        var bins = Fit(values, 255);
        Assert.Equal([0, 1, 2, 3, 4], Bins(bins, values));
    }

    [Fact]
    public void Fit_NoKnownValue_HasTheMissingBinOnly()
    {
        var bins = Fit([float.NaN, float.NaN], 255);
        Assert.Equal(0, bins.ValueBins);
        Assert.False(bins.Splittable);
        Assert.Equal([0, 0], Bins(bins, [float.NaN, 7]));
    }

    [Fact]
    public void Fit_ConstantColumn_CannotBeSplitUnlessSomeAreMissing()
    {
        Assert.False(Fit([2, 2], 255).Splittable);
        Assert.True(Fit([2, float.NaN], 255).Splittable);
    }

    [Theory]
    [InlineData(10_000, 255)]
    [InlineData(3_000, 16)]
    [InlineData(300, 2)]
    public void Fit_ManyValues_FillsBinsEvenly(int rows, int maxBins)
    {
        var random = new SeededRandom(3);
        var values = new float[rows];
        for (var i = 0; i < rows; i++)
        {
            values[i] = (float)(random.NextNormal() * 1e3);
        }

        var bins = Fit(values, maxBins);
        var counts = new int[bins.ValueBins];
        foreach (var bin in Bins(bins, values))
        {
            counts[bin]++;
        }

        Assert.Equal(maxBins, bins.ValueBins);
        Assert.All(counts, c => Assert.InRange(c, 1, 2 * rows / maxBins));
    }

    [Fact]
    public void Fit_OneFrequentValue_LeavesTheOtherBinsToTheRest()
    {
        var values = new float[2000];
        for (var i = 0; i < 1000; i++)
        {
            values[i] = i < 500 ? -1 - i : i;
        }

        var bins = Fit(values, 20); // half of the rows are 0
        var counts = Bins(bins, values).CountBy(b => b).Select(c => c.Value).OrderDescending().ToArray();
        Assert.InRange(counts[0], 1000, 1030); // a few neighbours, at most half a bin's share, may join it
        Assert.All(counts.Skip(1), c => Assert.InRange(c, 20, 80));
        Assert.InRange(counts.Length, 18, 20);
    }

    [Fact]
    public void Fit_AValueOfSeveralBinsShares_LeavesNoBinUnused()
    {
        // 300 rows beside the frequent value share 9 bins, 33 each, until one value takes 90 of them
        float[] values = [.. Enumerable.Repeat(-1f, 700), .. Enumerable.Repeat(100.5f, 90), .. Enumerable.Range(0, 210).Select(i => (float)i)];
        var bins = Fit(values, 10);
        Assert.Equal(10, bins.ValueBins);
        Assert.Equal(700, bins.Counts[0]);
        Assert.All(bins.Counts[1..10], c => Assert.InRange(c, 15, 125));
    }

    [Fact]
    public void Ends_AnyCounts_AscendToTheLastValueWithinTheMost()
    {
        var random = new SeededRandom(12);
        for (var i = 0; i < 2000; i++)
        {
            var most = 2 + random.NextInt(30);
            var counts = new int[most + 1 + random.NextInt(60)];
            for (var v = 0; v < counts.Length; v++)
            {
                counts[v] = 1 + (random.NextInt(4) == 0 ? random.NextInt(100) : random.NextInt(3));
            }

            var ends = EqualCounts.Ends(counts, most);
            Assert.InRange(ends.Count, 2, most);
            Assert.Equal(counts.Length, ends[^1]);
            Assert.All(ends.Zip(ends.Skip(1)), e => Assert.True(e.First < e.Second));
            Assert.True(ends[0] > 0);
        }
    }

    [Fact]
    public void Fit_NoFrequentValue_EndsBinsWhereScikitLearnDoes()
    {
        using var reference = JsonDocument.Parse(File.ReadAllText(RepositoryFile.At("tests/TuneLab.Learners.Tests/Reference/Bins/bins.json")));
        foreach (var expected in reference.RootElement.GetProperty("cases").EnumerateArray())
        {
            var repeats = expected.GetProperty("repeats").GetInt32();
            float[] values = [.. Enumerable.Range(0, expected.GetProperty("rows").GetInt32()).Select(i => (float)(i * 7919 % 10007 / repeats))];
            var bins = Fit(values, expected.GetProperty("bins").GetInt32());
            Assert.Equal(expected.GetProperty("counts").EnumerateArray().Select(c => c.GetInt32()), bins.Counts[..^1]);
        }
    }

    [Fact]
    public void Fit_AnyValues_CountsTheTrainingRowsOfEachBin()
    {
        var random = new SeededRandom(8);
        float[] values = [.. Enumerable.Range(0, 5000).Select(i => i % 7 == 0 ? float.NaN : i % 3 == 0 ? 2 : (float)random.NextNormal())];
        var bins = Fit(values, 60);
        var counts = Bins(bins, values).CountBy(b => b).ToDictionary(c => c.Key, c => c.Value);
        Assert.Equal(Enumerable.Range(0, bins.Count).Select(b => counts.GetValueOrDefault(b)), bins.Counts);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(7)]
    [InlineData(2)]
    public void Coarsen_ManyBins_MergesNeighboursEvenly(int most)
    {
        var random = new SeededRandom(6);
        float[] values = [.. Enumerable.Range(0, 4000).Select(i => i % 9 == 0 ? float.NaN : (float)random.NextNormal())];
        var fine = Fit(values, 255);
        var binOf = new byte[256];
        var coarse = (NumericBins)fine.Coarsen(most, binOf);
        Assert.Equal(most, coarse.ValueBins);
        Assert.Equal(Bins(fine, values).Select(b => (int)binOf[b]), Bins(coarse, values));
        Assert.All(coarse.Counts[..most], c => Assert.InRange(c, 0.5 * 3555 / most, 2.0 * 3555 / most + 15));
        Assert.Equal(fine.Counts[^1], coarse.Counts[^1]);
    }

    [Fact]
    public void Coarsen_FewBins_IsItself()
    {
        var fine = Fit([1, 2, 3, float.NaN], 255);
        var binOf = new byte[256];
        Assert.Same(fine, fine.Coarsen(3, binOf));
        Assert.Equal([0, 1, 2, 3], binOf[..4].Select(b => (int)b));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(5000)]
    public void Sort_AnyNumbers_AgreesWithTheFramework(int count)
    {
        var random = new SeededRandom(9);
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = i % 50 == 0 ? float.NegativeInfinity : i % 51 == 0 ? float.MaxValue : (float)(random.NextNormal() * Math.Pow(10, random.NextInt(40) - 20));
        }

        var expected = values.Order().ToArray();
        FloatSort.Sort(values);
        Assert.Equal(expected, values);
    }

    private static NumericBins Fit(float[] values, int maxBins) => NumericBins.Fit(values, [.. Enumerable.Range(0, values.Length)], maxBins);

    private static int[] Bins(NumericBins bins, float[] values)
    {
        var found = new byte[values.Length];
        bins.Bin(SampleFold.Numbers("x", values), 0, found);
        return [.. found.Select(b => (int)b)];
    }
}
