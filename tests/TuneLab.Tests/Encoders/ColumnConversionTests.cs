using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Errors;
using static TuneLab.Tests.Encoders.EncodingTest;

namespace TuneLab.Tests.Encoders;

public class ColumnConversionTests
{
    [Fact]
    public void Transform_NumbersWhereCategoriesWere_MatchByText()
    {
        var encoding = FeatureEncoder.Fit([Categories("c", "1", "2", "x")], [0, 1, 2]);

        Assert.Equal([1, -1, 0, -1], Codes(encoding.Transform(Table(new NumberColumn("c", [2, 7, 1, double.NaN]))), "c").Codes);
    }

    [Fact]
    public void Transform_CategoriesThatAreNumbers_AreReadAsNumbers()
    {
        var encoding = FeatureEncoder.Fit([new NumberColumn("x", [1, 2])], [0, 1]);

        Assert.Equal([-2.5f, float.NaN], Numbers(encoding.Transform(Table(Categories("x", "-2.5", null))), "x"));
        Assert.Equal([1000], Numbers(encoding.Transform(Table(new TextColumn("x", ["1e3"]))), "x"));
    }

    [Fact]
    public void Transform_WordWhereNumbersWere_NamesColumnRowAndText()
    {
        var encoding = FeatureEncoder.Fit([new NumberColumn("x", [1, 2])], [0, 1]);

        var error = Assert.Throws<InputException>(() => encoding.Transform(Table(Categories("x", "3", "three"))));

        Assert.Equal("table.csv: column 'x' held numbers when the model was fitted, here it has 'three' (row 2).", error.Message);
        Assert.NotNull(error.Hint);
    }

    [Fact]
    public void Transform_DatesAsText_AreParsed()
    {
        var encoding = FeatureEncoder.Fit([Dates("d", "2020-01-01", "2021-01-01")], [0, 1]);

        Assert.Equal([2021, float.NaN], Numbers(encoding.Transform(Table(new TextColumn("d", ["2021-06-01", null]))), "d.year"));
        Assert.Throws<InputException>(() => encoding.Transform(Table(new TextColumn("d", ["soon"]))));
    }

    [Fact]
    public void Transform_NumbersWhereDatesWere_IsRefused()
    {
        var encoding = FeatureEncoder.Fit([Dates("d", "2020-01-01", "2021-01-01")], [0, 1]);

        Assert.Throws<InputException>(() => encoding.Transform(Table(new NumberColumn("d", [20200101]))));
    }

    [Fact]
    public void Transform_DatesWhereNumbersWere_IsRefused()
    {
        var encoding = FeatureEncoder.Fit([new NumberColumn("x", [1, 2])], [0, 1]);

        Assert.Throws<InputException>(() => encoding.Transform(Table(Dates("x", "2020-01-01"))));
    }

    [Theory]
    [InlineData(ColumnType.Number)]
    [InlineData(ColumnType.Category)]
    [InlineData(ColumnType.Boolean)]
    [InlineData(ColumnType.Date)]
    [InlineData(ColumnType.Text)]
    public void Transform_AllMissingOfAnyType_IsMissing(ColumnType given)
    {
        Column[] fitted = [new NumberColumn("n", [1, 2]), Dates("d", "2020-01-01", "2021-01-01"), Categories("c", "a", "b"), Booleans("b", true, false), new TextColumn("t", ["a", "b"])];
        var encoding = FeatureEncoder.Fit(fitted, [0, 1]);

        var table = encoding.Transform(Table([.. fitted.Select(c => Empty(c.Name, given))]));

        Assert.Equal([float.NaN], Numbers(table, "n"));
        Assert.Equal([float.NaN], Numbers(table, "d.year"));
        Assert.Equal([float.NaN], Numbers(table, "b"));
        Assert.Equal([-1], Codes(table, "c").Codes);
        Assert.All(table.Columns.Where(c => c.Source == "t").Cast<NumericFeature>(), c => Assert.Equal([0], c.Values));
    }

    [Fact]
    public void Transform_TextWhereCategoriesWereAndBack_MatchByText()
    {
        var encoding = FeatureEncoder.Fit([Categories("c", "a", "b"), new TextColumn("t", ["one", "two"])], [0, 1]);

        var table = encoding.Transform(Table(new TextColumn("c", ["b", "?"]), Categories("t", "two", "one")));
        var same = encoding.Transform(Table(Categories("c", "b", "?"), new TextColumn("t", ["two", "one"])));

        Same(same, table);
        Assert.Equal([1, -1], Codes(table, "c").Codes);
    }

    private static Column Empty(string name, ColumnType type) => type switch
    {
        ColumnType.Number => new NumberColumn(name, [double.NaN]),
        ColumnType.Date => new DateColumn(name, [DateColumn.Missing]),
        ColumnType.Text => new TextColumn(name, [null]),
        _ => new CategoryColumn(name, [-1], [], type),
    };
}
