using TuneLab.Data;
using TuneLab.Data.Encoding;
using static TuneLab.Tests.Encoders.EncodingTest;

namespace TuneLab.Tests.Encoders;

public class ColumnEncoderTests
{
    [Fact]
    public void Number_InfinitiesAndOverflow_AreClampedAndNaNKept()
    {
        var table = FitTransform(new NumberColumn("x", [1.5, double.PositiveInfinity, double.NegativeInfinity, 1e300, double.NaN]));

        Assert.Equal([1.5f, float.MaxValue, -float.MaxValue, float.MaxValue, float.NaN], Numbers(table, "x"));
    }

    [Fact]
    public void Number_ConstantOnFittedRowsOnly_IsDropped()
    {
        var column = new NumberColumn("x", [7, 7, 8]);

        Assert.Empty(FeatureEncoder.Fit([column], [0, 1]).Inputs);
        Assert.Single(FeatureEncoder.Fit([column], [0, 2]).Inputs);
    }

    [Fact]
    public void Number_ConstantButSometimesMissing_IsKept()
        => Assert.Equal([7, float.NaN, 7], Numbers(FitTransform(new NumberColumn("x", [7, double.NaN, 7])), "x"));

    [Fact]
    public void Fit_ColumnsWithoutInformation_GiveNoFeatures()
    {
        Column[] columns =
        [
            new NumberColumn("number", [double.NaN, double.NaN]),
            new NumberColumn("float", [1, 1 + 1e-12]),
            Categories("category", "a", "a"),
            Categories("none", null, null),
            Booleans("boolean", true, true),
            Dates("date", "2024-01-01", "2024-01-01"),
            new TextColumn("text", ["Same words", "same WORDS"]),
        ];

        var encoding = FeatureEncoder.Fit(columns, [0, 1]);

        Assert.Empty(encoding.Inputs);
        Assert.Equal(new FeatureTable([], 2).RowCount, encoding.Transform(Table(columns)).RowCount);
    }

    [Fact]
    public void Boolean_TrueFalseMissing_AreOneZeroNaN()
        => Assert.Equal([1, 0, float.NaN], Numbers(FitTransform(Booleans("b", true, false, null)), "b"));

    [Fact]
    public void Boolean_LevelsOfAnotherTable_AreFoundByTextWithoutCase()
    {
        var encoding = FeatureEncoder.Fit([Booleans("b", true, false)], [0, 1]);

        var table = encoding.Transform(Table(Categories("b", "YES", "maybe", "No")));

        Assert.Equal([1, float.NaN, 0], Numbers(table, "b"));
    }

    [Fact]
    public void Category_LevelsUnseenOnFittedRows_AreMissing()
    {
        var column = Categories("c", "red", "blue", null, "green", "blue");
        var feature = Codes(FeatureEncoder.Fit([column], [0, 1, 2]).Transform(Table(column)), "c");

        Assert.Equal([1, 0, -1, -1, 0], feature.Codes); // blue, red in ordinal order; green not seen
        Assert.Equal(2, feature.Cardinality);
    }

    [Fact]
    public void Category_MoreThanThousandLevels_RareOnesShareTheLastCode()
    {
        // levels 0000 to 1001; all but 1000 and 0500 twice
        var texts = Enumerable.Range(0, 1002).SelectMany(i => Enumerable.Repeat(i.ToString("D4"), i is 1000 or 500 ? 1 : 2)).ToArray();
        var column = Categories("c", texts);
        var feature = Codes(FitTransform(column), "c");

        Assert.Equal(1001, feature.Cardinality);
        Assert.Equal(1000, feature.Codes[Array.IndexOf(texts, "0500")]);
        Assert.Equal(1000, feature.Codes[Array.IndexOf(texts, "1000")]);
        Assert.Equal(0, feature.Codes[0]);
        Assert.Equal(999, feature.Codes[Array.IndexOf(texts, "1001")]);
    }

    [Fact]
    public void Category_TieAtTheThousandthLevel_IsSettledInOrdinalOrder()
    {
        var texts = Enumerable.Range(0, 1001).Select(i => (1000 - i).ToString("D4")).ToArray();
        var feature = Codes(FitTransform(Categories("c", texts)), "c");

        Assert.Equal(1000, feature.Codes[0]); // "1000", the last in ordinal order, though first in the table
    }

    [Fact]
    public void Date_Parts_AreThoseOfTheCalendar()
    {
        var table = FitTransform(Dates("d", "2000-01-01", "2024-03-01T13:30:00", null));

        Assert.Equal(["d.days", "d.year", "d.month", "d.weekday", "d.yearday", "d.hour"], table.Columns.Select(c => c.Name));
        Assert.Equal([0, 8826, float.NaN], Numbers(table, "d.days")); // 24 years with leap days 2000 .. 2020: 8766, plus 31 + 29
        Assert.Equal([2000, 2024, float.NaN], Numbers(table, "d.year"));
        Assert.Equal([1, 3, float.NaN], Numbers(table, "d.month"));
        Assert.Equal([6, 5, float.NaN], Numbers(table, "d.weekday")); // a Saturday, a Friday
        Assert.Equal([1, 61, float.NaN], Numbers(table, "d.yearday"));
        Assert.Equal([0, 13.5f, float.NaN], Numbers(table, "d.hour"));
    }

    [Fact]
    public void Date_BeforeTheEpochWithTime_CountsWholeDaysDown()
        => Assert.Equal([-1, 0], Numbers(FitTransform(Dates("d", "1999-12-31T18:00:00", "2000-01-01T06:00:00")), "d.days"));

    [Fact]
    public void Date_ConstantParts_AreDropped()
    {
        var table = FitTransform(Dates("d", "2024-05-01", "2024-05-03"));

        Assert.Equal(["d.days", "d.weekday", "d.yearday"], table.Columns.Select(c => c.Name));
    }

    [Fact]
    public void Date_OnlyMissingnessVaries_GivesOneFeature()
        => Assert.Equal(["d.days"], FitTransform(Dates("d", "2024-05-01", null, "2024-05-01")).Columns.Select(c => c.Name));
}
