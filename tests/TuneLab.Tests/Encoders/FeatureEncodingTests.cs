using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Errors;
using static TuneLab.Tests.Encoders.EncodingTest;

namespace TuneLab.Tests.Encoders;

public class FeatureEncodingTests
{
    private static readonly Column[] Mixed =
    [
        new NumberColumn("age", [20, 35, double.NaN, 50]),
        Categories("city", "Rome", "Oslo", null, "Oslo"),
        Booleans("member", true, null, false, true),
        Dates("since", "2020-01-31", "2021-02-28", "2022-12-01T08:00:00", null),
        new TextColumn("note", ["good service", "bad, very bad", null, "good"]),
    ];

    [Fact]
    public void Inputs_MixedColumns_TellNameTypeAndLevels()
    {
        var inputs = FeatureEncoder.Fit(Mixed, [0, 1, 2, 3]).Inputs;

        Assert.Equal(["age", "city", "member", "since", "note"], inputs.Select(i => i.Name));
        Assert.Equal([ColumnType.Number, ColumnType.Category, ColumnType.Boolean, ColumnType.Date, ColumnType.Text], inputs.Select(i => i.Type));
        Assert.Equal(["Oslo", "Rome"], inputs[1].Levels);
        Assert.Equal(["no", "yes"], inputs[2].Levels);
        Assert.Empty(inputs[0].Levels);
    }

    [Fact]
    public void Load_WhatSaveWrote_TransformsTheSame()
    {
        var encoding = FeatureEncoder.Fit([.. Mixed, Categories("id", "a", "b", "c", "d")], [0, 1, 2]);
        var data = Table([.. Mixed, Categories("id", "d", "c", "b", "zz")]);
        var loaded = Reload(encoding);

        Same(encoding.Transform(data), loaded.Transform(data));
        Assert.Equal(encoding.Inputs.Select(i => (i.Name, i.Type, string.Join('|', i.Levels))), loaded.Inputs.Select(i => (i.Name, i.Type, string.Join('|', i.Levels))));
    }

    [Fact]
    public void Load_SharedLevels_KeepTheirCode()
    {
        var texts = Enumerable.Range(0, 1100).Select(i => i.ToString("D4")).ToArray();
        var column = Categories("c", texts);
        var encoding = FeatureEncoder.Fit([column], AllRows(column));

        Same(encoding.Transform(Table(column)), Reload(encoding).Transform(Table(column)));
    }

    [Fact]
    public void Load_NewerVersion_IsRefused()
    {
        using var reader = new BinaryReader(new MemoryStream(BitConverter.GetBytes(FeatureEncoding.Version + 1)));

        Assert.Contains("version", Assert.Throws<InvalidDataException>(() => FeatureEncoding.Load(reader)).Message);
    }

    [Fact]
    public void Transform_OtherOrderExtraColumnsOtherLevels_FindsByName()
    {
        var encoding = FeatureEncoder.Fit(Mixed, [0, 1, 2, 3]);
        var table = encoding.Transform(Table([new NumberColumn("extra", [1, 2, 3, 4]), .. Mixed.Reverse()]));

        Same(encoding.Transform(Table(Mixed)), table);
    }

    [Fact]
    public void Transform_FittedOnSomeRows_EncodesAll()
    {
        var table = FeatureEncoder.Fit(Mixed, [0, 1]).Transform(Table(Mixed));

        Assert.Equal(4, table.RowCount);
        Assert.Equal([20, 35, float.NaN, 50], Numbers(table, "age"));
    }

    [Fact]
    public void Transform_MissingColumns_NamesAllAndListsThoseThere()
    {
        var encoding = FeatureEncoder.Fit(Mixed, [0, 1, 2, 3]);

        var error = Assert.Throws<InputException>(() => encoding.Transform(Table(new NumberColumn("agee", [1]), Categories("since", "x"), new TextColumn("note", ["y"]))));

        Assert.Equal("table.csv lacks 3 columns that the model needs: age, city, member.", error.Message);
        Assert.Equal("did you mean 'agee'? The columns are: agee, since, note.", error.Hint);
    }

    [Fact]
    public void Transform_ColumnDroppedByTheFit_IsNotNeeded()
    {
        var encoding = FeatureEncoder.Fit([new NumberColumn("same", [1, 1]), new NumberColumn("x", [1, 2])], [0, 1]);

        Assert.Single(encoding.Transform(Table(new NumberColumn("x", [5]))).Columns);
    }
}
