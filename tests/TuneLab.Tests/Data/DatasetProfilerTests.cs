using TuneLab.Data;
using TuneLab.Data.Samples;

namespace TuneLab.Tests.Data;

public class DatasetProfilerTests
{
    [Fact]
    public void Profile_Numbers_QuantilesByLinearInterpolation()
    {
        var column = Profile(new NumberColumn("x", [4, double.NaN, 1, 2, 2]));

        // numpy.quantile([1, 2, 2, 4], [0.25, 0.5, 0.75]) gives 1.75, 2, 2.5.
        Assert.Equal(new NumberSummary(1, 1.75, 2, 2.5, 4, 2.25), column.Numbers);
        Assert.Equal((1, 3), (column.Missing, column.Distinct));
        Assert.Equal(["4", "1", "2"], column.Examples);
    }

    [Fact]
    public void Profile_Levels_MostFrequentFirst()
    {
        var column = Profile(new CategoryColumn("x", [1, 1, 0, 2, -1, 0], ["a", "b", "c", "unused"]));

        Assert.Equal([new("a", 2), new("b", 2), new("c", 1)], column.Top);
        Assert.Equal((1, 3), (column.Missing, column.Distinct));
    }

    [Fact]
    public void Profile_DatesAndTexts_HaveTheirs()
    {
        var day = new DateTime(2024, 3, 31);

        Assert.Equal(new DateSummary(day, day.AddDays(2)), Profile(new DateColumn("x", [day.AddDays(2).Ticks, DateColumn.Missing, day.Ticks])).Dates);
        Assert.Equal((1, 2), (Profile(new TextColumn("x", ["a b", null, "c", "a b"])).Missing, Profile(new TextColumn("x", ["a b", null, "c", "a b"])).Distinct));
    }

    [Fact]
    public void Profile_Constant_SameEverywhereOrAlwaysMissing()
    {
        Assert.True(Profile(new NumberColumn("x", [3, 3])).Constant);
        Assert.True(Profile(new TextColumn("x", [null, null])).Constant);
        Assert.False(Profile(new NumberColumn("x", [3, double.NaN])).Constant);
    }

    [Fact]
    public void Profile_Identifier_WholeNumbersOrLevelsAllDistinct()
    {
        Assert.True(Profile(new NumberColumn("x", [.. Enumerable.Range(0, 100).Select(i => (double)(i * 37))])).Identifier);
        Assert.True(Profile(new NumberColumn("x", [.. Enumerable.Range(7, 30).Select(i => (double)i)])).Identifier);
        Assert.False(Profile(new NumberColumn("x", [.. Enumerable.Range(0, 30).Select(i => (double)(i * 37))])).Identifier);
        Assert.False(Profile(new NumberColumn("x", [.. Enumerable.Range(0, 100).Select(i => i + 0.5)])).Identifier);
        Assert.False(Profile(new NumberColumn("x", [.. Enumerable.Range(0, 100).Select(i => (double)(i / 2))])).Identifier);
        Assert.True(Profile(new CategoryColumn("x", [.. Enumerable.Range(0, 20)], [.. Enumerable.Range(10, 20).Select(i => "k" + i)])).Identifier);
        Assert.False(Profile(new CategoryColumn("x", [.. Enumerable.Range(0, 19)], [.. Enumerable.Range(10, 19).Select(i => "k" + i)])).Identifier);
    }

    [Fact]
    public void Profile_Churn_FindsItsIdentifierOnly()
    {
        var folder = Directory.CreateTempSubdirectory("tunelab-profile");
        try
        {
            var profile = DatasetProfiler.Profile(CsvDatasetReader.Read(SampleCatalog.Write("churn", 2000, 3, folder.FullName)[0]));

            Assert.Equal(["customer_id"], profile.Columns.Where(c => c.Identifier || c.Constant).Select(c => c.Name));
            Assert.Equal(2000, profile.Rows);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ColumnProfile Profile(Column column) => DatasetProfiler.Profile(new Dataset("t", [column])).Columns.Single();
}
