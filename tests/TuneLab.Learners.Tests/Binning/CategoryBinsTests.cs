using TuneLab.Data.Encoding;
using TuneLab.Learners.Binning;

namespace TuneLab.Learners.Tests.Binning;

public sealed class CategoryBinsTests
{
    [Fact]
    public void Fit_FewCategories_OrdersThemByFrequency()
    {
        var feature = new CategoricalFeature("c", "c", [2, 0, 2, 1, 2, 1, -1], 4);
        var bins = CategoryBins.Fit(feature, [0, 1, 2, 3, 4, 5, 6], 255);
        Assert.Equal(3, bins.ValueBins);
        Assert.True(bins.MissingSeen);
        Assert.Equal([2, 1, 0, 3], bins.BinOfCode.Select(b => (int)b)); // code 3 never occurs: as if missing
    }

    [Fact]
    public void Fit_MoreCategoriesThanBins_PoolsTheRareOnes()
    {
        var codes = Enumerable.Range(0, 1000).SelectMany(c => Enumerable.Repeat(c, c < 10 ? 5 : 1)).ToArray();
        var bins = CategoryBins.Fit(new CategoricalFeature("c", "c", codes, 1000), [.. Enumerable.Range(0, codes.Length)], 32);
        Assert.Equal(32, bins.ValueBins);
        Assert.Equal(10, bins.BinOfCode.Take(10).Distinct().Count());
        Assert.Equal(1000 - 31, bins.BinOfCode.Count(b => b == 31));
    }

    [Fact]
    public void Bin_CodesOutsideTheRange_AreMissing()
    {
        var bins = CategoryBins.Fit(new CategoricalFeature("c", "c", [0, 1], 2), [0, 1], 255);
        var found = new byte[3];
        bins.Bin(new CategoricalFeature("c", "c", [-1, 7, 1], 8), 0, found);
        Assert.Equal([2, 2, 1], found.Select(b => (int)b));
    }
}
